//! Every number of a scenario with where it comes from: what an appendix lists, and what must give a source or a note.

use crate::scenario::{
    Actor, Amount, Balance, Batch, Deal, Document, Event, Form, Keyed, Objection, OneOrMany, Rule, Step, Supplier, Text,
};

/// A number of a scenario, or a rule with a number in it.
#[derive(Debug, Clone)]
pub struct Figure<'a> {
    /// The table of the scenario that it stands in, such as `deals`.
    pub table: &'static str,
    /// The address of the thing that it belongs to, such as `polonez_sale.signs`.
    pub owner: String,
    /// The key there, such as `chance`; empty where the thing is the number itself.
    pub key: &'static str,
    /// What is written.
    pub written: Written<'a>,
    /// The ids of the sources that it gives itself, or else those of the nearest table around it that gives any.
    pub sources: Vec<&'a str>,
    /// What is noted of it, or else of the nearest table around it that has a note.
    pub note: Option<&'a str>,
}

/// How a figure is written.
#[derive(Debug, Clone, Copy)]
pub enum Written<'a> {
    /// As a number, an expression or a distribution that stands for a number.
    Amount(&'a Amount),
    /// In a condition, an assignment or a definition.
    Rule(&'a str),
}

/// Every number of a scenario, table by table in the order in which tables are documented.
pub fn figures(document: &Document) -> Vec<Figure<'_>> {
    let mut list = List {
        table: "scenario",
        figures: Vec::new(),
    };
    if let Some(header) = &document.scenario {
        let around = Around::default().within(&header.source, &header.note);
        list.amount("scenario", "horizon", &header.horizon, &around);
    }
    let nothing = Around::default();
    list.table = "parameters";
    for (key, parameter) in entries(&document.parameters) {
        list.push(&key.text, "", &parameter.0, &nothing);
    }
    list.table = "systems";
    for (key, system) in entries(&document.systems) {
        let around = nothing.within(&system.source, &system.note);
        list.amount(&format!("{}.tiv", key.text), "", &system.tiv, &around);
    }
    list.table = "actors";
    for (key, actor) in entries(&document.actors) {
        list.actor(&key.text, actor);
    }
    list.table = "relations";
    for (key, others) in entries(&document.relations) {
        for (other, amount) in &others.entries {
            list.push(&format!("relations.{}.{}", key.text, other.text), "", amount, &nothing);
        }
    }
    list.table = "balances";
    for (key, balance) in entries(&document.balances) {
        list.balance(&key.text, balance);
    }
    list.table = "suppliers";
    for (key, supplier) in entries(&document.suppliers) {
        list.supplier(&key.text, supplier);
    }
    list.table = "deals";
    for (key, deal) in entries(&document.deals) {
        list.deal(&key.text, deal);
    }
    list.table = "variables";
    for (key, variable) in entries(&document.variables) {
        let around = nothing.within(&variable.source, &variable.note);
        // True, false and states are where the story begins, and no measurements.
        let is_number = |amount: &&Amount| matches!(amount.form, Form::Number(_) | Form::Distribution(_));
        if let Some(initial) = variable.initial.as_ref().filter(is_number) {
            list.push(&key.text, "", initial, &around);
        }
    }
    list.table = "definitions";
    for (key, definition) in entries(&document.definitions) {
        let around = nothing.within(&definition.source, &definition.note);
        list.condition(&key.text, "", &definition.value, &around);
    }
    list.table = "events";
    for (key, event) in entries(&document.events) {
        list.event(&key.text, event);
    }
    list.table = "origins";
    for (key, origin) in entries(&document.origins) {
        let around = nothing.within(&origin.source, &origin.note);
        let owner = format!("origins.{}", key.text);
        list.amount(&owner, "reliability", &origin.reliability, &around);
        list.amount(&owner, "if_uninformed", &origin.if_uninformed, &around);
    }
    list.table = "claims";
    for (key, claim) in entries(&document.claims) {
        let around = nothing.within(&claim.source, &claim.note);
        let owner = format!("claims.{}", key.text);
        list.amount(&owner, "if_true", &claim.if_true, &around);
        list.amount(&owner, "if_false", &claim.if_false, &around);
        list.amount(&owner, "if_uninformed", &claim.if_uninformed, &around);
    }
    list.figures
}

fn entries<T>(table: &Option<Keyed<T>>) -> impl Iterator<Item = &(crate::scenario::Key, T)> {
    table.iter().flat_map(|table| &table.entries)
}

/// What the tables around a number say of where it comes from.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    source: Option<&'a OneOrMany>,
    note: Option<&'a Text>,
}

impl<'a> Around<'a> {
    /// The same, one table further in.
    fn within(&self, source: &'a Option<OneOrMany>, note: &'a Option<Text>) -> Self {
        Around {
            source: source.as_ref().or(self.source),
            note: note.as_ref().or(self.note),
        }
    }
}

/// The keys of a clock: those of its time are numbers, its conditions may have some in them.
macro_rules! clock {
    ($list:expr, $owner:expr, $table:expr, $around:expr) => {
        let around = $around.within(&$table.source, &$table.note);
        $list.condition($owner, "when", &$table.when, &around);
        $list.amount($owner, "rate", &$table.rate, &around);
        $list.amount($owner, "chance", &$table.chance, &around);
        $list.amount($owner, "within", &$table.within, &around);
        $list.amount($owner, "after", &$table.after, &around);
    };
}

struct List<'a> {
    table: &'static str,
    figures: Vec<Figure<'a>>,
}

impl<'a> List<'a> {
    fn push(&mut self, owner: &str, key: &'static str, amount: &'a Amount, around: &Around<'a>) {
        let around = around.within(&amount.source, &amount.note);
        self.figure(owner, key, Written::Amount(amount), &around);
    }

