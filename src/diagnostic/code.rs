//! The stable codes of diagnostics. A code is never given to another fault.

/// What kind of fault a diagnostic reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file is not TOML.
    Syntax,
    /// A key that the table does not have.
    UnknownKey,
    /// A value of another type than the key takes.
    WrongType,
    /// A key that the table must have is not there.
    MissingKey,
    /// A name is declared twice, or twice in the one namespace that expressions read.
    DuplicateId,
    /// A name that is not snake_case, or that the language keeps for itself.
    InvalidId,
    /// A name that nothing declares.
    UnknownId,
    /// A number outside the range that it must lie in.
    OutOfRange,
    /// A duration or a date that cannot be read.
    BadUnit,
    /// Arguments that make no distribution.
    ImpossibleDistribution,
    /// An expression that does not parse.
    ExpressionSyntax,
    /// An expression whose parts do not fit together.
    ExpressionType,
    /// A state that the variable does not have.
    UnknownState,
    /// A definition, a parameter or a file that needs itself.
    Cycle,
    /// `now` where time may not be read.
    TimeNotAllowed,
    /// A supplier that does not sell what the deal is about.
    NotSold,
    /// An objector that is on no side, or on both, of the balance that it looks at.
    ObjectorSide,
    /// An outcome that an earlier one always comes before.
    UnreachableOutcome,
    /// Keys of `discrete` without quotes.
    UnquotedKey,
    /// A source that `[sources]` does not declare.
    MissingSource,
    /// Timings that contradict each other, or only half of one.
    Timing,
    /// An assignment that cannot be made.
    Assignment,
    /// A base file that cannot be read.
    Extends,
    /// An override that fits nothing.
    Override,
    /// A declaration that nothing uses.
    Unused,
    /// Something that can never matter.
    NoEffect,
    /// A number that gives neither a source nor a note.
    Unsourced,
}

impl Code {
    /// The code as it is printed: `E` for errors, `W` for warnings, and a number that never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Syntax => "E001",
            Code::UnknownKey => "E002",
            Code::WrongType => "E003",
            Code::MissingKey => "E004",
            Code::DuplicateId => "E005",
            Code::InvalidId => "E006",
            Code::UnknownId => "E007",
            Code::OutOfRange => "E008",
            Code::BadUnit => "E009",
            Code::ImpossibleDistribution => "E010",
            Code::ExpressionSyntax => "E011",
            Code::ExpressionType => "E012",
            Code::UnknownState => "E013",
            Code::Cycle => "E014",
            Code::TimeNotAllowed => "E015",
            Code::NotSold => "E016",
            Code::ObjectorSide => "E017",
            Code::UnreachableOutcome => "E018",
            Code::UnquotedKey => "E019",
            Code::MissingSource => "E020",
            Code::Timing => "E021",
            Code::Assignment => "E022",
            Code::Extends => "E023",
            Code::Override => "E024",
            Code::Unused => "W001",
            Code::NoEffect => "W002",
            Code::Unsourced => "W003",
        }
    }

    /// Whether a scenario with this fault still runs.
    pub fn is_warning(self) -> bool {
        self.as_str().starts_with('W')
    }
}
