//! The life of a deal as events of the core: talks, objections, decisions, signing, delivery, collapse.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::expr::{BinaryOperator, Item, Tree};
use crate::scenario::{Amount, Batch, Objection, Rule, Step};

use super::amounts::shown;
use super::clock::Clock;
use super::core::{About, Branch, Branches, Event, Quantity, Timing};
use super::deal::{CHANNELS, DealPlan, OTHERWISE};
use super::events::{grow, set};
use super::lowering::{Context, Lowering, Texts, Unit};
use super::namespace::Named;
use super::timing::{Timed, When};
use super::words::words;

/// The words of a step, an objection or a batch.
macro_rules! texts {
    ($table:expr) => {
        Texts {
            name: $table.name.as_ref(),
            because: $table.because.as_ref(),
            source: $table.source.as_ref(),
            note: $table.note.as_ref(),
            unit: None,
        }
    };
}

impl<'a> Lowering<'a> {
    /// Lowers a deal. There is one event for each of its addresses, in that order, whatever is faulty.
    pub fn deal_events(&mut self, deal: usize) -> Vec<Event> {
        let mut events = vec![self.decides(deal)];
        for index in 0..self.deals[deal].variables.delayed.len() {
            events.push(self.delay_ends(deal, index));
        }
        events.push(self.opens(deal));
        for index in 0..self.deals[deal].objections.len() {
            events.push(self.objects(deal, index));
        }
        let raw = self.deals[deal].raw;
        if let Some(step) = &raw.reconsiders {
            events.push(self.reconsiders(deal, step));
        }
        events.push(self.signs(deal));
        events.extend(self.delivers(deal));
        if let Some(step) = &raw.collapses {
            events.push(self.collapses(deal, step));
        }
        events
    }

    /// An event of a deal: its own condition joined to what the table says.
    fn step(
        &mut self,
        about: About,
        condition: Tree,
        pause: Tree,
        timed: Option<Timed>,
        then: Vec<super::core::Assign>,
    ) -> Event {
        let Some(timed) = timed else { return Event::never(about) };
        Event {
            when: condition.and(timed.when),
            hold: pause.or(timed.hold),
            timing: timed.timing,
            then,
            ..Event::never(about)
        }
    }

    /// What is known of a step that the scenario may leave out, with a printed name.
    fn about_step(&mut self, deal: usize, name: &str, texts: Texts<'_>, printed: String) -> About {
        let (address, span) = (format!("{}.{name}", self.deals[deal].id), self.deals[deal].span);
        let about = self.about(address, span, texts);
        About {
            name: Some(about.name.unwrap_or(printed)),
            ..about
        }
    }

    fn printed(&self, id: &str) -> String {
        let document = self.document;
        let name = match self.namespace.get(id) {
            Some(Named::Actor(index)) => document
                .actors
                .iter()
                .flat_map(|t| &t.entries)
                .nth(index)
                .and_then(|(_, actor)| actor.name.as_ref()),
            Some(Named::Alliance(index)) => document
                .alliances
                .iter()
                .flat_map(|t| &t.entries)
                .nth(index)
                .and_then(|(_, alliance)| alliance.name.as_ref()),
            _ => None,
        };
        name.map_or_else(|| words(id), |text| text.text.clone())
    }

    fn step_timed(&mut self, deal: usize, name: &str, step: Option<&Step>) -> Option<Timed> {
        let says = step.map_or(When::default(), When::from);
        let address = format!("{}.{name}", self.deals[deal].id);
        self.timed(says, &address, &Context::Deal(deal))
    }

    fn opens(&mut self, deal: usize) -> Event {
        let raw = self.deals[deal].raw;
        let texts = raw.opens.as_ref().map_or(Texts::default(), |step| texts!(step));
        let name = format!("{}: talks open", self.deals[deal].name);
        let about = self.about_step(deal, "opens", texts, name);
        let timed = self.step_timed(deal, "opens", raw.opens.as_ref());
        let plan = &self.deals[deal];
        let mut then: Vec<_> = plan
            .set_on_opening
            .iter()
            .map(|(variable, value)| set(*variable, value.clone()))
            .collect();
        then.push(set(
            plan.variables.stage,
            Tree::state(&DealPlan::stage_domain(), "talks"),
        ));
        then.push(set(plan.variables.pending, Tree::Boolean(true)));
        let condition = plan.at("idle");
        self.step(about, condition, Tree::Boolean(false), timed, then)
    }

