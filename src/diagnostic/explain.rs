//! What each code means, with an example and its mend: one text a code, in `explanations/`.
//!
//! A text begins with a sentence that says what is wrong. Its examples are fenced as `toml wrong` and `toml mended`; where a
//! command shows the fault, it is fenced as `sh`. An example without `[scenario]` stands below [`PREAMBLE`].

/// The first table of every example that does not show its own.
pub const PREAMBLE: &str = "[scenario]\ntitle = \"Example\"\nstart = 2020-01-01\nhorizon = \"3 years\"\n";

/// Every code with its text, in order.
pub const EXPLANATIONS: [(&str, &str); 27] = [
    ("E001", include_str!("explanations/E001.md")),
    ("E002", include_str!("explanations/E002.md")),
    ("E003", include_str!("explanations/E003.md")),
    ("E004", include_str!("explanations/E004.md")),
    ("E005", include_str!("explanations/E005.md")),
    ("E006", include_str!("explanations/E006.md")),
    ("E007", include_str!("explanations/E007.md")),
    ("E008", include_str!("explanations/E008.md")),
    ("E009", include_str!("explanations/E009.md")),
    ("E010", include_str!("explanations/E010.md")),
    ("E011", include_str!("explanations/E011.md")),
    ("E012", include_str!("explanations/E012.md")),
    ("E013", include_str!("explanations/E013.md")),
    ("E014", include_str!("explanations/E014.md")),
    ("E015", include_str!("explanations/E015.md")),
    ("E016", include_str!("explanations/E016.md")),
    ("E017", include_str!("explanations/E017.md")),
    ("E018", include_str!("explanations/E018.md")),
    ("E019", include_str!("explanations/E019.md")),
    ("E020", include_str!("explanations/E020.md")),
    ("E021", include_str!("explanations/E021.md")),
    ("E022", include_str!("explanations/E022.md")),
    ("E023", include_str!("explanations/E023.md")),
    ("E024", include_str!("explanations/E024.md")),
    ("W001", include_str!("explanations/W001.md")),
    ("W002", include_str!("explanations/W002.md")),
    ("W003", include_str!("explanations/W003.md")),
];

/// The text for a code, in whatever case it is written.
pub fn explanation(code: &str) -> Option<&'static str> {
    EXPLANATIONS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, text)| *text)
}
