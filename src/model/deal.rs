//! Deals: what each declares, before any of its expressions is read. `deal_events` gives its life.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{Domain, Tree, Type};
use crate::scenario::{Amount, Batch, Deal, Key, Objection, Rule, Supplier, Text};

use super::core::About;
use super::lowering::{Context, Lowering, Pending, Role, Symbol, Unit, domain};
use super::namespace::Named;
use super::order::in_order;
use super::words::words;

/// The stages of a deal, in the order in which they are numbered.
pub(super) const STAGES: [&str; 6] = ["idle", "talks", "signed", "delivered", "blocked", "collapsed"];

pub(super) use crate::scenario::CHANNELS;

/// The batch of a deal that names none.
const WHOLE_BATCH: &str = "all";

/// The branch of a decision that no rule takes.
pub(super) const OTHERWISE: &str = "otherwise";

/// What a deal declares.
pub(super) struct DealPlan<'a> {
    pub id: String,
    /// What it is called before a reader.
    pub name: String,
    pub span: Span,
    pub raw: &'a Deal,
    pub supplier: String,
    pub recipient: String,
    pub system: String,
    pub from_stock: bool,
    /// The supplier's rules, in the order in which they are tried.
    pub rules: Vec<&'a (Key, Rule)>,
    /// Who may object.
    pub objectors: Vec<Objector>,
    /// In which ways they may.
    pub objections: Vec<ObjectionPlan<'a>>,
    /// The batches of the delivery; one without a table is the whole.
    pub batches: Vec<(String, Option<&'a Batch>)>,
    /// What is evaluated as the deal opens.
    pub set_on_opening: Vec<(usize, Tree)>,
    pub variables: DealVariables,
}

/// The variables that a deal is lowered to, by index.
#[derive(Default, Clone)]
pub(super) struct DealVariables {
    pub stage: usize,
    pub pending: usize,
    pub last_objector: usize,
    pub blocked_by: usize,
    pub delays: usize,
    pub delivered_share: usize,
    /// Of each rule that can delay, whether its delay runs: the rule's index, and the variable.
    pub delayed: Vec<(usize, usize)>,
}

/// Somebody who may object to a deal.
pub(super) struct Objector {
    pub kind: &'static str,
    pub id: String,
    /// The variable that says whether it has.
    pub flag: usize,
    /// By what means, if it is certain.
    pub channel: String,
    /// By what means, if it has several ways to object.
    pub channel_variable: Option<(usize, Domain)>,
}

/// A way in which somebody may object.
pub(super) struct ObjectionPlan<'a> {
    pub objector: usize,
    pub address: String,
    pub raw: &'a Objection,
    /// Whether the objector says it of every deal, so that its name does not tell which.
    pub of_any_deal: bool,
}

impl<'a> DealPlan<'a> {
    pub fn stage_domain() -> Domain {
        domain(&STAGES)
    }

    /// Whether the deal is at a stage.
    pub fn at(&self, stage: &str) -> Tree {
        Tree::variable(self.variables.stage).equals(Tree::state(&Self::stage_domain(), stage))
    }

    /// Whether the deal is alive: in talks or signed.
    pub fn alive(&self) -> Tree {
        self.at("talks").or(self.at("signed"))
    }

    /// Whether signing and delivery wait: for a decision, or for the end of a delay.
    pub fn waits(&self) -> Tree {
        let delays = self
            .variables
            .delayed
            .iter()
            .map(|(_, variable)| Tree::variable(*variable));
        delays.fold(Tree::variable(self.variables.pending), Tree::or)
    }

    pub fn variable_index(&self, name: &str) -> String {
        format!("{}.{name}", self.id)
    }