    fn objects(&mut self, deal: usize, index: usize) -> Event {
        let plan = &self.deals[deal];
        let objection = &plan.objections[index];
        let (raw, of_any_deal): (&Objection, _) = (objection.raw, objection.of_any_deal);
        let address = objection.address.clone();
        let objector = &plan.objectors[objection.objector];
        let item = Item {
            kind: objector.kind,
            id: objector.id.clone(),
            within: None,
        };
        let flag = objector.flag;
        let channel = objector.channel_variable.clone();
        let (deal_name, span, id) = (plan.name.clone(), plan.span, objector.id.clone());
        let about = self.about(&address, span, texts!(raw));
        let name = match about.name {
            Some(name) if !of_any_deal => name,
            Some(name) => format!("{name}: {deal_name}"),
            None => format!("{} objects: {deal_name}", self.printed(&id)),
        };
        let about = About {
            name: Some(name),
            ..about
        };
        let timed = self.timed(When::from(raw), &address, &Context::Objection(deal, item));
        let plan = &self.deals[deal];
        let variables = &plan.variables;
        let blocker = match &self.core.variables[variables.last_objector].kind {
            crate::expr::Type::State(domain) => Tree::state(domain, &id),
            _ => return Event::never(about),
        };
        let mut then = vec![set(flag, Tree::Boolean(true)), set(variables.last_objector, blocker)];
        if let Some((variable, channels)) = channel {
            let taken = raw
                .channel
                .as_ref()
                .map_or(CHANNELS[0], |channel| channel.text.as_str());
            then.push(set(variable, Tree::state(&channels, taken)));
        }
        then.push(set(variables.pending, Tree::Boolean(true)));
        let condition = plan.alive().and(Tree::variable(flag).negated());
        self.step(about, condition, Tree::Boolean(false), timed, then)
    }

    fn reconsiders(&mut self, deal: usize, step: &Step) -> Event {
        let name = format!("{}: the supplier decides anew", self.deals[deal].name);
        let about = self.about_step(deal, "reconsiders", texts!(step), name);
        let timed = self.step_timed(deal, "reconsiders", Some(step));
        let plan = &self.deals[deal];
        let then = vec![set(plan.variables.pending, Tree::Boolean(true))];
        let condition = plan.alive();
        let event = self.step(about, condition, Tree::Boolean(false), timed, then);
        Event { most: None, ..event }
    }

    fn signs(&mut self, deal: usize) -> Event {
        let raw = self.deals[deal].raw;
        let texts = raw.signs.as_ref().map_or(Texts::default(), |step| texts!(step));
        let name = format!("{}: signed", self.deals[deal].name);
        let about = self.about_step(deal, "signs", texts, name);
        let timed = self.step_timed(deal, "signs", raw.signs.as_ref());
        let genuine = self.read_address(&format!("{}.genuine", self.deals[deal].id));
        let Some((genuine, _)) = genuine else {
            return Event::never(about);
        };
        let genuine = if self.core.constant(&genuine) == Some(1.0) {
            Tree::Boolean(true)
        } else {
            genuine
        };
        let plan = &self.deals[deal];
        let then = vec![set(
            plan.variables.stage,
            Tree::state(&DealPlan::stage_domain(), "signed"),
        )];
        let (condition, pause) = (plan.at("talks").and(genuine), plan.waits());
        self.step(about, condition, pause, timed, then)
    }

    fn collapses(&mut self, deal: usize, step: &Step) -> Event {
        let name = format!("{}: falls through", self.deals[deal].name);
        let about = self.about_step(deal, "collapses", texts!(step), name);
        let timed = self.step_timed(deal, "collapses", Some(step));
        let plan = &self.deals[deal];
        let then = vec![set(
            plan.variables.stage,
            Tree::state(&DealPlan::stage_domain(), "collapsed"),
        )];
        let condition = plan.alive();
        self.step(about, condition, Tree::Boolean(false), timed, then)
    }

