//! What it takes to make the same page again.

use maud::html;

use super::{Context, Section};
use crate::report::format::count;

pub(super) fn section(context: &Context<'_>) -> Option<Section> {
    let material = context.material;
    let summary = material.summary;
    let body = html! {
        p { "The same scenario, seed and number of runs give the same page, byte by byte, on any machine and at any number of threads:" }
        pre { code { (material.command) } }
        dl.facts {
            dt { "Equipoise" } dd { "version " (summary.equipoise) }
            dt { "Scenario" } dd { (summary.scenario.title) ", " code { (material.scenario) } }
            dt { "SHA-256" } dd { code { (summary.scenario.sha256) } }
            dt { "Seed" } dd { (summary.seed) }
            dt { "Runs" } dd { (count(summary.runs))
                @if summary.partial { ", stopped before all that were asked for" }
            }
            dt { "Checksum" } dd { code { (summary.checksum) } ", of everything that happened in all runs" }
        }
    };
    Some(Section {
        id: "reproduce",
        title: "To make it again",
        body,
    })
}

/// The words of a command line as one line that a shell reads as them again.
pub fn command_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word of a command line, in quotes where a shell would read it otherwise.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_where_they_must_be() {
        assert_eq!(quoted("scenarios/polonez.toml"), "scenarios/polonez.toml");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("x=date('2018-06-11')"), r"'x=date('\''2018-06-11'\'')'");
        assert_eq!(quoted(""), "''");
    }
}
