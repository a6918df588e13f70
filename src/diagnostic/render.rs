//! Prints diagnostics: the one place that turns them into text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Faults, Files, Span};

/// The faults as text, in the order of the files, with a closing line that counts them.
pub fn render(faults: &Faults, files: &Files, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for fault in faults.sorted() {
        text.push_str(&renderer.render(&[group(fault, files)]));
        text.push_str("\n\n");
    }
    let warnings = faults.sorted().iter().filter(|f| f.code.is_warning()).count();
    let errors = faults.len() - warnings;
    let count = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{n} {what}s")),
    };
    let counted: Vec<_> = [count(errors, "error"), count(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    if !counted.is_empty() {
        text.push_str(&counted.join(", "));
        text.push('\n');
    }
    text
}

fn group<'a>(fault: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = if fault.code.is_warning() {
        Level::WARNING
    } else {
        Level::ERROR
    };
    let mut group = level
        .primary_title(fault.message.as_str())
        .id(fault.code.as_str())
        .element(snippet(fault, files));
    // A place in another text gets an excerpt of its own.
    for (span, label) in fault.context.iter().filter(|(s, _)| s.file != fault.span.file) {
        group = group.element(
            Snippet::source(files.text(span.file))
                .path(files.name(span.file))
                .annotation(AnnotationKind::Context.span(range(*span, files)).label(label.as_str())),
        );
    }
    for help in &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

fn snippet<'a>(fault: &'a Diagnostic, files: &'a Files) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = (!fault.label.is_empty()).then_some(fault.label.as_str());
    let mut snippet = Snippet::source(files.text(fault.span.file))
        .path(files.name(fault.span.file))
        .annotation(AnnotationKind::Primary.span(range(fault.span, files)).label(label));
    for (span, label) in fault.context.iter().filter(|(s, _)| s.file == fault.span.file) {
        snippet = snippet.annotation(AnnotationKind::Context.span(range(*span, files)).label(label.as_str()));
    }
    snippet
}

/// The span as the renderer needs it: inside the text, on character boundaries, and of one line at the most, so that a
/// long table is not printed whole.
fn range(span: Span, files: &Files) -> std::ops::Range<usize> {
    let text = files.text(span.file);
    let inside = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (inside(span.start), inside(span.end));
    let line = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end.min(line).max(start)
}