    /// The addresses of the deal's events, in the order in which they are lowered: decisions first.
    pub fn event_addresses(&self) -> Vec<String> {
        let mut addresses = vec![format!("{}.decides", self.id)];
        for (rule, _) in &self.variables.delayed {
            addresses.push(format!("{}.delays.{}", self.id, self.rules[*rule].0.text));
        }
        addresses.push(format!("{}.opens", self.id));
        addresses.extend(self.objections.iter().map(|objection| objection.address.clone()));
        if self.raw.reconsiders.is_some() {
            addresses.push(format!("{}.reconsiders", self.id));
        }
        addresses.push(format!("{}.signs", self.id));
        addresses.extend(
            self.batches
                .iter()
                .map(|(batch, _)| format!("{}.delivers.{batch}", self.id)),
        );
        if self.raw.collapses.is_some() {
            addresses.push(format!("{}.collapses", self.id));
        }
        addresses
    }
}

impl<'a> Lowering<'a> {
    /// Declares the variables and numbers of every deal.
    pub fn declare_deals(&mut self) {
        for (key, raw) in self.document.deals.iter().flat_map(|table| &table.entries) {
            let plan = self.plan_deal(key, raw);
            self.deals.push(plan);
            self.declare_numbers(self.deals.len() - 1);
        }
    }