    fn delivers(&mut self, deal: usize) -> Vec<Event> {
        let batches = self.deals[deal].batches.clone();
        let shares: Vec<Option<Tree>> = batches
            .iter()
            .map(|(id, batch)| self.share_of_batch(deal, id, *batch))
            .collect();
        self.check_shares(deal, &shares);
        let mut events = Vec::new();
        for (index, ((id, batch), share)) in batches.iter().zip(shares).enumerate() {
            let last = index + 1 == batches.len();
            let before = index
                .checked_sub(1)
                .map(|before| format!("{}.delivers.{}", self.deals[deal].id, batches[before].0));
            events.push(self.delivery(deal, id, *batch, share, before, last));
        }
        events
    }

    fn share_of_batch(&mut self, deal: usize, id: &str, batch: Option<&Batch>) -> Option<Tree> {
        let share = batch.and_then(|batch| batch.share.as_ref());
        let address = format!("{}.delivers.{id}.share", self.deals[deal].id);
        match (share, self.deals[deal].batches.len(), batch) {
            (Some(share), ..) => self.number_within(
                share,
                &address,
                &Context::Deal(deal),
                (0.0, 1.0),
                "the share of a batch",
            ),
            (None, _, Some(batch)) if batch.faulty.contains(&"share") => None,
            (None, 1, _) => Some(Tree::Number(1.0)),
            (None, _, batch) => {
                let span = batch.map_or(self.deals[deal].span, |batch| batch.span);
                let message = format!("the batch `{id}` needs a `share` of the quantity, since there are several");
                self.faults.push(Diagnostic::new(Code::MissingKey, span, message));
                None
            }
        }
    }

    /// The shares of all batches make the whole, where they are known.
    fn check_shares(&mut self, deal: usize, shares: &[Option<Tree>]) {
        let known: Option<Vec<f64>> = shares.iter().map(|share| self.core.constant(share.as_ref()?)).collect();
        let Some(total) = known.map(|known| known.iter().sum::<f64>()) else {
            return;
        };
        if (total - 1.0).abs() > 1e-9 {
            let message = format!("the shares of the batches add up to {}, not to 1", shown(total));
            let span = self.deals[deal]
                .batches
                .iter()
                .filter_map(|(_, batch)| *batch)
                .next_back()
                .map(|batch| batch.share.as_ref().map_or(batch.span, |share| share.span));
            let span = span.unwrap_or(self.deals[deal].span);
            self.faults.push(Diagnostic::new(Code::OutOfRange, span, message));
        }
    }

    fn delivery(
        &mut self,
        deal: usize,
        id: &str,
        batch: Option<&Batch>,
        share: Option<Tree>,
        before: Option<String>,
        last: bool,
    ) -> Event {
        let several = self.deals[deal].batches.len() > 1;
        let part = if several {
            format!(" ({})", words(id))
        } else {
            String::new()
        };
        let printed = format!("{}: delivery{part}", self.deals[deal].name);
        let texts = batch.map_or(Texts::default(), |batch| texts!(batch));
        let about = self.about_step(deal, &format!("delivers.{id}"), texts, printed);
        let says = batch.map_or(When::default(), When::from);
        let address = about.address.clone();
        let timed = self.timed(says, &address, &Context::Deal(deal));
        let plan = &self.deals[deal];
        let (plan_id, system, recipient) = (plan.id.clone(), plan.system.clone(), plan.recipient.clone());
        let supplier = plan.from_stock.then(|| plan.supplier.clone());
        let quantity = self.read_address(&format!("{plan_id}.quantity"));
        let (Some(share), Some((quantity, _))) = (share, quantity) else {
            return Event::never(about);
        };
        let units = quantity.times(share.clone());
        let mut then = Vec::new();
        if let Some(supplier) = supplier.and_then(|supplier| self.inventory(&supplier, &system)) {
            then.push(set(supplier, Tree::variable(supplier).minus(units.clone())));
        }
        if let Some(recipient) = self.inventory(&recipient, &system) {
            then.push(grow(recipient, units));
        }
        let previous = match before.and_then(|address| self.event_at(&address)) {
            Some(event) => {
                let count = Tree::Reference(crate::expr::Reference::Count(event));
                Tree::binary(BinaryOperator::Greater, count, Tree::Number(0.0))
            }
            None => Tree::Boolean(true),
        };
        let plan = &self.deals[deal];
        let delivered = plan.variables.delivered_share;
        if last {
            then.push(set(delivered, Tree::Number(1.0)));
            then.push(set(
                plan.variables.stage,
                Tree::state(&DealPlan::stage_domain(), "delivered"),
            ));
        } else {
            then.push(grow(delivered, share));
        }
        let (condition, pause) = (plan.at("signed").and(previous), plan.waits());
        self.step(about, condition, pause, timed, then)
    }

