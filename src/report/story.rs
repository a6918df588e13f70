//! The story of one run, for a terminal: what happened when, how likely it was at that moment, what it changed, and why.

use crate::engine::Trace;
use crate::model::Core;
use crate::plan::Plan;

use super::telling::{End, Happening, Telling};

/// The column at which what is told of a day begins.
const INDENT: &str = "            ";

/// Tells a run in words.
pub fn story(core: &Core, plan: &Plan, trace: &Trace, seed: u64) -> String {
    let telling = Telling::new(core, plan, trace);
    let mut story = Story(String::new());
    story.line(format!("{}: run {} of seed {seed}", core.title, trace.run));
    story.world(&telling.world);
    story.line("");
    telling
        .happenings
        .iter()
        .for_each(|happening| story.happening(happening));
    story.line("");
    story.end(&telling.end);
    story.0
}

struct Story(String);

impl Story {
    fn line(&mut self, line: impl AsRef<str>) {
        self.0.push_str(line.as_ref().trim_end());
        self.0.push('\n');
    }

    fn world(&mut self, known: &[(String, String)]) {
        if known.is_empty() {
            return;
        }
        self.line("");
        self.line("The world of this run");
        let width = known.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in known {
            self.line(format!("  {name:width$}  {value}"));
        }
    }

    fn happening(&mut self, happening: &Happening) {
        self.line(format!("{}  {}", happening.day, happening.what));
        self.line(format!("{INDENT}{}", happening.how));
        for [name, before, after] in &happening.changes {
            self.line(format!("{INDENT}{name}: {before} → {after}"));
        }
        for reasons in &happening.reasons {
            if let Some(because) = &reasons.because {
                self.line(format!("{INDENT}because: {because}"));
            }
            for (id, citation) in &reasons.sources {
                if citation.is_empty() {
                    self.line(format!("{INDENT}source: {id}"));
                } else {
                    self.line(format!("{INDENT}source: {citation} [{id}]"));
                }
            }
            if let Some(note) = &reasons.note {
                self.line(format!("{INDENT}note: {note}"));
            }
        }
    }

    fn end(&mut self, end: &End) {
        let (day, name, measures) = match end {
            End::Broken(why) => return self.line(why),
            End::Outcome { day, name, measures } => (day, name, measures),
        };
        self.line(format!("{day}  ends as {name}"));
        let width = measures
            .iter()
            .map(|[name, ..]| name.chars().count())
            .max()
            .unwrap_or(0);
        for [name, value, unit] in measures {
            self.line(format!("{INDENT}{name:width$}  {value} {unit}"));
        }
    }
}