    fn plan_deal(&mut self, key: &'a Key, raw: &'a Deal) -> DealPlan<'a> {
        self.sources(raw.source.as_ref());
        let text = |text: &Option<Text>| text.as_ref().map_or(String::new(), |text| text.text.clone());
        let mut plan = DealPlan {
            id: key.text.clone(),
            name: raw
                .name
                .as_ref()
                .map_or_else(|| words(&key.text), |name| name.text.clone()),
            span: key.span,
            raw,
            supplier: text(&raw.supplier),
            recipient: text(&raw.recipient),
            system: text(&raw.system),
            from_stock: raw.from_stock.is_some_and(|flag| flag.value),
            rules: Vec::new(),
            objectors: Vec::new(),
            objections: Vec::new(),
            batches: Vec::new(),
            set_on_opening: Vec::new(),
            variables: DealVariables::default(),
        };
        self.check_parties(raw);
        if let Some(supplier) = self.supplier(&plan.supplier) {
            let rules = supplier.policy.as_ref().map_or(&[][..], |policy| &policy.entries);
            plan.rules = in_order(rules, |rule: &Rule| rule.before.as_ref(), "rule", self.faults);
        }
        let batches = raw.delivers.as_ref().map_or(&[][..], |table| &table.entries);
        for (key, _) in batches {
            super::namespace::check_id(key, false, self.faults);
        }
        plan.batches = batches
            .iter()
            .map(|(key, batch)| (key.text.clone(), Some(batch)))
            .collect();
        if plan.batches.is_empty() {
            plan.batches.push((WHOLE_BATCH.to_owned(), None));
        }
        let objections = self.objections_to(&plan);
        self.declare_variables(&mut plan, &objections);
        plan
    }

    pub fn supplier(&self, id: &str) -> Option<&'a Supplier> {
        let mut suppliers = self.document.suppliers.iter().flat_map(|table| &table.entries);
        suppliers.find(|(key, _)| key.text == id).map(|(_, supplier)| supplier)
    }

    fn check_parties(&mut self, raw: &Deal) {
        for text in [&raw.supplier, &raw.recipient].into_iter().flatten() {
            self.expect_actor(text);
        }
        if let (Some(supplier), Some(recipient)) = (&raw.supplier, &raw.recipient)
            && supplier.text == recipient.text
        {
            let message = format!("`{}` cannot sell to itself", supplier.text);
            self.faults
                .push(Diagnostic::new(Code::OutOfRange, recipient.span, message));
        }
        let Some(system) = &raw.system else { return };
        if !self.expect_system(system) {
            return;
        }
        let Some(seller) = &raw.supplier else { return };
        let supplier = self.supplier(&seller.text);
        let unread = |faulty: &[&str]| faulty.contains(&"sells");
        let unread_table = |keys: &[Key]| keys.iter().any(|key| key.text == seller.text);
        if supplier.is_some_and(|supplier| unread(&supplier.faulty))
            || self
                .document
                .suppliers
                .as_ref()
                .is_some_and(|table| unread_table(&table.faulty))
        {
            return;
        }
        let sells = supplier.and_then(|supplier| supplier.sells.as_ref());
        let sold: Vec<&str> = sells.into_iter().flatten().map(|text| text.text.as_str()).collect();
        if !sold.contains(&system.text.as_str()) && matches!(self.namespace.get(&seller.text), Some(Named::Actor(_))) {
            let message = format!("`{}` does not sell `{}`", seller.text, system.text);
            let fault = Diagnostic::new(Code::NotSold, system.span, message).context(seller.span, "the supplier");
            self.faults.push(fault.help(if sold.is_empty() {
                format!(
                    "declare what it sells: [suppliers.{}] sells = [\"{}\"]",
                    seller.text, system.text
                )
            } else {
                format!("it sells {}", sold.join(", "))
            }));
        }
    }

    /// Who may object in which ways: what the deal itself says of an objector goes before what the objector says of deals.
    fn objections_to(&mut self, plan: &DealPlan<'a>) -> Vec<(String, Option<&'a Key>, &'a Objection)> {
        let mut found = Vec::new();
        for (key, objection) in plan.raw.objections.iter().flat_map(|table| &table.entries) {
            let text = Text {
                span: key.span,
                text: key.text.clone(),
            };
            if self.expect_power(&text) {
                found.push((key.text.clone(), None, objection));
            }
        }
        let own = found.len();
        for (actor, declared) in self.document.actors.iter().flat_map(|table| &table.entries) {
            let party = actor.text == plan.supplier || actor.text == plan.recipient;
            if party || found[..own].iter().any(|(id, ..)| *id == actor.text) {
                continue;
            }
            for (rule, objection) in declared.objects.iter().flat_map(|table| &table.entries) {
                found.push((actor.text.clone(), Some(rule), objection));
            }
        }
        found
    }

    fn declare_variables(&mut self, plan: &mut DealPlan<'a>, objections: &[(String, Option<&'a Key>, &'a Objection)]) {
        let span = plan.span;
        let stages = DealPlan::stage_domain();
        let idle = Tree::state(&stages, "idle");
        plan.variables.stage = self.make_variable(plan.variable_index("stage"), span, Type::State(stages), idle);
        plan.variables.pending = self.make_variable(
            plan.variable_index("pending"),
            span,
            Type::Boolean,
            Tree::Boolean(false),
        );
        for (id, rule, objection) in objections {
            let known = plan.objectors.iter().position(|objector| objector.id == *id);
            let channel = self.channel(objection);
            let address = match (known, rule) {
                (Some(_), Some(rule)) => format!("{}.objections.{id}.{}", plan.id, rule.text),
                _ => format!("{}.objections.{id}", plan.id),
            };
            let index = match known {
                Some(index) => {
                    if plan.objectors[index].channel != channel {
                        self.vary_channel(plan, index);
                    }
                    index
                }
                None => {
                    let flag = self.make_variable(
                        plan.variable_index(&format!("objected.{id}")),
                        span,
                        Type::Boolean,
                        Tree::Boolean(false),
                    );
                    let kind = self.namespace.get(id).map_or("actor", Named::kind);
                    plan.objectors.push(Objector {
                        kind,
                        id: id.clone(),
                        flag,
                        channel,
                        channel_variable: None,
                    });
                    plan.objectors.len() - 1
                }
            };
            plan.objections.push(ObjectionPlan {
                objector: index,
                address,
                raw: objection,
                of_any_deal: rule.is_some(),
            });
        }
        let mut names = vec!["nobody", "policy"];
        names.extend(plan.objectors.iter().map(|objector| objector.id.as_str()));
        let blockers = domain(&names);
        let state = |name: &str| Tree::state(&blockers, name);
        let (last, blocked) = (state("policy"), state("nobody"));
        plan.variables.last_objector = self.make_variable(
            plan.variable_index("last_objector"),
            span,
            Type::State(blockers.clone()),
            last,
        );
        plan.variables.blocked_by = self.make_variable(
            plan.variable_index("blocked_by"),
            span,
            Type::State(blockers.clone()),
            blocked,
        );
        plan.variables.delays =
            self.make_variable(plan.variable_index("delays"), span, Type::Number, Tree::Number(0.0));
        for (index, (rule, declared)) in plan.rules.iter().enumerate() {
            if declared
                .decision
                .as_ref()
                .is_some_and(|decision| decision.text == "delay")
            {
                let address = plan.variable_index(&format!("delayed.{}", rule.text));
                let variable = self.make_variable(address, span, Type::Boolean, Tree::Boolean(false));
                plan.variables.delayed.push((index, variable));
            }
        }
        plan.variables.delivered_share = self.make_variable(
            plan.variable_index("delivered_share"),
            span,
            Type::Number,
            Tree::Number(0.0),
        );
    }

    fn channel(&mut self, objection: &Objection) -> String {
        let Some(channel) = &objection.channel else {
            return CHANNELS[0].to_owned();
        };
        if !CHANNELS.contains(&channel.text.as_str()) {
            let fault = Diagnostic::new(
                Code::UnknownState,
                channel.span,
                format!("there is no channel `{}`", channel.text),
            );
            let fault = fault.suggest(&channel.text, CHANNELS);
            let fault = if fault.help.is_empty() {
                fault.help(format!("the channels are {}", CHANNELS.join(", ")))
            } else {
                fault
            };
            self.faults.push(fault);
        }
        channel.text.clone()
    }

    /// An objector with several ways to object has the channel of the one it took.
    fn vary_channel(&mut self, plan: &mut DealPlan<'a>, objector: usize) {
        if plan.objectors[objector].channel_variable.is_some() {
            return;
        }
        let channels = domain(&CHANNELS);
        let first = Tree::state(&channels, &plan.objectors[objector].channel);
        let address = plan.variable_index(&format!("channel.{}", plan.objectors[objector].id));
        let variable = self.make_variable(address, plan.span, Type::State(channels.clone()), first);
        plan.objectors[objector].channel_variable = Some((variable, channels));
    }

    /// Declares the quantity, the price and whether the deal is genuine.
    fn declare_numbers(&mut self, deal: usize) {
        let plan = &self.deals[deal];
        let (raw, id, deal_name, span) = (plan.raw, plan.id.clone(), plan.name.clone(), plan.span);
        let number = |lowering: &mut Self, name: &str, amount: &'a Amount, role: Role| {
            let mut about = lowering.about_amount(format!("{id}.{name}"), amount);
            about.name.get_or_insert_with(|| format!("{name} ({deal_name})"));
            let context = Context::Deal(deal);
            lowering.declare_pending(Pending {
                about,
                amount,
                unit: Unit::Plain,
                context,
                role,
            });
        };
        for name in ["quantity", "price", "genuine"]
            .into_iter()
            .filter(|name| raw.faulty.contains(name))
        {
            self.declare_faulty(format!("{id}.{name}"));
        }
        if raw.quantity.is_none() {
            self.declare_faulty(format!("{id}.quantity"));
        }
        if let Some(amount) = &raw.quantity {
            number(self, "quantity", amount, Role::SetOnOpening(deal));
        }
        if let Some(amount) = &raw.price {
            number(self, "price", amount, Role::SetOnOpening(deal));
        }
        match &raw.genuine {
            Some(amount) => number(self, "genuine", amount, Role::Chance),
            None if raw.faulty.contains(&"genuine") => {}
            None => {
                let about = About {
                    address: format!("{id}.genuine"),
                    span,
                    ..About::default()
                };
                let address = about.address.clone();
                let fixed = super::core::Quantity::Fixed(Tree::Boolean(true));
                let symbol = self.push_parameter(about, Type::Boolean, fixed);
                self.declare(&address, symbol, span);
            }
        }
    }

    /// What an actor holds of a system, as a variable.
    pub fn inventory(&self, actor: &str, system: &str) -> Option<usize> {
        match self.symbols.get(&format!("{actor}.inventory.{system}")) {
            Some(Symbol::Variable(variable)) => Some(*variable),
            _ => None,
        }
    }
}
