"""Holds the schema for editors against taplo, the checker that most editors have for TOML: every scenario that is fine must
pass, and every broken one whose fault a schema can see (an unknown key, a wrong type, a missing key) must not.

    python tests/schema.py TAPLO

Fails if the schema refuses what the command accepts, or misses a whole kind of fault.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schema" / "scenario.schema.json"
# Unknown keys, wrong types, missing keys: the codes of the faults that every schema can see.
SEEN = ("E002", "E003", "E004")
# What even of these no schema sees: what is merged from two files or overridden on the command line, and faults that take
# knowing what names mean (a system that needs a `tiv` because a balance counts it, a parameter that reads a variable).
MERGED = re.compile(r"--- (file|set) ")
NEEDS_NAMES = ("balance_without_tiv", "parameter_of_what_changes")
FIRST_LINE = "#:schema ../schema/scenario.schema.json\n"


def accepts(taplo, path, schema=None):
    arguments = [taplo, "check"] + (["--schema", schema.as_uri()] if schema else []) + [str(path)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=path.parent)
    assert done.returncode == 0 or "schema validation failed" in done.stderr or "syntax" in done.stderr, done.stderr
    return done.returncode == 0, done.stderr


def fine_scenarios():
    """Shipped ones, those of the tests, the mended examples of `explain`, and those of the documentation."""
    for path in sorted((ROOT / "tests/integration/scenarios").glob("*.toml")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs").rglob("*.toml")):
        if path.name != "book.toml":
            yield path.name, path.read_text(encoding="utf-8")


def broken_scenarios():
    for path in sorted((ROOT / "tests/diagnostics").glob("*.txt")):
        given, _, expected = path.read_text(encoding="utf-8").partition("--- expected ---\n")
        codes = set(re.findall(r"^error\[(E\d+)\]", expected, flags=re.M))
        if codes & set(SEEN) and "E001" not in codes and not MERGED.search(given) and path.stem not in NEEDS_NAMES:
            yield path.stem, given


def main(taplo):
    faults = []
    shipped = sorted((ROOT / "scenarios").glob("*.toml"))
    assert len(shipped) >= 5, "the shipped scenarios are not found"
    for path in shipped:
        if not path.read_text(encoding="utf-8").startswith(FIRST_LINE):
            faults.append(f"{path.name} does not name the schema in its first line")
        accepted, said = accepts(taplo, path)
        if not accepted:
            faults.append(f"{path.name} is refused:\n{said}")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "scenario.toml"
        for name, text in fine_scenarios():
            target.write_text(text, encoding="utf-8")
            accepted, said = accepts(taplo, target, SCHEMA)
            if not accepted:
                faults.append(f"{name} is refused:\n{said}")
        broken = list(broken_scenarios())
        assert len(broken) >= 10, "the broken scenarios are not found"
        for name, text in broken:
            target.write_text(text, encoding="utf-8")
            if accepts(taplo, target, SCHEMA)[0]:
                faults.append(f"tests/diagnostics/{name}.txt is accepted")
    if faults:
        sys.exit("\n".join(faults))
    print(f"taplo accepts {len(shipped)} shipped scenarios and refuses {len(broken)} broken ones")


if __name__ == "__main__":
    main(*sys.argv[1:])
