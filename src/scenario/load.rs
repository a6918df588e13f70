//! From a path to the scenario as written: reads the file, the files that it extends, and lays the overrides over them.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Faults, Files, Span};

use super::merge::merge;
use super::overrides::{Override, apply};
use super::tree::{Node, Value, parse};
use super::variants::{apply_chosen, try_others};
use super::written::{Scenario, Written};

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

/// Reads the scenario at a path. Faults of its text are collected, and what could be read is returned all the same.
///
/// # Errors
/// If there is no file there, or it is not a text in UTF-8.
pub fn load(
    path: &Path,
    overrides: &[Override],
    files: &mut Files,
    faults: &mut Faults,
) -> Result<Option<Scenario>, Unreadable> {
    let written = load_written(path, None, overrides, files, faults)?;
    Ok(written.scenario(faults))
}

/// Reads the tree of the scenario at a path, with one of its variants where one is chosen, and then the overrides, laid over
/// it. Every other variant is tried too, so that one that does not fit is reported. Faults are collected.
///
/// # Errors
/// If there is no file there, or it is not a text in UTF-8.
pub fn load_written(
    path: &Path,
    variant: Option<&str>,
    overrides: &[Override],
    files: &mut Files,
    faults: &mut Faults,
) -> Result<Written, Unreadable> {
    let text = read_text(path)?;
    let mut stack = Stack {
        files,
        faults,
        open: vec![canonical(path)],
        texts: vec![text.clone()],
        layers: 0,
    };
    let tree = stack.layer(path, text);
    let texts = stack.texts;
    Ok(assemble(tree, &texts, variant, overrides, files, faults))
}

/// Reads a scenario from a text that is called `name` in diagnostics. It cannot extend a file.
pub fn load_text(
    name: &str,
    text: &str,
    overrides: &[Override],
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Scenario> {
    load_written_text(name, text, None, overrides, files, faults).scenario(faults)
}

/// The same as [`load_written`] from a text, as [`load_text`] does it.
pub fn load_written_text(
    name: &str,
    text: &str,
    variant: Option<&str>,
    overrides: &[Override],
    files: &mut Files,
    faults: &mut Faults,
) -> Written {
    let file = files.add(name, text);
    let tree = parse(file, 0, files, faults);
    if let Some((span, _)) = base_of(&tree) {
        faults.push(Diagnostic::new(
            Code::Extends,
            span,
            "a scenario that is not in a file cannot extend one",
        ));
        faults.leave_incomplete();
    }
    assemble(tree, &[text.to_owned()], variant, overrides, files, faults)
}

fn assemble(
    mut tree: Node,
    texts: &[String],
    variant: Option<&str>,
    overrides: &[Override],
    files: &mut Files,
    faults: &mut Faults,
) -> Written {
    try_others(&tree, variant, faults);
    if let Some(id) = variant {
        apply_chosen(&mut tree, id, files, faults);
    }
    for change in overrides {
        apply(&mut tree, change, files, faults);
    }
    Written::new(tree, fingerprint(texts, variant, overrides), texts.to_vec())
}

/// The hash of one file alone is that of its bytes, so that anybody can check it. Otherwise every part goes in with its
/// length, so that no two lists of parts look alike.
fn fingerprint(texts: &[String], variant: Option<&str>, overrides: &[Override]) -> String {
    let mut hasher = Sha256::new();
    if let ([text], None, []) = (texts, variant, overrides) {
        hasher.update(text.as_bytes());
    } else {
        hasher.update(b"equipoise/scenario/1");
        let parts = texts
            .iter()
            .map(|text| (b'f', text.as_str()))
            .chain(variant.map(|id| (b'v', id)))
            .chain(overrides.iter().map(|change| (b's', change.text.as_str())));
        for (kind, part) in parts {
            hasher.update([kind]);
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How many files may extend one another: each is read within the reading of the one before.
const MAX_FILES: usize = 100;

/// The files being read, from the scenario down to the base at hand.
struct Stack<'a> {
    files: &'a mut Files,
    faults: &'a mut Faults,
    open: Vec<PathBuf>,
    texts: Vec<String>,
    layers: u32,
}

impl Stack<'_> {
    /// The tree of a file, laid over those of the files that it extends.
    fn layer(&mut self, path: &Path, text: String) -> Node {
        let file = self.files.add(path.display().to_string(), text);
        // The layer of a file is known only when its bases are read: parse once to find them, and again to rank the keys.
        let mut silent = Faults::default();
        let draft = parse(file, 0, self.files, &mut silent);
        let base = base_of(&draft).and_then(|(span, name)| self.base(path, span, &name));
        self.layers += 1;
        let tree = parse(file, self.layers, self.files, self.faults);
        match base {
            Some(base) => merge(base, tree),
            None => tree,
        }
    }

    fn base(&mut self, path: &Path, span: Span, name: &str) -> Option<Node> {
        let base = path.parent().unwrap_or(Path::new("")).join(name);
        let id = canonical(&base);
        if self.open.contains(&id) {
            let message = format!("{} extends itself", self.files.name(span.file));
            let chain: Vec<_> = self.open.iter().chain([&id]).map(|p| file_name(p)).collect();
            let fault = Diagnostic::new(Code::Cycle, span, message).help(chain.join(" extends "));
            self.faults.push(fault);
            self.faults.leave_incomplete();
            return None;
        }
        let read = if self.open.len() < MAX_FILES {
            read_text(&base)
        } else {
            Err(Unreadable(format!("more than {MAX_FILES} files extend one another")))
        };
        match read {
            Ok(text) => {
                self.open.push(id);
                self.texts.push(text.clone());
                let tree = self.layer(&base, text);
                self.open.pop();
                Some(tree)
            }
            Err(unreadable) => {
                let fault = Diagnostic::new(Code::Extends, span, unreadable.0)
                    .help("the path is relative to the folder of the file that names it");
                self.faults.push(fault);
                self.faults.leave_incomplete();
                None
            }
        }
    }
}

fn base_of(tree: &Node) -> Option<(Span, String)> {
    let Value::Table(entries) = &tree.value else {
        return None;
    };
    let entry = entries.iter().find(|entry| entry.key.text == "extends")?;
    match &entry.node.value {
        Value::Text(text) => Some((entry.node.span, text.clone())),
        _ => None,
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn read_text(path: &Path) -> Result<String, Unreadable> {
    let shown = path.display();
    let said = |why: String| Err(Unreadable(why));
    if path.is_dir() {
        return said(format!("{shown} is a folder, not a scenario file"));
    }
    match std::fs::read(path) {
        Ok(bytes) if bytes.len() >= u32::MAX as usize => said(format!("{shown} is too large for a scenario")),
        Ok(bytes) if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => {
            said(format!("{shown} is a text in UTF-16; save it in UTF-8"))
        }
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(error) if error.as_bytes().contains(&0) => said(format!("{shown} is not a text, but binary data")),
            Err(error) => {
                let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + readable.iter().filter(|byte| **byte == b'\n').count();
                said(format!(
                    "{shown} is not a text in UTF-8: line {line} is in another encoding"
                ))
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut named = path.as_os_str().to_owned();
            named.push(".toml");
            let named = PathBuf::from(named);
            let help = if named.is_file() {
                format!("; did you mean {}?", named.display())
            } else {
                String::new()
            };
            said(format!("there is no file {shown}{help}"))
        }
        Err(error) => said(format!("{shown} cannot be read: {error}")),
    }
}
