//! What events have to do with an outcome, for a terminal.

use super::columns::{Column, lines, lines_with_list, prose};
use super::format::{self, NOTHING, count, noise, percent};
use crate::analysis::causes::{Cause, Causes, Share};

/// Of so many events all are shown; of more, those that make a difference.
const FEW: usize = 12;
/// Pairs that are shown.
const MOST_PAIRS: usize = 12;
/// Which pairs are not looked at.
const UNASKED: &str =
    "Pairs are of these events only: name others with --of, such as a backup that hardly ever had to step in.";

/// Lays the answer out: what was counted of runs and their twins first, since that is what was asked.
pub fn causes(title: &str, seed: u64, causes: &Causes, width: usize) -> String {
    let about = format!(
        "Causes of: {} ({}) · seed {seed} · {} runs, each played again for every event",
        causes.outcome_name,
        causes.outcome,
        count(causes.runs)
    );
    let head = format!("{title}\n{}", prose(&about, width));
    if causes.causes.is_empty() {
        return format!("{head}\nNo event fires in runs with this outcome.\n");
    }
    let shown: Vec<&Cause> = causes
        .causes
        .iter()
        .filter(|cause| causes.causes.len() <= FEW || cause.makes_a_difference())
        .collect();
    let parts = [
        head,
        lost(causes, width),
        counterfactual(&shown, width),
        idle(causes, &shown, width),
        intervened(&shown, width),
        instead(causes, &shown, width),
        pairs(causes, width),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The runs that were no valid ones to begin with. Every other one is counted of each event, or its twin failed.
fn lost(causes: &Causes, width: usize) -> String {
    let valid = causes
        .causes
        .first()
        .map_or(causes.runs, |cause| cause.intervened.without.of + cause.failed);
    if valid == causes.runs {
        return String::new();
    }
    let said = format!(
        "{} of the runs failed or were cut, and are counted nowhere.",
        count(causes.runs - valid)
    );
    prose(&said, width)
}

fn name(cause: &Cause) -> String {
    let mark = match (cause.deal_step, cause.last_step) {
        (true, _) => "° ",
        (false, true) => "* ",
        (false, false) => "",
    };
    format!("{mark}{}", cause.event)
}

fn names(title: &str, shown: &[&Cause]) -> Column {
    Column::left(title, shown.iter().map(|cause| name(cause)))
}

fn share(share: &Share) -> String {
    let Some(value) = share.share else {
        return NOTHING.to_owned();
    };
    let [low, high] = share.simulation_ci95;
    let half = (high - low) / 2.0;
    let decimals = format::decimals(half).min(2);
    format!("{} ±{}", percent(value, decimals), noise(half, decimals))
}

fn bounds(bounds: Option<[f64; 2]>) -> String {
    match bounds {
        Some([low, high]) => format!("{} to {}", percent(low, 1), percent(high, 1)),
        None => NOTHING.to_owned(),
    }
}

fn counterfactual(all: &[&Cause], width: usize) -> String {
    let mut columns = vec![
        names("Counterfactual, in %", all),
        Column::right("X and Y", all.iter().map(|cause| count(cause.observed.fired_and_came))),
        Column::right("PN", all.iter().map(|cause| share(&cause.counterfactual.necessity))),
        Column::right("PS", all.iter().map(|cause| share(&cause.counterfactual.sufficiency))),
        Column::right(
            "PNS",
            all.iter()
                .map(|cause| share(&cause.counterfactual.necessity_and_sufficiency)),
        ),
        Column::right("not forceable", all.iter().map(|cause| unforceable(cause))),
    ];
    columns.retain(|column| !column.is_empty());
    let mut text = lines(&columns, width);
    text.push('\n');
    text.push_str(&prose(
        "X: the event fires; Y: the outcome comes. X and Y: runs observed. PN, necessity: of these, the outcome does not \
         come without the event. PS, sufficiency: of the runs with neither, the event, forced as soon as it can be, brings \
         it. PNS: of all runs, it comes with the event and not without. Not forceable: of the runs without the event, \
         those in which it never could happen. ± is simulation noise (95 %). These values depend on how a run and its twin \
         share their draws (each site the same in both); the bounds below do not.",
        width,
    ));
    if all.iter().any(|cause| cause.deal_step) {
        text.push_str(&prose(
            "° is a step of a deal's own life: that it opened is needed for whatever it came to.",
            width,
        ));
    }
    if all.iter().any(|cause| cause.last_step && !cause.deal_step) {
        text.push_str(&prose(
            "* is the last step: wherever it fires and the outcome comes, the outcome comes with it. That it is needed may say no \
             more than that.",
            width,
        ));
    }
    let failed: u64 = all.iter().map(|cause| cause.failed).sum();
    if failed > 0 {
        let said = format!(
            "{} replays failed, as a number left its range, and are not counted.",
            count(failed)
        );
        text.push_str(&prose(&said, width));
    }
    text
}

fn unforceable(cause: &Cause) -> String {
    match cause.not_forceable.iter().sum() {
        0 => String::new(),
        runs => count(runs),
    }
}

fn intervened(all: &[&Cause], width: usize) -> String {
    let columns = [
        names("Intervened, in %", all),
        Column::right("Y with it", all.iter().map(|cause| share(&cause.intervened.with))),
        Column::right("without", all.iter().map(|cause| share(&cause.intervened.without))),
        Column::right(
            "bounds of PN",
            all.iter().map(|cause| bounds(cause.counterfactual.necessity_bounds)),
        ),
        Column::right(
            "of PS",
            all.iter().map(|cause| bounds(cause.counterfactual.sufficiency_bounds)),
        ),
        Column::right(
            "of PNS",
            all.iter()
                .map(|cause| bounds(Some(cause.counterfactual.necessity_and_sufficiency_bounds))),
        ),
    ];
    let note = "Y with it: in how many of all runs the outcome comes if the event is made to happen wherever it can; without: if \
                it never happens. The bounds (Tian and Pearl) hold however runs and twins are coupled.";
    format!("{}\n{}", lines(&columns, width), prose(note, width))
}

/// How runs with the event and the outcome end without the event.
fn instead(causes: &Causes, shown: &[&Cause], width: usize) -> String {
    let ends = |cause: &Cause| {
        let answer = &cause.counterfactual;
        let still = [
            ("unmoved", answer.not_needed.unmoved),
            ("later", answer.not_needed.later),
            ("another way", answer.not_needed.otherwise),
        ];
        let still = still.map(|(how, runs)| (format!("{} {how}", causes.outcome), runs));
        let others = answer.instead.iter().filter(|ending| ending.outcome != causes.outcome);
        let mut all: Vec<(String, u64)> = others
            .map(|ending| (ending.outcome.clone(), ending.count))
            .chain(still)
            .filter(|(_, runs)| *runs > 0)
            .collect();
        all.sort_by_key(|(_, runs)| std::cmp::Reverse(*runs));
        let share = |runs: u64| percent(runs as f64 / cause.observed.fired_and_came as f64, 1);
        let told: Vec<String> = all
            .iter()
            .map(|(how, runs)| format!("{how} {}", share(*runs)))
            .collect();
        told.join(", ")
    };
    let seen: Vec<&&Cause> = shown.iter().filter(|cause| cause.observed.fired_and_came > 0).collect();
    if seen.is_empty() {
        return String::new();
    }
    let columns = [
        Column::left("Without it", seen.iter().map(|cause| name(cause))),
        Column::left("in % of X and Y", seen.iter().map(|cause| ends(cause))),
    ];
    let note = format!(
        "unmoved, later, another way: {} comes all the same, settled as it was, later by the same event, or otherwise.",
        causes.outcome
    );
    format!("{}\n{}", lines_with_list(&columns, width), prose(&note, width))
}

/// The events that make no difference in any run, where many are asked about.
fn idle(causes: &Causes, shown: &[&Cause], width: usize) -> String {
    let idle = causes
        .causes
        .iter()
        .filter(|cause| !shown.iter().any(|known| known.event == cause.event));
    let names: Vec<&str> = idle.map(|cause| cause.event.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    let text = format!(
        "Make no difference to {} in any run, without them or by force: {}.",
        causes.outcome,
        names.join(", ")
    );
    prose(&text, width)
}

fn pairs(causes: &Causes, width: usize) -> String {
    if causes.causes.len() < 2 {
        return String::new();
    }
    let looked = if causes.pair_runs < causes.runs {
        format!(" (looked at in the first {} runs)", count(causes.pair_runs))
    } else {
        String::new()
    };
    if causes.pairs.is_empty() {
        let text = format!("No two of these events were needed together where neither alone was{looked}. {UNASKED}");
        return prose(&text, width);
    }
    let shown = &causes.pairs[..causes.pairs.len().min(MOST_PAIRS)];
    let columns = [
        Column::left(
            "Neither alone, but both together",
            shown
                .iter()
                .map(|pair| format!("{} and {}", pair.events[0], pair.events[1])),
        ),
        Column::right("runs", shown.iter().map(|pair| count(pair.needed_together.of))),
        Column::right("needed, in %", shown.iter().map(|pair| share(&pair.needed_together))),
    ];
    let rest = match causes.pairs.len() - shown.len() {
        0 => String::new(),
        more => format!(" {more} more pairs are in the JSON."),
    };
    let note = format!(
        "Runs: the outcome came, one of the two fired at least, and neither alone was needed{looked}. Needed: without both it \
         does not come, be it that both brought it or that the one stood by for the other. {UNASKED}{rest}"
    );
    format!("{}\n{}", lines(&columns, width), prose(&note, width))
}
