//! A comparison as one tidy table of comma-separated values: a number a row.
//!
//! The columns are `compared` (the label of what is compared with the baseline), `section` (comparison, given, belief, claim,
//! origin, outcome, transition, measure, series, or attribution), `name` (the id within the section; of a transition, the outcome under
//! the baseline), `statistic` (named as in the JSON, intervals as `..._low` and `..._high`, what is known of one side alone as
//! `baseline_...` and `compared_...`; of a transition, the outcome it ends in; of an attribution, the outcome or measure that is
//! moved), `time` (years since the start of the baseline) and `date` (both only in series), and `value`, which is empty where
//! there is none.

use std::io::{self, Write};

use ::csv::Writer;

use crate::analysis::compare::{BothMeans, Compared, Comparison, Share, Side};

use super::csv::{claim_rows, text};

/// Writes a comparison with a header row, quoted as RFC 4180 has it. Lines end in a line feed.
///
/// # Errors
///
/// What writing gives.
pub fn comparison_csv(comparison: &Comparison, writer: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(writer);
    writer.write_record(["compared", "section", "name", "statistic", "time", "date", "value"])?;
    for compared in &comparison.comparisons {
        let mut rows = Rows {
            compared: &compared.scenario.label,
            writer: &mut writer,
        };
        rows.whole(comparison, compared)?;
        rows.side("baseline", &comparison.baseline)?;
        rows.side("compared", &compared.scenario)?;
        rows.outcomes(compared)?;
        rows.transitions(compared)?;
        rows.measures(compared)?;
        rows.series(compared)?;
        rows.attribution(compared)?;
    }
    writer.flush()
}

struct Rows<'a, W: Write> {
    compared: &'a str,
    writer: &'a mut Writer<W>,
}

