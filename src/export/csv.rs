//! One tidy table as comma-separated values: a number a row, with all that is needed to find it by.
//!
//! The columns are `section` (run, outcome, measure, series, event, claim or origin), `name` (the id within the section), `statistic`
//! (named as in the JSON; quantiles as `quantile_0.05`, intervals as `..._low` and `..._high`), `time` (years since the
//! start) and `date` (both only in series), and `value`, which is empty where there is none.

use std::io::{self, Write};

use ::csv::Writer;

use crate::results::{ClaimSummary, Effect, OriginSummary, Summary, number_text};

/// Writes a summary as comma-separated values with a header row, quoted as RFC 4180 has it. Lines end in a line feed.
///
/// # Errors
///
/// What writing gives.
pub fn csv(summary: &Summary, writer: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(writer);
    row(&mut writer, ["section", "name", "statistic", "time", "date", "value"])?;
    run_rows(summary, &mut writer)?;
    outcome_rows(summary, &mut writer)?;
    measure_rows(summary, &mut writer)?;
    series_rows(summary, &mut writer)?;
    event_rows(summary, &mut writer)?;
    claim_rows(&summary.claims, &summary.origins, |section, name, statistic, value| {
        row(&mut writer, [section, name, statistic, "", "", value])
    })?;
    writer.flush()
}

fn run_rows(summary: &Summary, writer: &mut Writer<impl Write>) -> io::Result<()> {
    let optional = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let rows = [
        ("format_version", summary.format_version.to_string()),
        ("equipoise", summary.equipoise.clone()),
        ("title", summary.scenario.title.clone()),
        ("sha256", summary.scenario.sha256.clone()),
        ("seed", summary.seed.to_string()),
        ("first_run", summary.first_run.to_string()),
        ("runs", summary.runs.to_string()),
        ("partial", summary.partial.to_string()),
        ("failed", summary.failed.to_string()),
        ("first_failed", optional(summary.first_failed)),
        ("runaway", summary.runaway.to_string()),
        ("first_runaway", optional(summary.first_runaway)),
        ("checksum", summary.checksum.clone()),
    ];
    let given = summary.given.iter().flat_map(|given| {
        let counts = [
            ("kept", given.kept.to_string()),
            ("set_aside", given.set_aside.to_string()),
        ];
        let conditions = given.conditions.iter().map(|condition| ("given", condition.clone()));
        conditions.chain(counts)
    });
    for (statistic, value) in rows.into_iter().chain(given) {
        row(writer, ["run", "", statistic, "", "", &value])?;
    }
    Ok(())
}

fn outcome_rows(summary: &Summary, writer: &mut Writer<impl Write>) -> io::Result<()> {
    for outcome in &summary.outcomes {
        let mut put = |statistic: &str, value: &str| row(writer, ["outcome", &outcome.name, statistic, "", "", value]);
        put("count", &outcome.count.to_string())?;
        put("probability", &text(outcome.probability))?;
        let [low, high] = outcome.simulation_ci95;
        put("simulation_ci95_low", &text(Some(low)))?;
        put("simulation_ci95_high", &text(Some(high)))?;
        if let Some([low, high]) = outcome.worst_case {
            put("worst_case_low", &text(Some(low)))?;
            put("worst_case_high", &text(Some(high)))?;
        }
        if let Some([low, high]) = outcome.posterior_ci95 {
            put("posterior", &text(outcome.posterior))?;
            put("posterior_ci95_low", &text(Some(low)))?;
            put("posterior_ci95_high", &text(Some(high)))?;
            put("effective_runs", &text(outcome.effective_runs))?;
            put("carrying_runs", &text(outcome.carrying_runs))?;
        }
    }
    Ok(())
}

fn measure_rows(summary: &Summary, writer: &mut Writer<impl Write>) -> io::Result<()> {
    for measure in &summary.measures {
        let mut put = |statistic: &str, value: &str| row(writer, ["measure", &measure.name, statistic, "", "", value]);
        put("n", &measure.n.to_string())?;
        put("excluded", &measure.excluded.to_string())?;
        put("mean", &text(measure.mean))?;
        put("sd", &text(measure.sd))?;
        put("se", &text(measure.se))?;
        put("min", &text(measure.min))?;
        put("max", &text(measure.max))?;
        for (probability, quantile) in measure.quantiles.named() {
            put(&format!("quantile_{probability}"), &text(*quantile))?;
        }
    }
    Ok(())
}

