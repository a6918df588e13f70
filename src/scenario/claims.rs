//! The tables of what was said, and of how it really ended.

use super::amount::Amount;
use super::read::{Day, Flag, Keyed, Moment, OneOrMany, Text, table};

table! {
    /// Whoever claims go back to.
    Origin: "an origin" {
        /// The printed name.
        name: Text;
        /// The chance that it is informed.
        reliability: Amount as Chance, required;
        /// The chance that each of its claims is made, whatever the truth, if it is not informed; the mean of the claim's
        /// own two, if left out.
        if_uninformed: Amount as Chance;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Something that was said.
    Claim: "a claim" {
        /// The printed name.
        name: Text;
        /// What it says: a condition.
        says: Amount as Condition, required;
        /// When it was said.
        on: Day, required;
        /// The day, or "horizon", at which what it says is judged; the day it was said, if left out.
        about: Moment;
        /// The chance that it is made if what it says is true.
        if_true: Amount as Chance, required;
        /// The chance that it is made if what it says is false.
        if_false: Amount as Chance, required;
        /// The chance that it is made, whatever the truth, if its origin is not informed.
        if_uninformed: Amount as Chance;
        /// The origin that it goes back to.
        origin: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// How it really ended.
    Resolution: "[resolution]" {
        /// The outcome that it came to.
        outcome: Text, required;
        /// The day on which that was settled.
        on: Day, required;
        /// Whether the outcomes stand in an order, from one end to the other.
        ordered: Flag;
        /// Whether the authors knew how it ended.
        authors_knew: Flag;
        /// What cases of the same kind came to.
        base_rate: BaseRate;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A table of cases, and which of them count.
    BaseRate: "a base rate" {
        /// The file: comma-separated values under a header, relative to the folder of the scenario.
        table: Text, required;
        /// The id of the case itself, which is left out.
        case: Text;
        /// The column with the ids of the cases; `case_id`, if left out.
        id_column: Text;
        /// The column that says what a case came to; `outcome_class`, if left out.
        outcome_column: Text;
        /// What columns must hold for a case to count.
        where_: Keyed<OneOrMany>;
        /// Of each outcome, what the table calls it; its own id, if left out.
        outcomes: Keyed<OneOrMany>;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}
