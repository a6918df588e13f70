//! What a run says, for a terminal: how the runs ended, what was measured, what happened.

use super::columns::{Column, cut, lines, prose, room};
use super::evidence::{effective, evidence, given};
use super::format::{self, NOTHING, count, noise, number, percent};
use super::picture::{bar, sparkline};
use crate::plan::{Label, Observed, UNRESOLVED};
use crate::results::{OutcomeSummary, SeriesSummary, Summary};

/// A longer bar says no more.
const LONGEST_BAR: usize = 40;
/// A shorter bar says nothing.
const SHORTEST_BAR: usize = 4;

/// How a table is to be laid out, and what it says beside the results.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// How many columns a line has: bars and then names are cut to fit it, and then a table goes on below itself. Numbers are
    /// never cut.
    pub width: usize,
    /// How fast the runs were played; not said where it is none.
    pub runs_per_second: Option<f64>,
    /// The first and the last day of the scenario, as `2017-10-09`; not said where it is none.
    pub dates: Option<(String, String)>,
    /// Whether the title and the headings are bold, by the escapes of a terminal.
    pub styled: bool,
}

/// Lays out what a summary says. `observed`, which gives the printed names and units, is what the summary was made with.
pub fn table(summary: &Summary, observed: &Observed, options: &Options) -> String {
    let width = options.width;
    let sections = [
        head(summary, options),
        given(summary, width),
        outcomes(summary, observed, width),
        invalid_runs(summary, width),
        evidence(summary, observed, width),
        measures(summary, observed, width),
        series(summary, observed, width),
        events(summary, observed, width),
    ];
    sections
        .into_iter()
        .filter(|section| !section.is_empty())
        .map(|section| if options.styled { emphasised(&section) } else { section })
        .collect::<Vec<_>>()
        .join("\n")
}

/// A section with its first line in bold.
fn emphasised(section: &str) -> String {
    match section.split_once('\n') {
        Some((heading, rest)) => format!("\u{1b}[1m{heading}\u{1b}[0m\n{rest}"),
        None => section.to_owned(),
    }
}

fn head(summary: &Summary, options: &Options) -> String {
    let mut facts = Vec::new();
    if let Some((start, end)) = &options.dates {
        facts.push(format!("{start} to {end}"));
    }
    facts.push(format!("seed {}", summary.seed));
    facts.push(runs(summary.runs));
    if summary.first_run > 0 {
        facts.push(format!("from run {} on", summary.first_run));
    }
    if summary.partial {
        facts.push("stopped early".to_owned());
    }
    if let Some(rate) = options.runs_per_second {
        facts.push(format!("{} runs a second", format::rate(rate)));
    }
    format!("{}\n{}\n", summary.scenario.title, facts.join(" · "))
}