fn series_rows(summary: &Summary, writer: &mut Writer<impl Write>) -> io::Result<()> {
    for series in &summary.series {
        let mut put = |statistic: &str, values: &[Option<f64>]| {
            for ((time, date), value) in series.times.iter().zip(&series.dates).zip(values) {
                let (time, value) = (text(Some(*time)), text(*value));
                row(writer, ["series", &series.name, statistic, &time, date, &value])?;
            }
            Ok::<(), io::Error>(())
        };
        put("mean", &series.mean)?;
        put("sd", &series.sd)?;
        for (probability, quantile) in series.quantiles.named() {
            put(&format!("quantile_{probability}"), quantile)?;
        }
    }
    Ok(())
}

fn event_rows(summary: &Summary, writer: &mut Writer<impl Write>) -> io::Result<()> {
    for event in &summary.events {
        let (fired, mean) = (event.runs_fired.to_string(), text(event.mean_count));
        row(writer, ["event", &event.name, "runs_fired", "", "", &fired])?;
        row(writer, ["event", &event.name, "mean_count", "", "", &mean])?;
    }
    Ok(())
}

/// The rows of claims and of their origins, each as a section, a name, a statistic and a value.
pub(super) fn claim_rows(
    claims: &[ClaimSummary],
    origins: &[OriginSummary],
    mut row: impl FnMut(&str, &str, &str, &str) -> io::Result<()>,
) -> io::Result<()> {
    for claim in claims {
        let mut put = |statistic: &str, value: &str| row("claim", &claim.name, statistic, value);
        put("said", &claim.said)?;
        put("about", &claim.about)?;
        put("origin", claim.origin.as_deref().unwrap_or_default())?;
        put("heard", &claim.heard.to_string())?;
        put("prior", &text(claim.prior))?;
        put("posterior", &text(claim.posterior))?;
        put("likelihood_ratio", &text(claim.likelihood_ratio))?;
        effect_rows(&claim.outcomes, &mut put)?;
    }
    for origin in origins {
        let mut put = |statistic: &str, value: &str| row("origin", &origin.name, statistic, value);
        put("reliability", &text(Some(origin.reliability)))?;
        put("posterior_reliability", &text(origin.posterior_reliability))?;
        effect_rows(&origin.outcomes, &mut put)?;
    }
    Ok(())
}

fn effect_rows(effects: &[Effect], put: &mut impl FnMut(&str, &str) -> io::Result<()>) -> io::Result<()> {
    for effect in effects {
        put(&format!("bayes_factor_{}", effect.name), &text(effect.bayes_factor))?;
        put(
            &format!("posterior_without_{}", effect.name),
            &text(effect.posterior_without),
        )?;
    }
    Ok(())
}

/// A number as the JSON has it; empty where there is none.
pub(super) fn text(number: Option<f64>) -> String {
    number.and_then(number_text).unwrap_or_default()
}

fn row(writer: &mut Writer<impl Write>, fields: [&str; 6]) -> io::Result<()> {
    Ok(writer.write_record(fields)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fixture;

    fn written(summary: &Summary) -> Vec<String> {
        let mut bytes = Vec::new();
        csv(summary, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    /// Fails if a number of the summary has no row, or a row another number of fields.
    #[test]
    fn every_number_has_its_row() {
        let summary = fixture::summary(2000, true);
        let lines = written(&summary);
        // A header, 13 facts of the run, then for each outcome 6, measure 12, series 7 at each of 13 times, event 2.
        assert_eq!(lines.len(), 1 + 13 + 5 * 6 + 3 * 12 + 7 * 13 + 4 * 2);
        assert_eq!(lines[0], "section,name,statistic,time,date,value");
        assert!(lines.iter().all(|line| line.split(',').count() == 6));
        for line in [
            "run,,seed,,,2016",
            &format!("outcome,sale_completed,count,,,{}", summary.outcomes[0].count),
            "measure,clashes,quantile_0.5,,,1",
            "series,azerbaijan_share,sd,0,2017-10-09,0",
            "series,azerbaijan_share,quantile_0.95,0,2017-10-09,0.7",
            "event,embargo,mean_count,,,0",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line} is missing");
        }
    }

    #[test]
    fn what_is_not_there_is_empty() {
        let lines = written(&fixture::summary(0, false));
        assert!(lines.contains(&"measure,clashes,mean,,,".to_owned()));
        assert!(lines.contains(&"run,,first_failed,,,".to_owned()));
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        for (title, field) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
        ] {
            let mut summary = fixture::summary(0, false);
            summary.scenario.title = title.to_owned();
            assert!(written(&summary).contains(&format!("run,,title,,,{field}")));
        }
    }
}