    fn amount(&mut self, owner: &str, key: &'static str, amount: &'a Option<Amount>, around: &Around<'a>) {
        if let Some(amount) = amount {
            self.push(owner, key, amount, around);
        }
    }

    /// What is listed only where there is a number in it.
    fn condition(&mut self, owner: &str, key: &'static str, amount: &'a Option<Amount>, around: &Around<'a>) {
        if let Some(Form::Text(text)) = amount.as_ref().map(|amount| &amount.form)
            && has_number(&text.text)
        {
            self.figure(owner, key, Written::Rule(&text.text), around);
        }
    }

    fn assignments(&mut self, owner: &str, then: &'a Option<Vec<Text>>, around: &Around<'a>) {
        for text in then.iter().flatten().filter(|text| has_number(&text.text)) {
            self.figure(owner, "then", Written::Rule(&text.text), around);
        }
    }

    fn figure(&mut self, owner: &str, key: &'static str, written: Written<'a>, around: &Around<'a>) {
        let sources = around.source.map_or(&[][..], |source| &source.0);
        self.figures.push(Figure {
            table: self.table,
            owner: owner.to_owned(),
            key,
            written,
            sources: sources.iter().map(|text| text.text.as_str()).collect(),
            note: around.note.map(|note| note.text.as_str()),
        });
    }

    fn actor(&mut self, id: &str, actor: &'a Actor) {
        let around = Around::default().within(&actor.source, &actor.note);
        for (system, amount) in entries(&actor.inventory) {
            self.push(&format!("{id}.inventory.{}", system.text), "", amount, &around);
        }
        for (key, objection) in entries(&actor.objects) {
            self.objection(&format!("{id}.objects.{}", key.text), objection, &around);
        }
    }

    fn objection(&mut self, owner: &str, objection: &'a Objection, around: &Around<'a>) {
        clock!(self, owner, objection, around);
    }

    fn balance(&mut self, id: &str, balance: &'a Balance) {
        let around = Around::default().within(&balance.source, &balance.note);
        for (category, weight) in entries(&balance.weights) {
            self.push(&format!("{id}.weights.{}", category.text), "", weight, &around);
        }
    }

    fn supplier(&mut self, id: &str, supplier: &'a Supplier) {
        let around = Around::default().within(&supplier.source, &supplier.note);
        for (key, rule) in entries(&supplier.policy) {
            self.rule(&format!("{id}.policy.{}", key.text), rule, &around);
        }
    }

    fn rule(&mut self, owner: &str, rule: &'a Rule, around: &Around<'a>) {
        let around = around.within(&rule.source, &rule.note);
        self.condition(owner, "when", &rule.when, &around);
        self.amount(owner, "chance", &rule.chance, &around);
        self.amount(owner, "for", &rule.for_, &around);
    }

    fn deal(&mut self, id: &str, deal: &'a Deal) {
        let around = Around::default().within(&deal.source, &deal.note);
        self.amount(&format!("{id}.quantity"), "", &deal.quantity, &around);
        self.amount(&format!("{id}.price"), "", &deal.price, &around);
        self.amount(&format!("{id}.genuine"), "", &deal.genuine, &around);
        let steps: [(&str, &Option<Step>); 5] = [
            ("opens", &deal.opens),
            ("decides", &deal.decides),
            ("signs", &deal.signs),
            ("collapses", &deal.collapses),
            ("reconsiders", &deal.reconsiders),
        ];
        for (name, step) in steps {
            if let Some(step) = step {
                clock!(self, &format!("{id}.{name}"), step, around);
            }
        }
        for (key, objection) in entries(&deal.objections) {
            self.objection(&format!("{id}.objections.{}", key.text), objection, &around);
        }
        for (key, batch) in entries(&deal.delivers) {
            self.batch(&format!("{id}.delivers.{}", key.text), batch, &around);
        }
    }

    fn batch(&mut self, owner: &str, batch: &'a Batch, around: &Around<'a>) {
        let own = around.within(&batch.source, &batch.note);
        self.amount(owner, "share", &batch.share, &own);
        clock!(self, owner, batch, around);
    }

    fn event(&mut self, id: &str, event: &'a Event) {
        let around = Around::default().within(&event.source, &event.note);
        clock!(self, id, event, Around::default());
        self.assignments(id, &event.then, &around);
        for (key, branch) in entries(&event.branches) {
            let owner = format!("{id}.branches.{}", key.text);
            let around = around.within(&branch.source, &branch.note);
            self.condition(&owner, "when", &branch.when, &around);
            self.amount(&owner, "weight", &branch.weight, &around);
            self.assignments(&owner, &branch.then, &around);
        }
    }
}

/// Whether a number stands in an expression, outside of names and texts.
fn has_number(text: &str) -> bool {
    let mut quoted = None;
    let mut before = ' ';
    for character in text.chars() {
        match quoted {
            Some(quote) if character == quote => quoted = None,
            Some(_) => {}
            None if character == '\'' || character == '"' => quoted = Some(character),
            None if character.is_ascii_digit() && !(before.is_alphanumeric() || before == '_') => return true,
            None => {}
        }
        before = character;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_number;

    /// Fails if a digit in a name or a text counts as a number, or one that is none is passed over.
    #[test]
    fn numbers_in_expressions_are_found() {
        for text in ["4 * resolve", "x>0.1", "(2)", "min(3, y)"] {
            assert!(has_number(text), "{text}");
        }
        for text in [
            "",
            "a200_rocket * x",
            "t72m1",
            "date('2018-06-11')",
            "stage == 'step_2'",
        ] {
            assert!(!has_number(text), "{text}");
        }
    }
}