impl<W: Write> Rows<'_, W> {
    fn row(&mut self, section: &str, name: &str, statistic: &str, value: &str) -> io::Result<()> {
        self.row_at([section, name, statistic, "", "", value])
    }

    fn row_at(&mut self, [section, name, statistic, time, date, value]: [&str; 6]) -> io::Result<()> {
        let fields = [self.compared, section, name, statistic, time, date, value];
        Ok(self.writer.write_record(fields)?)
    }

    fn whole(&mut self, comparison: &Comparison, compared: &Compared) -> io::Result<()> {
        let facts = [
            ("equipoise", comparison.equipoise.clone()),
            ("baseline", comparison.baseline.label.clone()),
            ("baseline_sha256", comparison.baseline.sha256.clone()),
            ("compared_sha256", compared.scenario.sha256.clone()),
            ("seed", comparison.seed.to_string()),
            ("first_run", comparison.first_run.to_string()),
            ("runs", comparison.runs.to_string()),
            ("partial", comparison.partial.to_string()),
            ("pairs", compared.pairs.to_string()),
            ("lost_baseline", compared.lost.baseline.to_string()),
            ("lost_compared", compared.lost.compared.to_string()),
            ("lost_both", compared.lost.both.to_string()),
            ("identical_runs", compared.identical_runs.to_string()),
            ("identical_stories", compared.identical_stories.to_string()),
            ("identical", compared.identical.to_string()),
            ("total_variation", text(compared.total_variation)),
            ("jensen_shannon", text(compared.jensen_shannon)),
        ];
        for (statistic, value) in facts {
            self.row("comparison", "", statistic, &value)?;
        }
        if let Some(aside) = compared.set_aside {
            let counts = [
                ("set_aside_baseline", aside.baseline),
                ("set_aside_compared", aside.compared),
                ("set_aside_both", aside.both),
            ];
            for (statistic, runs) in counts {
                self.row("comparison", "", statistic, &runs.to_string())?;
            }
        }
        Ok(())
    }

    /// What is given and what was said under one side.
    fn side(&mut self, which: &str, side: &Side) -> io::Result<()> {
        if let Some(given) = &side.given {
            for condition in &given.conditions {
                self.row("given", "", &format!("{which}_given"), condition)?;
            }
            self.row("given", "", &format!("{which}_kept"), &given.kept.to_string())?;
            self.row("given", "", &format!("{which}_set_aside"), &given.set_aside.to_string())?;
        }
        for belief in &side.beliefs {
            let [low, high] = belief.posterior_ci95;
            let numbers = [
                ("prior", Some(belief.prior)),
                ("posterior", Some(belief.posterior)),
                ("posterior_ci95_low", Some(low)),
                ("posterior_ci95_high", Some(high)),
                ("effective_runs", Some(belief.effective_runs)),
                ("carrying_runs", belief.carrying_runs),
            ];
            for (statistic, number) in numbers {
                let statistic = format!("{which}_{statistic}");
                self.row("belief", &belief.name, &statistic, &text(number))?;
            }
        }
        claim_rows(&side.claims, &side.origins, |section, name, statistic, value| {
            self.row(section, name, &format!("{which}_{statistic}"), value)
        })
    }

    fn numbers(&mut self, section: &str, name: &str, numbers: &[(&str, Option<f64>)]) -> io::Result<()> {
        for (statistic, number) in numbers {
            self.row(section, name, statistic, &text(*number))?;
        }
        Ok(())
    }

    fn outcomes(&mut self, compared: &Compared) -> io::Result<()> {
        for outcome in &compared.outcomes {
            let name = &outcome.name;
            let numbers = [
                ("baseline_count", Some(outcome.baseline.count as f64)),
                ("baseline_probability", outcome.baseline.probability),
                ("compared_count", Some(outcome.compared.count as f64)),
                ("compared_probability", outcome.compared.probability),
            ];
            self.numbers("outcome", name, &numbers)?;
            self.share("outcome", name, "", &outcome.share)?;
        }
        Ok(())
    }

    fn share(&mut self, section: &str, name: &str, prefix: &str, share: &Share) -> io::Result<()> {
        let [low, high] = share.difference_ci95;
        let numbers = [
            ("difference", share.difference),
            ("difference_ci95_low", Some(low)),
            ("difference_ci95_high", Some(high)),
            ("variance_ratio", share.variance_ratio),
            ("only_baseline", Some(share.only_baseline as f64)),
            ("only_compared", Some(share.only_compared as f64)),
        ];
        for (statistic, number) in numbers {
            self.row(section, name, &format!("{prefix}{statistic}"), &text(number))?;
        }
        let within = share.within_noise.to_string();
        self.row(section, name, &format!("{prefix}within_noise"), &within)
    }

    fn transitions(&mut self, compared: &Compared) -> io::Result<()> {
        let transitions = &compared.transitions;
        for (from, counts) in transitions.outcomes.iter().zip(&transitions.counts) {
            for (to, count) in transitions.outcomes.iter().zip(counts) {
                self.row("transition", from, to, &count.to_string())?;
            }
        }
        Ok(())
    }

    fn measures(&mut self, compared: &Compared) -> io::Result<()> {
        for measure in &compared.measures {
            let name = &measure.name;
            let numbers = [
                ("both", Some(measure.both as f64)),
                ("only_baseline", Some(measure.only_baseline as f64)),
                ("only_compared", Some(measure.only_compared as f64)),
                ("neither", Some(measure.neither as f64)),
                ("identical_runs", Some(measure.identical_runs as f64)),
                ("wasserstein", measure.wasserstein),
                ("kolmogorov_smirnov", measure.kolmogorov_smirnov),
            ];
            self.numbers("measure", name, &numbers)?;
            self.means(name, "", &measure.means)?;
            if let Some(times) = &measure.times {
                self.share("measure", name, "comes_", &times.comes)?;
                self.numbers("measure", name, &[("restricted_horizon", Some(times.horizon))])?;
                self.means(name, "restricted_", &times.restricted)?;
            }
        }
        Ok(())
    }

    fn series(&mut self, compared: &Compared) -> io::Result<()> {
        for series in &compared.series {
            let counts = [
                ("dates_only_baseline", series.dates_only_baseline),
                ("dates_only_compared", series.dates_only_compared),
            ];
            for (statistic, dates) in counts {
                self.row("series", &series.name, statistic, &dates.to_string())?;
            }
            for point in &series.points {
                let time = text(Some(point.time));
                let both = [("both", Some(point.both as f64))];
                for (statistic, number) in both.into_iter().chain(numbers_of(&point.means)) {
                    self.row_at(["series", &series.name, statistic, &time, &point.date, &text(number)])?;
                }
            }
        }
        Ok(())
    }

    fn means(&mut self, name: &str, prefix: &str, means: &BothMeans) -> io::Result<()> {
        for (statistic, number) in numbers_of(means) {
            self.row("measure", name, &format!("{prefix}{statistic}"), &text(number))?;
        }
        Ok(())
    }

    fn attribution(&mut self, compared: &Compared) -> io::Result<()> {
        for edit in compared.attribution.iter().flat_map(|attribution| &attribution.edits) {
            let name = edit.addresses.join(" and ");
            for moved in edit.outcomes.iter().chain(&edit.measures) {
                self.row("attribution", &name, &moved.name, &text(moved.difference))?;
            }
        }
        Ok(())
    }
}

fn numbers_of(means: &BothMeans) -> [(&'static str, Option<f64>); 6] {
    let (low, high) = means.mean_difference_ci95.map(<(f64, f64)>::from).unzip();
    [
        ("baseline_mean", means.baseline_mean),
        ("compared_mean", means.compared_mean),
        ("mean_difference", means.mean_difference),
        ("mean_difference_ci95_low", low),
        ("mean_difference_ci95_high", high),
        ("variance_ratio", means.variance_ratio),
    ]
}
