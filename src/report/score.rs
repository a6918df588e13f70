//! How good forecasts were, for a terminal.

use super::columns::{Column, lines, prose};
use super::format::{NOTHING, count, number, percent, signed};
use crate::analysis::score::{FEWEST_FOR_SKILL, FEWEST_FOR_TABLE, Forecast, Forecaster, Record, Scored};

/// Lays out the scores of forecasts, and what they are together.
pub fn scores(all: &[Scored], record: Option<&Record>, width: usize) -> String {
    let mut parts: Vec<String> = all.iter().map(|scored| one(scored, width)).collect();
    parts.extend(record.map(|record| together(record, width)));
    parts.join("\n")
}

fn called(forecaster: Forecaster) -> &'static str {
    match forecaster {
        Forecaster::Prior => "prior",
        Forecaster::Posterior => "posterior",
        Forecaster::Uniform => "uniform",
        Forecaster::BaseRate => "base rate",
    }
}

fn one(scored: &Scored, width: usize) -> String {
    let knew = match scored.authors_knew {
        Some(true) => "The authors knew how it ended.",
        Some(false) => "The authors did not know how it ended.",
        None => "It is not said whether the authors knew.",
    };
    let sources = if scored.sources.is_empty() {
        String::new()
    } else {
        format!(" ({})", scored.sources.join(", "))
    };
    let came = format!(
        "On {} it was settled: {}{sources}. {knew}",
        scored.on, scored.names[scored.came]
    );
    let mut notes = vec![format!(
        "prior: the runs. posterior: the runs weighed by {}.",
        claims(scored.claims)
    )];
    if let Some(cases) = &scored.cases {
        let left = match scored.cases_not_counted {
            0 => String::new(),
            n => format!(" ({n} more came to none of these outcomes)"),
        };
        let is_empty = |forecast: &Forecast| forecast.forecaster == Forecaster::BaseRate && forecast.n == Some(0.0);
        let none = if scored.forecasts.iter().any(is_empty) {
            ". No case is left to count, so that it is the uniform forecast"
        } else {
            ""
        };
        notes.push(format!("base rate: {cases}{left}{none}."));
    }
    notes.push("A probability is (count + 1/2) / (n + K/2) of K outcomes. Scores: lower is better.".to_owned());
    if scored.claims == 0 {
        notes[0] = "prior: the runs; there are no claims.".to_owned();
    }
    format!(
        "{}\n{}\n{}\n{}",
        scored.title,
        prose(&came, width),
        lines(&columns(scored), width),
        prose(&notes.join(" "), width)
    )
}

fn claims(number: usize) -> String {
    match number {
        1 => "1 claim".to_owned(),
        _ => format!("{number} claims"),
    }
}

fn columns(scored: &Scored) -> Vec<Column> {
    let ordered = scored
        .forecasts
        .iter()
        .any(|forecast| forecast.ranked_probability.is_some());
    let marked = |(index, name): (usize, &String)| {
        let mark = if index == scored.came { " *" } else { "" };
        format!("{name}{mark}")
    };
    let mut names: Vec<String> = scored.names.iter().enumerate().map(marked).collect();
    names.extend(["n", "Brier score", "log score"].map(str::to_owned));
    if ordered {
        names.push("ranked probability score".to_owned());
    }
    let mut columns = vec![Column::left("Forecast (%; * came)", names)];
    columns.extend(scored.forecasts.iter().map(|forecast| {
        let shares = forecast.probabilities.iter().map(|share| percent(*share, 1));
        let n = forecast.n.map_or(NOTHING.to_owned(), |n| count(n.round() as u64));
        let scores = [Some(forecast.brier), Some(forecast.log)].into_iter().map(fixed);
        let ranked = ordered.then(|| fixed(forecast.ranked_probability));
        let cells = shares.chain([n]).chain(scores).chain(ranked);
        Column::right(head(forecast), cells)
    }));
    columns
}

fn head(forecast: &Forecast) -> &'static str {
    called(forecast.forecaster)
}

fn fixed(score: Option<f64>) -> String {
    score.map_or(NOTHING.to_owned(), |score| {
        signed(score, &format!("{:.3}", score.abs()))
    })
}

fn together(record: &Record, width: usize) -> String {
    let means = lines(
        &[
            Column::left(
                &format!("Together ({} forecasts)", record.n),
                record.means.iter().map(|mean| called(mean.forecaster).to_owned()),
            ),
            Column::right("n", record.means.iter().map(|mean| mean.n.to_string())),
            Column::right("mean Brier", record.means.iter().map(|mean| fixed(Some(mean.brier)))),
            Column::right("mean log", record.means.iter().map(|mean| fixed(Some(mean.log)))),
        ],
        width,
    );
    let interval = |interval: Option<[f64; 2]>| match interval {
        Some([low, high]) => format!("{} to {}", fixed(Some(low)), fixed(Some(high))),
        None => String::new(),
    };
    let mut skill = vec![
        Column::left(
            "Brier skill",
            record
                .skill
                .iter()
                .map(|skill| format!("{} over {}", called(skill.forecaster), called(skill.than))),
        ),
        Column::right("n", record.skill.iter().map(|skill| skill.n.to_string())),
        Column::right(
            "skill",
            record.skill.iter().map(|skill| number(Some(skill.brier_skill))),
        ),
        Column::right(
            "mean difference",
            record.skill.iter().map(|skill| fixed(Some(skill.mean_difference))),
        ),
        Column::left(
            "95 % interval",
            record.skill.iter().map(|skill| interval(skill.interval)),
        ),
    ];
    skill.retain(|column| !column.is_empty());
    let mut notes = vec!["Skill: 1 less the ratio of mean Brier scores; 0 is no better, 1 is perfect.".to_owned()];
    if record.authors_knew > 0 {
        notes.push(format!(
            "In {} of {} the authors knew how it ended, so that this is no test of foresight.",
            record.authors_knew, record.n
        ));
    }
    if record.n < FEWEST_FOR_SKILL {
        notes.push(format!("Fewer than {FEWEST_FOR_SKILL} forecasts: no interval."));
    }
    if record.n < FEWEST_FOR_TABLE {
        notes.push(format!(
            "Fewer than {FEWEST_FOR_TABLE}: no table of how often the likely came."
        ));
    }
    let mut text = format!("{means}\n{}\n{}", lines(&skill, width), prose(&notes.join(" "), width));
    if !record.reliability.is_empty() {
        let bins = &record.reliability;
        let share = |share: f64| percent(share, 1);
        text.push('\n');
        text.push_str(&lines(
            &[
                Column::left(
                    "Said (%)",
                    bins.iter()
                        .map(|bin| format!("{:.0} to {:.0}", bin.from * 100.0, bin.to * 100.0)),
                ),
                Column::right("times", bins.iter().map(|bin| bin.n.to_string())),
                Column::right("mean", bins.iter().map(|bin| share(bin.said))),
                Column::right("came", bins.iter().map(|bin| share(bin.came))),
            ],
            width,
        ));
    }
    text
}