    fn event_at(&self, address: &str) -> Option<usize> {
        match self.symbols.get(address) {
            Some(super::lowering::Symbol::Event(index)) => Some(*index),
            _ => None,
        }
    }

    /// A decision: the rules in order, and to sell if none decides.
    fn decides(&mut self, deal: usize) -> Event {
        let raw = self.deals[deal].raw;
        let texts = raw.decides.as_ref().map_or(Texts::default(), |step| texts!(step));
        let supplier = self.deals[deal].supplier.clone();
        let printed = format!("{} decides: {}", self.printed(&supplier), self.deals[deal].name);
        let about = self.about_step(deal, "decides", texts, printed);
        let timed = self.step_timed(deal, "decides", raw.decides.as_ref());
        let rules = self.deals[deal].rules.clone();
        let mut branches = Vec::new();
        for (index, (key, rule)) in rules.iter().enumerate() {
            super::namespace::check_id(key, false, self.faults);
            if key.text == OTHERWISE {
                let message = format!("`{OTHERWISE}` is what a supplier does when no rule decides");
                self.faults
                    .push(Diagnostic::new(Code::InvalidId, key.span, message).help("give the rule another name"));
            }
            branches.extend(self.rule(deal, index, &key.text, rule));
        }
        // Rules that never apply to this deal decide nothing, nor does any that stands after one that always does.
        branches.retain(|branch| branch.measure != Tree::Boolean(false));
        let certain = branches.iter().position(|branch| branch.measure == Tree::Boolean(true));
        branches.truncate(certain.map_or(branches.len(), |certain| certain + 1));
        let plan = &self.deals[deal];
        let sells = vec![set(plan.variables.pending, Tree::Boolean(false))];
        let condition = plan.alive().and(Tree::variable(plan.variables.pending));
        if branches.is_empty() {
            let event = self.step(about, condition, Tree::Boolean(false), timed, sells);
            return Event { most: None, ..event };
        }
        let otherwise = About {
            address: format!("{}.branches.{OTHERWISE}", about.address),
            name: Some("sells".to_owned()),
            span: about.span,
            ..About::default()
        };
        if certain.is_none() {
            branches.push(Branch {
                about: otherwise,
                id: OTHERWISE.to_owned(),
                measure: Tree::Boolean(true),
                then: sells,
            });
        }
        let event = self.step(about, condition, Tree::Boolean(false), timed, Vec::new());
        Event {
            most: None,
            branches: Branches::First(branches),
            ..event
        }
    }

