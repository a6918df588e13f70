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

/// A part of a text that holds some spans, in whole lines: a renderer that is given all of a long text reads all of it
/// for each fault.
struct Excerpt<'a> {
    text: &'a str,
    first_line: usize,
    offset: usize,
}

impl<'a> Excerpt<'a> {
    fn new(text: &'a str, ranges: &[std::ops::Range<usize>]) -> Self {
        let start = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let offset = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let lines = &text[offset..end];
        Excerpt {
            // What ends a line of a file with carriage returns is no part of it.
            text: lines.strip_suffix('\r').unwrap_or(lines),
            first_line: 1 + text[..offset].matches('\n').count(),
            offset,
        }
    }

    fn inside(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let within = |at: usize| (at - self.offset).min(self.text.len());
        within(range.start)..within(range.end)
    }
}

fn group<'a>(fault: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = if fault.code.is_warning() {
        Level::WARNING
    } else {
        Level::ERROR
    };
    let label = (!fault.label.is_empty()).then_some(fault.label.as_str());
    let near = fault.context.iter().filter(|(span, _)| span.file == fault.span.file);
    let mut places = vec![(AnnotationKind::Primary, fault.span, label)];
    places.extend(near.map(|(span, label)| (AnnotationKind::Context, *span, Some(label.as_str()))));
    let mut group = level
        .primary_title(fault.message.as_str())
        .id(fault.code.as_str())
        .element(snippet(&places, files));
    // A place in another text gets an excerpt of its own.
    for (span, label) in fault.context.iter().filter(|(s, _)| s.file != fault.span.file) {
        group = group.element(snippet(
            &[(AnnotationKind::Context, *span, Some(label.as_str()))],
            files,
        ));
    }
    for help in &fault.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// An excerpt of the text that these places stand in.
fn snippet<'a>(
    places: &[(AnnotationKind, Span, Option<&'a str>)],
    files: &'a Files,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = places[0].1.file;
    let ranges: Vec<_> = places.iter().map(|(_, span, _)| range(*span, files)).collect();
    let excerpt = Excerpt::new(files.text(file), &ranges);
    let annotations = places
        .iter()
        .zip(&ranges)
        .map(|((kind, _, label), range)| kind.span(excerpt.inside(range)).label(*label));
    Snippet::source(excerpt.text)
        .line_start(excerpt.first_line)
        .path(files.name(file))
        .annotations(annotations)
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
    let last = text[start..line]
        .strip_suffix('\r')
        .map_or(line, |text| start + text.len());
    start..end.min(last).max(start)
}
