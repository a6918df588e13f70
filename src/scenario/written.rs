//! A scenario as one tree, with everything laid over it, before its tables are read.

use crate::diagnostic::Faults;

use super::given::Given;
use super::read::{Read, Reader};
use super::tables::Document;
use super::tree::Node;
use super::variants::variants;

/// A scenario as written.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its tables.
    pub document: Document,
    /// SHA-256 of what it was read from, in hexadecimal: of the bytes of the file, if it extends none and nothing is
    /// overridden.
    pub sha256: String,
    /// What a run must fulfil to be looked at at all.
    pub given: Vec<Given>,
    /// The texts that it was read from: its own, then those of the files that it extends, the nearest first.
    pub texts: Vec<String>,
}

/// The tree of a scenario: its file laid over its bases, and its variant and the overrides over that.
#[derive(Debug, Clone)]
pub struct Written {
    pub(super) tree: Node,
    sha256: String,
    texts: Vec<String>,
}

impl Written {
    pub(super) fn new(tree: Node, sha256: String, texts: Vec<String>) -> Self {
        Written { tree, sha256, texts }
    }

    /// The ids of its variants, in the order of the file.
    pub fn variants(&self) -> Vec<String> {
        variants(&self.tree)
            .iter()
            .map(|entry| entry.key.text.clone())
            .collect()
    }

    /// Reads its tables. Faults are collected; none if nothing can be read.
    pub fn scenario(&self, faults: &mut Faults) -> Option<Scenario> {
        Some(Scenario {
            document: Document::read(&self.tree, &mut Reader { faults })?,
            sha256: self.sha256.clone(),
            given: Vec::new(),
            texts: self.texts.clone(),
        })
    }
}
