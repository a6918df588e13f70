//! One case: its files, its overrides, and the text that is expected.

use equipoise::diagnostic::{Faults, Files, render};
use equipoise::model;
use equipoise::scenario::{Override, load_written};

const EXPECTED: &str = "--- expected ---\n";
const MAIN: &str = "scenario.toml";

/// A case as its file says it.
pub struct Case<'a> {
    /// Everything before the expected text.
    given: &'a str,
    files: Vec<(&'a str, String)>,
    variant: Option<&'a str>,
    overrides: Vec<Override>,
    /// The text that must be printed.
    pub expected: &'a str,
}

impl<'a> Case<'a> {
    /// Takes a case apart.
    pub fn read(written: &'a str) -> Self {
        let (given, expected) = match written.find(EXPECTED) {
            Some(at) => (&written[..at], &written[at + EXPECTED.len()..]),
            None => (written, ""),
        };
        let mut files = vec![(MAIN, String::new())];
        let (mut variant, mut overrides) = (None, Vec::new());
        for line in given.split_inclusive('\n') {
            let marker = line
                .trim_end()
                .strip_prefix("--- ")
                .and_then(|rest| rest.strip_suffix(" ---"));
            if let Some(name) = marker.and_then(|marker| marker.strip_prefix("file ")) {
                files.push((name, String::new()));
            } else if let Some(id) = marker.and_then(|marker| marker.strip_prefix("variant ")) {
                variant = Some(id);
            } else if let Some(text) = marker.and_then(|marker| marker.strip_prefix("set ")) {
                overrides.push(Override { text: text.to_owned() });
            } else if let Some((_, text)) = files.last_mut() {
                text.push_str(line);
            }
        }
        Case {
            given,
            files,
            variant,
            overrides,
            expected,
        }
    }

    /// What is printed, with the paths of the files as seen from their folder.
    pub fn answer(&self) -> String {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in &self.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the case");
            std::fs::write(path, text).expect("a file of the case");
        }
        let (mut files, mut faults) = (Files::default(), Faults::default());
        let path = folder.path().join(MAIN);
        let loaded = load_written(&path, self.variant, &self.overrides, &mut files, &mut faults);
        let written = loaded.expect("a file that is there and in UTF-8");
        let scenario = written.scenario(&mut faults);
        let core = scenario.and_then(|scenario| model::check(&scenario, &files, &mut faults));
        assert_eq!(
            core.is_none(),
            faults.has_errors(),
            "there is a core just where there is no error"
        );
        // The width of the padding before a path does not depend on the path.
        render(&faults, &files, false).replace(&format!("{}/", folder.path().display()), "")
    }

    /// The file of the case with another expected text.
    pub fn with_expected(&self, text: &str) -> String {
        let end = if self.given.ends_with('\n') { "" } else { "\n" };
        format!("{}{end}{EXPECTED}{text}", self.given)
    }
}

/// The lines that two texts do not share, by the longest common subsequence.
pub fn difference(expected: &str, found: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut common = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            common[i][j] = if one[i] == other[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < one.len() || j < other.len() {
        let (sign, line) = if i < one.len() && j < other.len() && one[i] == other[j] {
            (i, j) = (i + 1, j + 1);
            (' ', one[i - 1])
        } else if j == other.len() || (i < one.len() && common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            ('-', one[i - 1])
        } else {
            j += 1;
            ('+', other[j - 1])
        };
        text.push_str(&format!("{sign} {line}\n"));
    }
    text
}
