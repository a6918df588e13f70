//! Writes what was said, and how it really ended.

use super::{Writer, quoted};
use crate::expr::number;
use crate::model::core::{BaseRate, Claim, Origin, Resolution, UNRESOLVED};
use crate::scenario::date;

impl Writer<'_> {
    pub(super) fn origin(&mut self, origin: &Origin) {
        self.heading(&format!("[origins.{}]", origin.about.address));
        self.line(format!("reliability = {}", number(origin.reliability)));
        self.chance("if_uninformed", origin.if_uninformed);
        self.lines(Self::words(&origin.about, true));
    }

    pub(super) fn claim(&mut self, claim: &Claim) {
        self.heading(&format!("[claims.{}]", claim.about.address));
        self.line(format!("says = {}", self.value(&claim.says)));
        self.line(format!("on = {}", date::format(claim.said)));
        match claim.judged {
            None => self.line("about = \"horizon\""),
            Some(day) if day != claim.said => self.line(format!("about = {}", date::format(day))),
            Some(_) => {}
        }
        self.chance("if_true", Some(claim.if_true));
        self.chance("if_false", Some(claim.if_false));
        self.chance("if_uninformed", claim.if_uninformed);
        if let Some(origin) = claim.origin {
            self.line(format!("origin = {}", quoted(&self.core.origins[origin].about.address)));
        }
        self.lines(Self::words(&claim.about, true));
    }

    fn chance(&mut self, key: &str, chance: Option<f64>) {
        if let Some(chance) = chance {
            self.line(format!("{key} = {}", number(chance)));
        }
    }

    pub(super) fn resolution(&mut self, resolution: &Resolution) {
        let outcome = self.core.outcomes.get(resolution.outcome);
        self.heading("[resolution]");
        let id = outcome.map_or(UNRESOLVED, |outcome| &outcome.about.address);
        self.line(format!("outcome = {}", quoted(id)));
        self.line(format!("on = {}", date::format(resolution.on)));
        if resolution.ordered {
            self.line("ordered = true");
        }
        if let Some(knew) = resolution.authors_knew {
            self.line(format!("authors_knew = {knew}"));
        }
        self.lines(Self::words(&resolution.about, false));
        if let Some(base_rate) = &resolution.base_rate {
            self.base_rate(base_rate);
        }
    }

    fn base_rate(&mut self, base_rate: &BaseRate) {
        let many = |(key, values): &(String, Vec<String>)| {
            let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
            format!("{} = [{}]", quoted(key), values.join(", "))
        };
        self.heading("[resolution.base_rate]");
        self.line(format!("table = {}", quoted(&base_rate.table)));
        if let Some(case) = &base_rate.case {
            self.line(format!("case = {}", quoted(case)));
        }
        self.line(format!("id_column = {}", quoted(&base_rate.id_column)));
        self.line(format!("outcome_column = {}", quoted(&base_rate.outcome_column)));
        for (key, table) in [("where", &base_rate.where_), ("outcomes", &base_rate.called)] {
            if !table.is_empty() {
                let entries: Vec<_> = table.iter().map(many).collect();
                self.line(format!("{key} = {{ {} }}", entries.join(", ")));
            }
        }
    }
}
