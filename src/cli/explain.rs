//! `equipoise explain`: what a diagnostic means, with an example and its mend.

use std::fmt::Write;

use crate::diagnostic::{EXPLANATIONS, explanation};

use super::arguments::ExplainArguments;
use super::exit::Exit;
use super::output::{complain, show};

/// Explains a code; without one, lists them all.
pub fn explain(arguments: &ExplainArguments) -> Exit {
    let Some(code) = &arguments.code else {
        let listed: String = EXPLANATIONS
            .iter()
            .map(|(code, text)| format!("{code}  {}\n", text.lines().next().unwrap_or_default()))
            .collect();
        return show(|out| out.write_all(listed.as_bytes()), Exit::Fine);
    };
    let full = in_full(code);
    match explanation(&full) {
        Some(text) => {
            let told = told(&full, text);
            show(|out| out.write_all(told.as_bytes()), Exit::Fine)
        }
        None => {
            complain(&format!("error: there is no diagnostic `{code}`"));
            complain("help: `equipoise explain` lists them all");
            Exit::BadInput
        }
    }
}

/// A code in full: `e7` and `7` are E007.
fn in_full(code: &str) -> String {
    let code = code.trim().to_ascii_uppercase();
    let (letter, number) = match code.strip_prefix(['E', 'W']) {
        Some(number) => (&code[..1], number),
        None => ("E", code.as_str()),
    };
    match number.parse::<u16>() {
        Ok(number) => format!("{letter}{number:03}"),
        Err(_) => code,
    }
}

/// The text as a terminal shows it: fences become headings, and what is fenced is indented.
fn told(code: &str, text: &str) -> String {
    let mut told = format!("{code}: ");
    let mut fenced = false;
    for line in text.lines() {
        match (fenced, line.strip_prefix("```")) {
            (true, Some(_)) => fenced = false,
            (false, Some(language)) => {
                fenced = true;
                let heading = match language.split_once(' ') {
                    Some((_, "wrong")) => "Wrong:\n",
                    Some((_, "mended")) => "Mended:\n",
                    _ => "",
                };
                told.push_str(heading);
            }
            (true, None) => {
                let _ = writeln!(told, "    {line}");
            }
            (false, None) => {
                let _ = writeln!(told, "{line}");
            }
        }
    }
    told
}