fn outcomes(summary: &Summary, observed: &Observed, width: usize) -> String {
    let names = observed.outcomes.iter().map(printed).chain([UNRESOLVED]);
    let shown: Vec<(&str, &OutcomeSummary)> = names
        .zip(&summary.outcomes)
        .filter(|(_, outcome)| outcome.name != UNRESOLVED || outcome.count > 0)
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    let half_width = |outcome: &OutcomeSummary| (outcome.simulation_ci95[1] - outcome.simulation_ci95[0]) / 2.0;
    let widest = shown
        .iter()
        .map(|(_, outcome)| half_width(outcome))
        .max_by(f64::total_cmp);
    let decimals = format::decimals(widest.unwrap_or(1.0));
    let each = |text: &dyn Fn(&OutcomeSummary) -> String| -> Vec<String> {
        shown.iter().map(|(_, outcome)| text(outcome)).collect()
    };
    // A rare outcome keeps the digits that its own, smaller noise leaves it; an impossible one needs none.
    let decimals = |outcome: &OutcomeSummary| match outcome.probability {
        Some(share) if percent(share, decimals).starts_with(['<', '>']) => format::decimals(half_width(outcome)),
        _ => decimals,
    };
    let share = |outcome: &OutcomeSummary| match outcome.probability {
        Some(share) => format!("{} %", percent(share, decimals(outcome))),
        None => NOTHING.to_owned(),
    };
    let noise = |outcome: &OutcomeSummary| match outcome.probability {
        Some(_) => format!("± {}", noise(half_width(outcome), decimals(outcome))),
        None => NOTHING.to_owned(),
    };
    let weighed = shown.iter().any(|(_, outcome)| outcome.posterior.is_some());
    let spread = |outcome: &OutcomeSummary| {
        let [low, high] = outcome.posterior_ci95?;
        Some((high - low) / 2.0)
    };
    let posterior = |outcome: &OutcomeSummary| match outcome.posterior.zip(spread(outcome)) {
        Some((share, half)) => format!("{} %", percent(share, format::decimals(half))),
        None => String::new(),
    };
    let posterior_noise = |outcome: &OutcomeSummary| match spread(outcome) {
        Some(half) => format!("± {}", format::noise(half, format::decimals(half))),
        None => String::new(),
    };
    let effective_runs = |outcome: &OutcomeSummary| match outcome.effective_runs {
        Some(runs) => effective(Some(runs)),
        None => String::new(),
    };
    let worst_case = |outcome: &OutcomeSummary| match outcome.worst_case {
        Some([low, high]) => {
            format!(
                "{} to {} %",
                percent(low, decimals(outcome)),
                percent(high, decimals(outcome))
            )
        }
        None => String::new(),
    };
    let mut columns = vec![
        Column::left("Outcome", shown.iter().map(|(name, _)| (*name).to_owned())),
        Column::right(if weighed { "prior" } else { "share" }, each(&share)),
        Column::left("noise", each(&noise)),
        Column::right("posterior", each(&posterior)),
        Column::left("noise", each(&posterior_noise)),
        Column::right("effective", each(&effective_runs)),
        Column::right("runs", each(&|outcome| count(outcome.count))),
        Column::right("worst case", each(&worst_case)),
    ];
    columns.retain(|column| !column.is_empty());
    let bar_width = room(&columns, width).min(LONGEST_BAR);
    if bar_width >= SHORTEST_BAR {
        let bars = each(&|outcome| bar(outcome.posterior.or(outcome.probability).unwrap_or(0.0), bar_width));
        columns.push(Column::left("", bars));
    }
    let note = "± is simulation noise (95 %): it shrinks with more runs and does not say if the scenario is right.";
    let mut text = format!("{}\n{}", lines(&columns, width), prose(note, width));
    if weighed {
        let note = "effective: how many runs without weights would leave the posterior as much noise.";
        text.push_str(&prose(note, width));
    }
    text
}

fn runs(number: u64) -> String {
    match number {
        1 => "1 run".to_owned(),
        _ => format!("{} runs", count(number)),
    }
}

/// How many runs do not count, and how to find out why.
fn invalid_runs(summary: &Summary, width: usize) -> String {
    let mut text = String::new();
    let mut say = |runs: u64, first: Option<u64>, what: &str| {
        if let Some(first) = first {
            let told = format!("{} {what}. Trace run {first}, the first, to see why.", self::runs(runs));
            text.push_str(&prose(&told, width));
        }
    };
    say(
        summary.failed,
        summary.first_failed,
        "failed, as a number in the scenario left its range",
    );
    say(
        summary.runaway,
        summary.first_runaway,
        "fired more events than the limit, and ended there",
    );
    if !text.is_empty() {
        let valid = count(summary.valid());
        let note = format!(
            "Shares are of the {valid} other runs. The worst case is of all runs, if none or all of these had ended so."
        );
        text.push_str(&prose(&note, width));
    }
    text
}

