//! The tables of a scenario, as written: every key is optional here, what must be there is checked on reading.

use super::amount::{Amount, Repeats};
use super::claims::{Claim, Origin, Resolution};
use super::read::{Day, Flag, Keyed, OneOrMany, Read, Reader, Text, Whole, table};
use super::shape::Shape;
use super::tree::{Node, Value};

table! {
    /// A whole scenario.
    Document: "a scenario" {
        /// A file whose tables this one is laid over.
        extends: Text;
        /// What is played, from when to when, and how often.
        scenario: Header, required;
        /// Where facts and figures come from.
        sources: Keyed<Source>;
        /// What is not known of the world: drawn once a run.
        parameters: Keyed<Parameter>;
        /// Weapons and other goods.
        systems: Keyed<System>;
        /// States and other powers.
        actors: Keyed<Actor>;
        /// Groups of actors.
        alliances: Keyed<Alliance>;
        /// How close one actor is to another, from -1 to 1.
        relations: Keyed<Keyed<Amount>> as Affinity;
        /// Which arms count on which side.
        balances: Keyed<Balance>;
        /// What suppliers sell, and how they decide.
        suppliers: Keyed<Supplier>;
        /// Sales, from the first talks to the last delivery.
        deals: Keyed<Deal>;
        /// What events change.
        variables: Keyed<Variable>;
        /// Names for expressions.
        definitions: Keyed<Definition>;
        /// What can happen.
        events: Keyed<Event>;
        /// How a run can end, tried in order.
        outcomes: Keyed<Outcome>;
        /// What is measured at the end of a run.
        measures: Keyed<Measure>;
        /// What is measured along the way.
        series: Keyed<Series>;
        /// Where claims come from: whoever made several knows or does not know.
        origins: Keyed<Origin>;
        /// What has been said about how things stand.
        claims: Keyed<Claim>;
        /// How it really ended.
        resolution: Resolution;
        /// The same scenario with something else in it, to compare it with.
        variants: Keyed<Variant>;
    }
}

