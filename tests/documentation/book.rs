//! The book is run: page by page, in a folder of its own with the shipped scenarios beside it.
//!
//! A `toml` block is a scenario that must check without an error; with a file name behind the language, it is written under
//! that name for the commands that follow. Without `[scenario]` it stands below the preamble of the explanations. A
//! `sh` block must succeed, an `sh fails` block fail with bad input. A `text output` block must stand in what the
//! commands before it printed. `python` blocks are run where `EQUIPOISE_PYTHON` names an
//! interpreter that has the libraries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use equipoise::diagnostic::PREAMBLE;

use crate::fences::{Block, blocks};

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<PathBuf> = fs::read_dir(root.join("docs/src"))
        .expect("the book")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let scenarios = folder.path().join("scenarios");
    fs::create_dir(&scenarios).expect("a folder");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).expect("the scenarios") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, scenarios.join(path.file_name().expect("a name"))).expect("copied");
    }
    folder
}

/// Runs a script with the command on the path; it ends at the first command that fails.
fn shell(here: &Path, script: &str) -> Output {
    let command = Path::new(env!("CARGO_BIN_EXE_equipoise"));
    let folder = command.parent().expect("a folder").display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("bash")
        .current_dir(here)
        .env("PATH", format!("{folder}:{path}"))
        .env_remove("COLUMNS")
        .args(["-euo", "pipefail", "-c", script])
        .output()
        .expect("a shell")
}

/// The text without what differs from one machine to another.
fn comparable(text: &str) -> String {
    let line = |line: &str| match line.find(" runs a second") {
        Some(end) => line[..end].rfind(" · ").map_or(line, |at| &line[..at]).to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

struct Page {
    folder: tempfile::TempDir,
    printed: String,
    faults: Vec<String>,
    ran: usize,
}

impl Page {
    fn block(&mut self, block: &Block) {
        let here = self.folder.path().to_owned();
        let (language, rest) = block.info.split_once(' ').unwrap_or((&block.info, ""));
        match (language, rest) {
            ("toml", name) => {
                let whole = block.text.contains("[scenario]");
                let text = if whole {
                    block.text.clone()
                } else {
                    format!("{PREAMBLE}{}", block.text)
                };
                let name = if name.is_empty() { "example.toml" } else { name };
                fs::write(here.join(name), text).expect("written");
                self.run(
                    block,
                    &format!("equipoise check {name} && equipoise run {name} --runs 200 --quiet"),
                    0,
                );
            }
            ("sh", "") => self.run(block, &block.text, 0),
            ("sh", "fails") => self.run(block, &block.text, 2),
            ("text", "output") => {
                let (expected, found) = (comparable(&block.text), comparable(&self.printed));
                if !found.contains(&expected) {
                    self.faults
                        .push(format!("line {}: expected\n{expected}\nfound\n{found}", block.line));
                }
            }
            ("python", "") => {
                if let Some(python) = std::env::var_os("EQUIPOISE_PYTHON") {
                    fs::write(here.join("example.py"), &block.text).expect("written");
                    let script = format!("'{}' example.py", Path::new(&python).display());
                    self.run(block, &script, 0);
                }
            }
            _ => self
                .faults
                .push(format!("line {}: a block `{}` is not run", block.line, block.info)),
        }
    }

    fn run(&mut self, block: &Block, script: &str, code: i32) {
        self.ran += 1;
        let output = shell(self.folder.path(), script);
        let said = String::from_utf8_lossy(&output.stderr);
        self.printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if code != 0 {
            self.printed.push_str(&said);
        }
        let warned = said.contains("warning[") && !script.contains("--sources");
        if output.status.code() != Some(code) || warned {
            self.faults
                .push(format!("line {}: {:?}\n{said}", block.line, output.status.code()));
        }
    }
}

/// Fails if a command or a scenario of the book does not do what the book says.
#[test]
fn the_book_is_run() {
    let (mut ran, mut faults) = (0, String::new());
    for path in pages() {
        let text = fs::read_to_string(&path).expect("a page");
        let mut page = Page {
            folder: folder(),
            printed: String::new(),
            faults: Vec::new(),
            ran: 0,
        };
        blocks(&text).iter().for_each(|block| page.block(block));
        ran += page.ran;
        for fault in page.faults {
            faults.push_str(&format!("{}: {fault}\n", path.display()));
        }
    }
    assert!(ran >= 20, "only {ran} blocks were found");
    assert!(faults.is_empty(), "{faults}");
}

/// Fails if a page is not in the summary, or a link between pages leads nowhere.
#[test]
fn every_page_can_be_reached() {
    let pages = pages();
    let names: Vec<&str> = pages.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    for path in &pages {
        let text = fs::read_to_string(path).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            assert!(names.contains(&file), "{} links to {link}", path.display());
            let target = fs::read_to_string(path.with_file_name(file)).expect("a page");
            let mut headings = target.lines().filter(|line| line.starts_with('#'));
            let slug = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            assert!(
                anchor.is_empty() || headings.any(|line| slug(line) == anchor),
                "{} links to {link}",
                path.display()
            );
        }
    }
    let summary = fs::read_to_string(pages[0].with_file_name("SUMMARY.md")).expect("the summary");
    for name in names.iter().filter(|name| **name != "SUMMARY.md") {
        assert!(summary.contains(&format!("({name})")), "{name} is not in the summary");
    }
}