fn measures(summary: &Summary, observed: &Observed, width: usize) -> String {
    if summary.measures.is_empty() {
        return String::new();
    }
    let all = &summary.measures;
    let left_out = |excluded: u64| {
        if excluded == 0 { String::new() } else { count(excluded) }
    };
    let mut columns = vec![
        Column::left(
            "Measure",
            observed.measures.iter().map(|label| printed(label).to_owned()),
        ),
        Column::left("unit", observed.measures.iter().map(unit)),
        Column::right("mean", all.iter().map(|measure| number(measure.mean))),
        Column::right(
            "sd",
            all.iter().map(|measure| number(measure.sd.filter(|_| measure.n > 0))),
        ),
        Column::right("5 %", all.iter().map(|measure| number(measure.quantiles.p05))),
        Column::right("50 %", all.iter().map(|measure| number(measure.quantiles.p50))),
        Column::right("95 %", all.iter().map(|measure| number(measure.quantiles.p95))),
        Column::right("runs", all.iter().map(|measure| count(measure.n))),
        Column::right("left out", all.iter().map(|measure| left_out(measure.excluded))),
    ];
    columns.retain(|column| !column.is_empty());
    let mut text = lines(&columns, width);
    if all.iter().any(|measure| measure.excluded > 0) {
        text.push('\n');
        text.push_str(&prose(
            "Left out are runs in which there was nothing to measure, as where it never happened.",
            width,
        ));
    }
    text
}

fn series(summary: &Summary, observed: &Observed, width: usize) -> String {
    let all: Vec<_> = summary
        .series
        .iter()
        .zip(&observed.series)
        .filter(|(series, _)| !series.times.is_empty())
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let first = |values: &[Option<f64>]| values.first().copied().flatten();
    let last = |values: &[Option<f64>]| values.last().copied().flatten();
    let day = |day: &dyn Fn(&[String]) -> Option<&String>, other: &str| {
        let mut days = all.iter().map(|(series, _)| day(&series.dates));
        let one = days.next().flatten();
        one.filter(|one| days.all(|day| day == Some(*one)))
            .map_or(other.to_owned(), String::clone)
    };
    let spread = |series: &SeriesSummary| {
        let (low, high) = (last(&series.quantiles.p05), last(&series.quantiles.p95));
        format!("{} to {}", number(low), number(high))
    };
    let before = vec![
        Column::left(
            "Over time",
            all.iter().map(|(_, series)| printed(&series.label).to_owned()),
        ),
        Column::left("unit", all.iter().map(|(_, series)| unit(&series.label))),
        Column::right(
            &day(&|days| days.first(), "start"),
            all.iter().map(|(series, _)| number(first(&series.mean))),
        ),
    ];
    let after = vec![
        Column::right(
            &day(&|days| days.last(), "end"),
            all.iter().map(|(series, _)| number(last(&series.mean))),
        ),
        Column::left("5 % to 95 % then", all.iter().map(|(series, _)| spread(series))),
    ];
    let (mut columns, after) = (non_empty(before), non_empty(after));
    let room = room(&after, room(&columns, width)).clamp(SHORTEST_BAR, LONGEST_BAR);
    columns.push(Column::left(
        "mean",
        all.iter().map(|(series, _)| sparkline(&series.mean, room)),
    ));
    columns.extend(after);
    lines(&columns, width)
}

fn events(summary: &Summary, observed: &Observed, width: usize) -> String {
    let valid = summary.valid();
    if summary.events.is_empty() || valid == 0 {
        return String::new();
    }
    let (fired, never): (Vec<_>, Vec<_>) = observed
        .events
        .iter()
        .zip(&summary.events)
        .partition(|(_, event)| event.runs_fired > 0);
    let share = |runs: u64| format!("{} %", percent(runs as f64 / valid as f64, 1));
    let columns = [
        Column::left("What fired", fired.iter().map(|(label, _)| printed(label).to_owned())),
        Column::right("in runs", fired.iter().map(|(_, event)| share(event.runs_fired))),
        Column::right("times a run", fired.iter().map(|(_, event)| number(event.mean_count))),
    ];
    let mut text = if fired.is_empty() {
        String::new()
    } else {
        lines(&columns, width)
    };
    if !never.is_empty() {
        let names: Vec<&str> = never.iter().map(|(label, _)| printed(label)).collect();
        text.push_str(&cut(&format!("Never fired: {}", names.join(", ")), width));
        text.push('\n');
    }
    text
}

fn non_empty(mut columns: Vec<Column>) -> Vec<Column> {
    columns.retain(|column| !column.is_empty());
    columns
}

pub(super) fn printed(label: &Label) -> &str {
    label.name.as_deref().unwrap_or(&label.id)
}

fn unit(label: &Label) -> String {
    label.unit.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests;