table! {
    /// What is played, from when to when, and how often.
    Header: "[scenario]" {
        /// What the scenario is called.
        title: Text, required;
        /// The first day.
        start: Day, required;
        /// How long a run lasts.
        horizon: Amount as Duration, required;
        /// The seed of all draws; 1, if left out.
        seed: Whole;
        /// How many runs are played; 100,000, if left out.
        runs: Whole;
        /// How many events a run may fire before it is cut as a runaway; 100,000, if left out.
        limit: Whole;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Where facts and figures come from.
    Source: "a source" {
        /// Who published it.
        publisher: Text;
        /// Who wrote it.
        author: Text;
        /// What it is called.
        title: Text;
        /// When: a date, a month or a year.
        date: SourceDate;
        /// Where it can be found.
        url: Text;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Goods that can be held and sold.
    System: "a system" {
        /// The printed name.
        name: Text;
        /// What kind of goods; balances weigh by it.
        category: Text;
        /// The SIPRI trend-indicator value of one unit, in millions.
        tiv: Amount as TrendIndicator;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A state or another power.
    Actor: "an actor" {
        /// The printed name.
        name: Text;
        /// The units held at the start, by system; what is left out is 0.
        inventory: Keyed<Amount> as Units;
        /// To which deals of others it objects.
        objects: Keyed<Objection>;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A group of actors.
    Alliance: "an alliance" {
        /// The printed name.
        name: Text;
        /// The actor that leads it.
        leader: Text;
        /// Its members.
        members: Vec<Text>, required;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Which arms count on which side.
    Balance: "a balance" {
        /// The printed name.
        name: Text;
        /// The actors and alliances on each side.
        sides: Keyed<Vec<Text>>, required;
        /// The weight of each category of systems; 0 where it is left out.
        weights: Keyed<Amount> as Weight, required;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// What an actor sells, and how it decides.
    Supplier: "a supplier" {
        /// The systems that it sells.
        sells: Vec<Text>, required;
        /// The rules that decide about a deal, tried in order.
        policy: Keyed<Rule>;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A rule of a supplier's policy.
    Rule: "a rule" {
        /// The printed name.
        name: Text;
        /// When the rule applies; always, if left out.
        when: Amount as Condition;
        /// The chance that it decides where it applies; compared with one draw a run.
        chance: Amount as Chance;
        /// What it decides: sell, refuse or delay.
        decision: Text as Decision, required;
        /// How long a delay lasts.
        for_: Amount as Duration;
        /// Why, in words.
        because: Text;
        /// The rule that it is placed before.
        before: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A sale.
    Deal: "a deal" {
        /// The printed name.
        name: Text;
        /// The actor that sells.
        supplier: Text, required;
        /// The actor that buys.
        recipient: Text, required;
        /// What is sold.
        system: Text, required;
        /// How many units.
        quantity: Amount as Units, required;
        /// The price, in millions of US dollars.
        price: Amount as Price;
        /// The chance that there is a deal at all, not only noise about one.
        genuine: Amount as Chance;
        /// Whether deliveries leave the supplier's inventory.
        from_stock: Flag;
        /// When talks open; at the start, if left out.
        opens: Step;
        /// When a pending decision is taken; at once, if left out.
        decides: Step;
        /// When it is signed; as soon as it can be, if left out.
        signs: Step;
        /// When it falls through for its own reasons; never, if left out.
        collapses: Step;
        /// When the supplier decides anew; never, if left out.
        reconsiders: Step;
        /// Who objects to this deal.
        objections: Keyed<Objection>;
        /// The batches in which it is delivered, in order.
        delivers: Keyed<Batch>;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A step in the life of a deal.
    Step: "a step of a deal" {
        /// The printed name.
        name: Text;
        /// A further condition.
        when: Amount as Condition;
        /// While this holds, the clock is paused.
        hold: Amount as Condition;
        /// How often a year.
        rate: Amount as Rate;
        /// The chance that it happens in the time that `within` gives.
        chance: Amount as Chance;
        /// The time in which `chance` holds.
        within: Amount as Duration;
        /// How long after its condition began to hold.
        after: Amount as Duration;
        /// On which day.
        on: Day;
        /// Why, in words.
        because: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// An objection to a deal.
    Objection: "an objection" {
        /// The printed name.
        name: Text;
        /// A further condition.
        when: Amount as Condition;
        /// While this holds, the clock is paused.
        hold: Amount as Condition;
        /// How often a year.
        rate: Amount as Rate;
        /// The chance that it happens in the time that `within` gives.
        chance: Amount as Chance;
        /// The time in which `chance` holds.
        within: Amount as Duration;
        /// How long after its condition began to hold.
        after: Amount as Duration;
        /// On which day.
        on: Day;
        /// By what means: protest, alliance, sanctions, licence or embargo.
        channel: Text as Channel;
        /// Why, in words.
        because: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A part of a delivery.
    Batch: "a batch" {
        /// The printed name.
        name: Text;
        /// Its share of the quantity; all of it, if there is one batch.
        share: Amount as Share;
        /// A further condition.
        when: Amount as Condition;
        /// While this holds, the clock is paused.
        hold: Amount as Condition;
        /// How often a year.
        rate: Amount as Rate;
        /// The chance that it happens in the time that `within` gives.
        chance: Amount as Chance;
        /// The time in which `chance` holds.
        within: Amount as Duration;
        /// How long after its condition began to hold.
        after: Amount as Duration;
        /// On which day.
        on: Day;
        /// Why, in words.
        because: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Something that can happen.
    Event: "an event" {
        /// The printed name.
        name: Text;
        /// It can happen while this holds; always, if left out.
        when: Amount as Condition;
        /// While this holds, the clock is paused.
        hold: Amount as Condition;
        /// How often a year.
        rate: Amount as Rate;
        /// The chance that it happens in the time that `within` gives.
        chance: Amount as Chance;
        /// The time in which `chance` holds.
        within: Amount as Duration;
        /// How long after its condition began to hold.
        after: Amount as Duration;
        /// On which day.
        on: Day;
        /// Whether it can happen again: true, or the greatest number of times.
        repeats: Repeats;
        /// What it changes, in order.
        then: Vec<Text>;
        /// The ways it can turn out, of which one is chosen.
        branches: Keyed<Branch>;
        /// Whether it ends the run.
        stop: Flag;
        /// Why, in words.
        because: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A way an event can turn out.
    Branch: "a branch" {
        /// The printed name.
        name: Text;
        /// How likely it is, relative to the other branches.
        weight: Amount as Weight;
        /// In place of a weight: the first branch for which this holds is taken; always, if left out.
        when: Amount as Condition;
        /// What it changes, in order.
        then: Vec<Text>;
        /// Why, in words.
        because: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// An expression with a name.
    Definition: "a definition" or just value {
        /// The printed name.
        name: Text;
        /// The expression.
        value: Amount, required;
        /// The unit of its values.
        unit: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// A way a run can end.
    Outcome: "an outcome" or just when {
        /// The printed name.
        name: Text;
        /// When a run has ended so.
        when: Amount as Condition, required;
        /// The outcome that it is placed before.
        before: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Something that is measured at the end of a run.
    Measure: "a measure" or just value {
        /// The printed name.
        name: Text;
        /// What is measured.
        value: Amount, required;
        /// The unit of its values.
        unit: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// Something that is measured along the way.
    Series: "a series" {
        /// The printed name.
        name: Text;
        /// What is measured.
        value: Amount, required;
        /// At which distance in time, from the start on.
        every: Amount as Duration, required;
        /// The unit of its values.
        unit: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// What events change, written long.
    Variable: "a variable" or just initial {
        /// The printed name.
        name: Text;
        /// The states that it can be in; a variable without is a number, or true or false.
        states: Vec<Text>;
        /// What it is at the start; the first state, if left out.
        initial: Amount;
        /// A run in which it goes below this has failed.
        at_least: Amount;
        /// The unit of its values.
        unit: Text;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
    }
}

table! {
    /// The same scenario with something else in it. What it adds stands in tables that are called as in the scenario.
    Variant: "a variant" {
        /// What it is called.
        title: Text;
        /// Other values, by their addresses.
        set: Overlay;
        /// The addresses of what it does without.
        remove: Vec<Text>;
        /// The ids of sources.
        source: OneOrMany;
        /// What the author says of it.
        note: Text;
        /// What it changes in the table `scenario`.
        scenario: Overlay;
        /// What it adds to the table `sources`.
        sources: Overlay;
        /// What it adds to the table `parameters`.
        parameters: Overlay;
        /// What it adds to the table `systems`.
        systems: Overlay;
        /// What it adds to the table `actors`.
        actors: Overlay;
        /// What it adds to the table `alliances`.
        alliances: Overlay;
        /// What it adds to the table `relations`.
        relations: Overlay;
        /// What it adds to the table `balances`.
        balances: Overlay;
        /// What it adds to the table `suppliers`.
        suppliers: Overlay;
        /// What it adds to the table `deals`.
        deals: Overlay;
        /// What it adds to the table `variables`.
        variables: Overlay;
        /// What it adds to the table `definitions`.
        definitions: Overlay;
        /// What it adds to the table `events`.
        events: Overlay;
        /// What it adds to the table `outcomes`.
        outcomes: Overlay;
        /// What it adds to the table `measures`.
        measures: Overlay;
        /// What it adds to the table `series`.
        series: Overlay;
        /// What it adds to the table `origins`.
        origins: Overlay;
        /// What it adds to the table `claims`.
        claims: Overlay;
        /// What it changes in the table `resolution`.
        resolution: Overlay;
    }
}

/// A table that is laid over another: it is read where it comes to lie.
#[derive(Debug, Clone)]
pub struct Overlay;

impl Read for Overlay {
    const EXPECTS: &'static str = "a table";

    fn shape() -> Shape {
        Shape::Overlay
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Table(_) => Some(Overlay),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}

/// What is not known of the world.
#[derive(Debug, Clone)]
pub struct Parameter(pub Amount);

impl Read for Parameter {
    const EXPECTS: &'static str = Amount::EXPECTS;

    fn shape() -> Shape {
        Amount::shape()
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Amount::read(node, reader).map(Parameter)
    }
}

/// When a source was published: a date, a month as `2018-02`, or a year.
#[derive(Debug, Clone)]
pub struct SourceDate(pub String);

impl Read for SourceDate {
    const EXPECTS: &'static str = "a date, a month (\"2018-02\") or a year";

    fn shape() -> Shape {
        Shape::SourceDate
    }

    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Date(date) => Some(SourceDate(super::date::format(*date))),
            Value::Integer(year) => Some(SourceDate(year.to_string())),
            Value::Text(text) => Some(SourceDate(text.clone())),
            _ => {
                reader.wrong_type(node, Self::EXPECTS);
                None
            }
        }
    }
}
