"""Reads what `equipoise run --out` has written back with the libraries that people open it with: pyarrow, pandas, polars
and DuckDB. Fails if one of them cannot read a file, takes a column for another type, or finds another number than the
command's own JSON; or if the formats disagree in a single bit.

    python tests/exports.py EQUIPOISE SCENARIO
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet

RUNS = 20_000
TEXT_COLUMNS = ("ending", "outcome")


def write(equipoise, scenario, folder):
    """All four files of the same runs, and the summary of them."""
    for ending in ("parquet", "csv", "json", "jsonl"):
        target = folder / f"runs.{ending}"
        played = subprocess.run(
            [equipoise, "run", scenario, "--runs", str(RUNS), "--seed", "7", "--quiet", "--format", "json"]
            + ["--out", target],
            check=True,
            capture_output=True,
        )
    return json.loads(played.stdout)


def check_parquet_metadata(path, scenario, summary):
    metadata = pyarrow.parquet.read_schema(path).metadata
    said = {key.decode(): value.decode() for key, value in metadata.items()}
    assert said["equipoise.scenario"] == Path(scenario).read_text(encoding="utf-8")
    assert said["equipoise.sha256"] == summary["scenario"]["sha256"]
    assert said["equipoise.title"] == summary["scenario"]["title"]
    assert (said["equipoise.seed"], said["equipoise.runs"], said["equipoise.partial"]) == ("7", str(RUNS), "false")
    columns = json.loads(said["equipoise.columns"])
    assert [column["name"] for column in columns] == pyarrow.parquet.read_schema(path).names
    assert all(column["unit"] == "years" for column in columns if column["kind"] == "time")
    assert columns[-1]["kind"] == "weight" and "likelihood" in columns[-1]["title"]
    assert json.loads(said["equipoise.outcomes"]) == [outcome["name"] for outcome in summary["outcomes"]]


def check_types(table):
    for field in table.schema:
        expected = pyarrow.float64()
        if field.name == "run":
            expected = pyarrow.int64()
        elif field.name in TEXT_COLUMNS:
            expected = pyarrow.string()
        assert field.type == expected, field


def check_weights(frame, summary):
    """Shares of the weight are the posteriors, and without claims every valid run weighs the same."""
    assert (frame["weight"][frame["ending"] != "valid"] == 0.0).all()
    if "claims" not in summary:
        assert (frame["weight"][frame["ending"] == "valid"] == 1.0).all()
        return
    assert ((0.0 <= frame["weight"]) & (frame["weight"] <= 1.0)).all()
    weights = frame.groupby("outcome")["weight"].sum() / frame["weight"].sum()
    for outcome in summary["outcomes"]:
        assert math.isclose(weights.get(outcome["name"], 0.0), outcome["posterior"], abs_tol=1e-9), outcome


def check_against_summary(frame, summary):
    """What pandas counts is what the command has counted."""
    assert list(frame["run"]) == list(range(RUNS)), "the runs are in order"
    valid = frame[frame["ending"] == "valid"]
    assert len(valid) == RUNS - summary["failed"] - summary["runaway"]
    check_weights(frame, summary)
    counts = valid["outcome"].value_counts()
    for outcome in summary["outcomes"]:
        assert counts.get(outcome["name"], 0) == outcome["count"], outcome
    for measure in summary["measures"]:
        values = valid[measure["name"]].dropna()
        assert len(values) == measure["n"], measure
        if measure["n"]:
            assert math.isclose(math.fsum(values) / measure["n"], measure["mean"], rel_tol=1e-12), measure
            assert (values.min(), values.max()) == (measure["min"], measure["max"]), measure
    for event in summary["events"]:
        fired = valid[f"time_of.{event['name']}"].dropna()
        assert len(fired) == event["runs_fired"], event
        assert ((0 <= fired) & (fired < 100)).all(), event


def same(one, other, what):
    """Two pandas frames hold the same bits; what is not there may be None or NaN."""
    assert list(one.columns) == list(other.columns), what
    for name in one.columns:
        a, b = one[name], other[name]
        if name in TEXT_COLUMNS:
            assert list(a.fillna("")) == list(b.fillna("")), (what, name)
        else:
            a, b = a.astype("float64"), b.astype("float64")
            assert ((a == b) | (a.isna() & b.isna())).all(), (what, name)


def main(equipoise, scenario):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        summary = write(equipoise, scenario, folder)
        path = {ending: str(folder / f"runs.{ending}") for ending in ("parquet", "csv", "json", "jsonl")}
        check_parquet_metadata(path["parquet"], scenario, summary)
        table = pyarrow.parquet.read_table(path["parquet"])
        check_types(table)
        frame = table.to_pandas()
        check_against_summary(frame, summary)
        same(frame, pandas.read_parquet(path["parquet"]), "pandas, Parquet")
        same(frame, pandas.read_csv(path["csv"]), "pandas, CSV")
        assert len(pandas.read_json(path["json"])) == RUNS, "pandas, JSON"
        assert len(pandas.read_json(path["jsonl"], lines=True)) == RUNS, "pandas, JSON lines"
        same(frame, pandas.DataFrame(json.loads(Path(path["json"]).read_text())), "JSON")
        with open(path["jsonl"], encoding="utf-8") as lines:
            same(frame, pandas.DataFrame([json.loads(line) for line in lines]), "JSON lines")
        same(frame, polars.read_parquet(path["parquet"]).to_pandas(), "polars, Parquet")
        same(frame, polars.read_csv(path["csv"]).to_pandas(), "polars, CSV")
        # An event may not happen in the rows that polars looks at by default: all are to be looked at. Then the order of
        # the columns is any.
        lines = polars.read_ndjson(path["jsonl"], infer_schema_length=None).select(list(frame.columns))
        same(frame, lines.to_pandas(), "polars, JSON lines")
        for ending in path:
            same(frame, duckdb.sql(f"SELECT * FROM '{path[ending]}' ORDER BY run").df(), f"DuckDB, {ending}")
        counted = duckdb.sql(
            f"SELECT outcome, count(*) FROM '{path['parquet']}' WHERE ending = 'valid' GROUP BY outcome"
        ).fetchall()
        expected = {outcome["name"]: outcome["count"] for outcome in summary["outcomes"] if outcome["count"]}
        assert dict(counted) == expected, "DuckDB counts"
    print(f"{RUNS} runs of {scenario} read back alike by pyarrow, pandas, polars and DuckDB")


if __name__ == "__main__":
    main(*sys.argv[1:])
