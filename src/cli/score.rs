//! `equipoise score`: how good forecasts were whose end is known.

use std::path::Path;

use serde::Serialize;

use crate::analysis::evidence::{Selection, weigh};
use crate::analysis::score::{Cases, Record, Scored, count_cases, score};
use crate::model::{BaseRate, Core, UNRESOLVED};
use crate::plan::plan;

use super::arguments::{AnswerFormat, ScenarioArguments, ScoreArguments};
use super::exit::Exit;
use super::load::{beside, checked};
use super::output::{complain, show};
use super::playing::{results_of, width};

/// All that is printed as JSON.
#[derive(Serialize)]
struct Answer {
    format_version: u32,
    equipoise: &'static str,
    forecasts: Vec<Scored>,
    record: Option<Record>,
}

/// Plays every scenario and scores it.
pub fn run(arguments: &ScoreArguments) -> Exit {
    let mut forecasts = Vec::new();
    let mut worst = Exit::Fine;
    for path in &arguments.files {
        match scored(path, arguments) {
            Ok(scored) => forecasts.push(scored),
            Err(exit) => worst = exit,
        }
    }
    if worst != Exit::Fine {
        return worst;
    }
    let record = Record::of(&forecasts);
    show(
        |mut out| match arguments.format {
            AnswerFormat::Table => {
                let text = crate::report::scores(&forecasts, record.as_ref(), width());
                out.write_all(text.as_bytes())
            }
            AnswerFormat::Json => {
                let answer = Answer {
                    format_version: 1,
                    equipoise: env!("CARGO_PKG_VERSION"),
                    forecasts,
                    record,
                };
                crate::export::answer_json(&answer, &mut out)
            }
        },
        Exit::Fine,
    )
}

fn scored(path: &Path, arguments: &ScoreArguments) -> Result<Scored, Exit> {
    let refused = |exit: Exit, why: String| {
        complain(&format!("error: {}: {why}", path.display()));
        exit
    };
    let scenario = ScenarioArguments {
        file: path.to_owned(),
        variant: None,
        set: arguments.set.clone(),
    };
    let core = checked(&scenario, arguments.play.quiet)?.core;
    if core.resolution.is_none() {
        let why = "there is no [resolution], which says how it ended, so there is nothing to score by";
        return Err(refused(Exit::BadInput, why.to_owned()));
    }
    let cases = cases(path, &core, arguments)?;
    let plan = plan(&core);
    let runs = arguments.play.runs.unwrap_or(core.runs);
    let results = results_of(
        &plan,
        arguments.play.seed.unwrap_or(core.seed),
        runs,
        arguments.play.threads,
    );
    if results.valid() == 0 {
        return Err(refused(Exit::Failed, "no run could be played to its end".to_owned()));
    }
    let evidence = weigh(&plan.observed, results.patterns(), &Selection::default())
        .map_err(|contradiction| refused(Exit::Failed, contradiction.to_string()))?;
    score(&core, &results, &evidence, cases.as_ref())
        .ok_or_else(|| refused(Exit::Failed, "it does not say how it ended".to_owned()))
}

/// The cases that the scenario or the command names.
fn cases(path: &Path, core: &Core, arguments: &ScoreArguments) -> Result<Option<Cases>, Exit> {
    let declared = core
        .resolution
        .as_ref()
        .and_then(|resolution| resolution.base_rate.as_ref());
    let (mut base_rate, table) = match (declared, &arguments.base_rate) {
        (None, None) => return Ok(None),
        (Some(declared), None) => (declared.clone(), beside(path, &declared.table)),
        (Some(declared), Some(table)) => (declared.clone(), table.clone()),
        (None, Some(table)) => (BaseRate::of_table(table.display().to_string()), table.clone()),
    };
    if !arguments.where_.is_empty() {
        base_rate.where_.clone_from(&arguments.where_);
    }
    if let Some(case) = &arguments.case {
        base_rate.case = Some(case.clone());
    }
    let refused = |why: String| {
        complain(&format!("error: {}: {why}", table.display()));
        Exit::BadInput
    };
    let text = std::fs::read_to_string(&table).map_err(|error| refused(format!("cannot be read: {error}")))?;
    let outcomes = core.outcomes.iter().map(|outcome| outcome.about.address.as_str());
    let outcomes: Vec<&str> = outcomes.chain([UNRESOLVED]).collect();
    count_cases(&text, &base_rate, &outcomes)
        .map(Some)
        .map_err(|bad| refused(bad.to_string()))
}