    fn rule(&mut self, deal: usize, index: usize, id: &str, rule: &Rule) -> Option<Branch> {
        let context = Context::Deal(deal);
        let site = format!("{}.policy.{id}", self.deals[deal].id);
        let applies = match &rule.when {
            Some(when) => self.condition(when, &context, Clock::Free),
            None => Some(Tree::Boolean(true)),
        };
        let comes_up = match &rule.chance {
            Some(chance) => {
                let name = format!("the draw “{}” ({})", rule_name(id, rule), self.deals[deal].name);
                let draw = (site.as_str(), name);
                self.comes_up(chance, draw, &context, applies != Some(Tree::Boolean(false)))
            }
            None => Some(Tree::Boolean(true)),
        };
        let decision = rule.decision.as_ref()?;
        let span = rule.span;
        let about = self.about(
            format!("{}.decides.branches.{id}", self.deals[deal].id),
            span,
            texts!(rule),
        );
        let plan = &self.deals[deal];
        let variables = plan.variables.clone();
        let mut then = vec![set(variables.pending, Tree::Boolean(false))];
        let delay = variables.delayed.iter().find(|(rule, _)| *rule == index);
        match (decision.text.as_str(), delay) {
            ("sell", _) => {}
            ("refuse", _) => {
                then.push(set(variables.stage, Tree::state(&DealPlan::stage_domain(), "blocked")));
                then.push(set(variables.blocked_by, Tree::variable(variables.last_objector)));
            }
            ("delay", Some((_, running))) => {
                // To delay again while this delay runs is to let it run: it is one delay, and it ends when it would.
                let one_more = Tree::Conditional(
                    Arc::new(Tree::variable(*running)),
                    Arc::new(Tree::Number(0.0)),
                    Arc::new(Tree::Number(1.0)),
                );
                then.push(grow(variables.delays, one_more));
                then.push(set(*running, Tree::Boolean(true)));
            }
            _ => {
                let decisions = crate::scenario::DECISIONS;
                let message = format!("a rule decides to sell, refuse or delay, not to `{}`", decision.text);
                let fault = Diagnostic::new(Code::UnknownState, decision.span, message);
                self.faults.push(fault.suggest(&decision.text, decisions));
                return None;
            }
        }
        if let (Some(length), true) = (&rule.for_, decision.text != "delay") {
            let message = "`for` is the length of a delay, and this rule does not delay";
            self.faults.push(Diagnostic::new(Code::Timing, length.span, message));
        }
        let name = about.name.clone().unwrap_or(match decision.text.as_str() {
            "sell" => format!("sells ({})", words(id)),
            "refuse" => format!("refuses ({})", words(id)),
            _ => format!("delays ({})", words(id)),
        });
        Some(Branch {
            about: About {
                name: Some(name),
                ..about
            },
            id: id.to_owned(),
            measure: applies?.and(comes_up?),
            then,
        })
    }

    /// Whether the one draw of a rule in this run lies below its chance; a rule that never applies needs no draw.
    fn comes_up(
        &mut self,
        chance: &Amount,
        (site, name): (&str, String),
        context: &Context,
        may_apply: bool,
    ) -> Option<Tree> {
        let tree = self.number(chance, &format!("{site}.chance"), Unit::Plain, context, Clock::Free)?;
        match self.core.constant(&tree) {
            Some(value) if !(0.0..=1.0).contains(&value) => {
                let message = format!("a chance lies between 0 and 1, here it is {}", shown(value));
                self.faults
                    .push(Diagnostic::new(Code::OutOfRange, chance.span, message));
                return None;
            }
            Some(1.0) => return Some(Tree::Boolean(true)),
            _ if !may_apply => return Some(Tree::Boolean(false)),
            _ => {}
        }
        let draw = self.uniform_parameter(site, chance.span, name);
        Some(Tree::binary(BinaryOperator::Less, draw, tree))
    }

    /// The end of a delay: a decision is pending again.
    fn delay_ends(&mut self, deal: usize, index: usize) -> Event {
        let (rule_index, running) = self.deals[deal].variables.delayed[index];
        let (key, rule) = self.deals[deal].rules[rule_index];
        let printed = format!(
            "{}: the delay ends ({})",
            self.deals[deal].name,
            rule_name(&key.text, rule)
        );
        let about = self.about_step(deal, &format!("delays.{}", key.text), Texts::default(), printed);
        let Some(length) = &rule.for_ else {
            if !rule.faulty.contains(&"for") {
                let message = format!(
                    "the rule `{}` delays, so it needs `for`, the length of the delay",
                    key.text
                );
                self.faults
                    .push(Diagnostic::new(Code::MissingKey, rule.span, message).help("add for = \"6 months\""));
            }
            return Event::never(about);
        };
        let site = about.address.clone();
        let length: Option<Quantity> = self.delay(length, &format!("{site}.for"), &site, &Context::Deal(deal));
        let plan = &self.deals[deal];
        let timed = length.map(|length| Timed {
            when: Tree::Boolean(true),
            hold: Tree::Boolean(false),
            timing: Timing::After(length),
        });
        let then = vec![
            set(running, Tree::Boolean(false)),
            set(plan.variables.pending, Tree::Boolean(true)),
        ];
        let condition = plan.alive().and(Tree::variable(running));
        let event = self.step(about, condition, Tree::Boolean(false), timed, then);
        Event { most: None, ..event }
    }
}

/// What a rule is called where it is told.
fn rule_name(id: &str, rule: &Rule) -> String {
    rule.name.as_ref().map_or_else(|| words(id), |name| name.text.clone())
}
