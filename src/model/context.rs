//! What names mean in the expressions of a scenario.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::expr::{Found, Item, Meaning, Reference, Scope, Segment, Tree, Type};
use crate::scenario::date;

use super::lowering::{Context, Lowering, Symbol};
use super::namespace::{CONTEXT_NAMES, Named};

/// Looks names up for an expression that stands in a context.
pub(super) struct Lookup<'l, 'a> {
    pub lowering: &'l mut Lowering<'a>,
    pub context: &'l Context,
}

/// How many unknown names are answered with a suggestion. Each is compared with all that are known, and nobody reads
/// more of them.
const MOST_SUGGESTIONS: usize = 100;

/// A fault that stands where the whole path stands.
fn unknown(path: &[Segment], message: String) -> Diagnostic {
    let span = path[0].span.to(path[path.len() - 1].span);
    Diagnostic::new(Code::UnknownId, span, message)
}

fn refuse<T>(fault: Diagnostic) -> Found<T> {
    Err(Some(Box::new(fault)))
}

fn joined(path: &[Segment]) -> String {
    path.iter()
        .map(|segment| segment.text.as_str())
        .collect::<Vec<_>>()
        .join(".")
}

fn item(kind: &'static str, id: &str) -> Meaning {
    Meaning::Item(Item {
        kind,
        id: id.to_owned(),
        within: None,
    })
}

impl Scope for Lookup<'_, '_> {
    fn name(&mut self, path: &[Segment]) -> Found<Meaning> {
        if let Some(found) = self.context_name(path)? {
            return Ok(found);
        }
        self.declared(path)
    }

    fn field(&mut self, of: &Item, path: &[Segment]) -> Found<Meaning> {
        if let (Some(deal), [segment]) = (&of.within, path)
            && segment.text == "channel"
        {
            return self.channel(deal, &of.id);
        }
        let id = Segment {
            span: path[0].span,
            text: of.id.clone(),
        };
        let whole: Vec<Segment> = std::iter::once(id).chain(path.iter().cloned()).collect();
        self.declared(&whole)
    }

    fn event(&mut self, path: &[Segment]) -> Found<Tree> {
        self.event_index(path)
            .map(|index| Tree::Reference(Reference::Count(index)))
    }

    fn first_time(&mut self, path: &[Segment]) -> Found<Tree> {
        self.event_index(path)
            .map(|index| Tree::Reference(Reference::FirstTime(index)))
    }

    fn allied(&mut self, one: &Item, other: &Item) -> Tree {
        let alliances = self.lowering.document.alliances.iter().flat_map(|table| &table.entries);
        let shared = alliances.into_iter().any(|(_, alliance)| {
            let holds = |id: &str| alliance.members.iter().flatten().any(|member| member.text == id);
            holds(&one.id) && holds(&other.id)
        });
        Tree::Boolean(shared)
    }

    fn affinity(&mut self, one: &Item, other: &Item) -> Tree {
        if one.id == other.id {
            return Tree::Number(1.0);
        }
        // What is said of one side holds for both, unless the other side is given too.
        for (from, to) in [(one, other), (other, one)] {
            let address = format!("relations.{}.{}", from.id, to.id);
            if let Some((tree, _)) = self.lowering.read_address(&address) {
                return tree;
            }
        }
        Tree::Number(0.0)
    }

    fn date(&self, text: &str) -> Option<f64> {
        date::parse(text).map(|day| date::years_between(self.lowering.core.start, day))
    }
}

impl Lookup<'_, '_> {
    /// The names that have a meaning only in a deal.
    fn context_name(&mut self, path: &[Segment]) -> Found<Option<Meaning>> {
        let first = path[0].text.as_str();
        if !CONTEXT_NAMES.contains(&first) {
            return Ok(None);
        }
        let Some(deal) = self.context.deal() else {
            let fault = unknown(path, format!("`{first}` has a meaning only in a deal"));
            return refuse(fault.help("it may stand in a deal, in its objections and in the rules of a policy"));
        };
        let plan = &self.lowering.deals[deal];
        let alias = match first {
            "deal" => plan.id.clone(),
            "system" => plan.system.clone(),
            "supplier" => plan.supplier.clone(),
            "recipient" => plan.recipient.clone(),
            "objectors" if path.len() == 1 => {
                let members = plan.objectors.iter().map(|objector| {
                    let within = Some(plan.id.clone());
                    let item = Item {
                        kind: objector.kind,
                        id: objector.id.clone(),
                        within,
                    };
                    (item, Tree::variable(objector.flag))
                });
                return Ok(Some(Meaning::Set(members.collect())));
            }
            "shift" | "share_after" => return self.balance_after(deal, path).map(Some),
            _ => return refuse(unknown(path, format!("`{first}` is a set and has no fields"))),
        };
        let mut whole = path.to_vec();
        whole[0].text = alias;
        self.declared(&whole).map(Some)
    }

    /// `shift.B` and `share_after.B.SIDE`.
    fn balance_after(&mut self, deal: usize, path: &[Segment]) -> Found<Meaning> {
        let balance = match path.get(1) {
            Some(segment) => self.balance(segment)?,
            None => return refuse(unknown(path, format!("`{}` needs the id of a balance", path[0].text))),
        };
        let side = if path[0].text == "share_after" {
            match path {
                [_, _, side] => self.lowering.balance_side(balance, side)?,
                _ => return refuse(unknown(path, "write `share_after.BALANCE.SIDE`".to_owned())),
            }
        } else {
            let (Context::Objection(_, objector), 2) = (self.context, path.len()) else {
                let fault = unknown(path, "`shift.BALANCE` has a meaning only in an objection".to_owned());
                return refuse(fault.help("elsewhere, compare `share_after.BALANCE.SIDE` with `BALANCE.share.SIDE`"));
            };
            self.lowering.side_of(balance, objector, &path[1])?
        };
        let after = self.lowering.share_after(deal, balance, side).ok_or(None)?;
        if path[0].text == "share_after" {
            return Ok(Meaning::Value(after, Type::Number));
        }
        let now = self.lowering.share(balance, side).ok_or(None)?;
        let shift = if now == after {
            Tree::Number(0.0)
        } else {
            now.minus(after)
        };
        Ok(Meaning::Value(shift, Type::Number))
    }

    fn balance(&self, segment: &Segment) -> Found<usize> {
        match self.lowering.namespace.get(&segment.text) {
            Some(Named::Balance(index)) => Ok(index),
            _ => {
                let fault = Diagnostic::new(
                    Code::UnknownId,
                    segment.span,
                    format!("there is no balance `{}`", segment.text),
                );
                let known = self.lowering.document.balances.iter().flat_map(|table| &table.entries);
                refuse(fault.suggest(&segment.text, known.map(|(key, _)| key.text.as_str())))
            }
        }
    }

    fn channel(&mut self, deal: &str, objector: &str) -> Found<Meaning> {
        let Some(Named::Deal(index)) = self.lowering.namespace.get(deal) else {
            return Err(None);
        };
        let Some(plan) = self.lowering.deals[index].objectors.iter().find(|o| o.id == objector) else {
            return Err(None);
        };
        Ok(match &plan.channel_variable {
            Some((variable, domain)) => Meaning::Value(Tree::variable(*variable), Type::State(domain.clone())),
            None => {
                let channels = super::deal::CHANNELS
                    .iter()
                    .map(|channel| (*channel).to_owned())
                    .collect();
                Meaning::Text(plan.channel.clone(), Some(Arc::new(channels)))
            }
        })
    }

    /// A name that the scenario declares, or a field of one.
    fn declared(&mut self, path: &[Segment]) -> Found<Meaning> {
        let address = joined(path);
        let whole = path[0].span.to(path[path.len() - 1].span);
        match self.lowering.symbol(&address, Some(whole)) {
            Some(Symbol::Event(_)) => {
                let fault = Diagnostic::new(
                    Code::ExpressionType,
                    whole,
                    format!("the event `{address}` has no value itself"),
                );
                return refuse(fault.help(format!(
                    "write fired({address}), count({address}) or time_of({address})"
                )));
            }
            Some(Symbol::Faulty) => return Err(None),
            Some(symbol) => {
                let (tree, kind) = self.lowering.read_symbol(symbol).ok_or(None)?;
                return Ok(Meaning::Value(tree, kind));
            }
            None => {}
        }
        match self.lowering.namespace.get(&path[0].text) {
            Some(Named::Actor(_)) => self.actor(path),
            Some(Named::System(index)) => self.system(index, path),
            Some(Named::Alliance(index)) => self.alliance(index, path),
            Some(Named::Balance(index)) => self.balance_field(index, path),
            Some(Named::Deal(index)) => self.deal(index, path),
            // A name whose declaration has a fault, which has been reported.
            Some(Named::Faulty) => Err(None),
            Some(_) if path.len() == 1 => Err(None),
            Some(named) => {
                let message = format!(
                    "the {} `{}` has no field `{}`",
                    named.kind(),
                    path[0].text,
                    joined(&path[1..])
                );
                refuse(unknown(path, message))
            }
            None => self.unknown_name(path),
        }
    }

    fn unknown_name(&mut self, path: &[Segment]) -> Found<Meaning> {
        let address = joined(path);
        let first = path[0].text.as_str();
        // A state without its quotes is the commonest slip.
        let variables = &self.lowering.core.variables;
        let is_state = variables.iter().any(|variable| match &variable.kind {
            Type::State(domain) => domain.index(first).is_some(),
            _ => false,
        });
        if is_state && path.len() == 1 {
            let fault = unknown(path, format!("there is no `{address}`"));
            return refuse(fault.help(format!("a state is written in quotes: '{first}'")));
        }
        let below = format!("{first}.");
        let path = if self
            .lowering
            .symbols
            .range(below.clone()..)
            .next()
            .is_some_and(|(id, _)| id.starts_with(&below))
        {
            path
        } else {
            // What stands before the first dot is what is wrong.
            &path[..1]
        };
        let address = joined(path);
        let fault = unknown(path, format!("there is no `{address}`"));
        if self.lowering.suggested == MOST_SUGGESTIONS {
            return refuse(fault);
        }
        self.lowering.suggested += 1;
        let addresses = self.lowering.symbols.keys().map(String::as_str);
        let known = self.lowering.namespace.ids().chain(addresses).chain(["now"]);
        let in_deal = self.context.deal().map_or(&[][..], |_| &CONTEXT_NAMES);
        let known = known.chain(in_deal.iter().copied());
        let near = if path.len() == 1 {
            nearest(first, known)
        } else {
            nearest(&address, known)
        };
        if let Some(near) = near {
            return refuse(fault.help(format!("did you mean `{near}`?")));
        }
        if let Some(near) = nearest(first, self.lowering.namespace.ids()) {
            return refuse(fault.help(format!("did you mean `{near}` in place of `{first}`?")));
        }
        refuse(fault)
    }

    fn field_unknown(&self, path: &[Segment], of: &str, fields: &[String]) -> Found<Meaning> {
        let field = joined(&path[1..]);
        let mut fault = unknown(&path[1..], format!("{of} `{}` has no field `{field}`", path[0].text));
        fault = fault.suggest(&field, fields.iter().map(String::as_str));
        if fault.help.is_empty() {
            fault = fault.help(format!("its fields are {}", fields.join(", ")));
        }
        refuse(fault)
    }

    fn actor(&mut self, path: &[Segment]) -> Found<Meaning> {
        match path {
            [actor] => Ok(item("actor", &actor.text)),
            [_, inventory, system] if inventory.text == "inventory" => {
                if let Some(Named::System(_)) = self.lowering.namespace.get(&system.text) {
                    // Nothing ever gives this actor such a system.
                    return Ok(Meaning::Value(Tree::Number(0.0), Type::Number));
                }
                if self.lowering.namespace.may_be_system(&system.text) {
                    return Err(None);
                }
                let fault = Diagnostic::new(
                    Code::UnknownId,
                    system.span,
                    format!("there is no system `{}`", system.text),
                );
                let known = self.lowering.document.systems.iter().flat_map(|table| &table.entries);
                refuse(fault.suggest(&system.text, known.map(|(key, _)| key.text.as_str())))
            }
            _ => self.field_unknown(path, "the actor", &["inventory.SYSTEM".to_owned()]),
        }
    }

    fn system(&mut self, index: usize, path: &[Segment]) -> Found<Meaning> {
        let systems = || self.lowering.document.systems.iter().flat_map(|table| &table.entries);
        match path {
            [system] => Ok(item("system", &system.text)),
            [_, field] if field.text == "category" => {
                let category =
                    |system: &crate::scenario::System| system.category.as_ref().map(|text| text.text.clone());
                let known = systems().filter_map(|(_, system)| category(system)).collect();
                let own = systems()
                    .nth(index)
                    .and_then(|(_, system)| category(system))
                    .unwrap_or_default();
                Ok(Meaning::Text(own, Some(Arc::new(known))))
            }
            [system, field] if field.text == "tiv" => {
                let fault = unknown(path, format!("the system `{}` has no `tiv`", system.text));
                refuse(fault.help(format!("give it one: [systems.{}] tiv = ...", system.text)))
            }
            _ => self.field_unknown(path, "the system", &["tiv".to_owned(), "category".to_owned()]),
        }
    }

    fn alliance(&mut self, index: usize, path: &[Segment]) -> Found<Meaning> {
        let mut alliances = self.lowering.document.alliances.iter().flat_map(|table| &table.entries);
        let alliance = alliances.nth(index).map(|(_, alliance)| alliance);
        match path {
            [alliance] => Ok(item("alliance", &alliance.text)),
            [_, field] if field.text == "members" => {
                let members = alliance.iter().flat_map(|alliance| alliance.members.iter().flatten());
                let members = members.map(|member| {
                    (
                        Item {
                            kind: "actor",
                            id: member.text.clone(),
                            within: None,
                        },
                        Tree::Boolean(true),
                    )
                });
                Ok(Meaning::Set(members.collect()))
            }
            [_, field] if field.text == "leader" => match alliance.and_then(|alliance| alliance.leader.as_ref()) {
                Some(leader) => Ok(item("actor", &leader.text)),
                None => refuse(unknown(path, "this alliance has no leader".to_owned())),
            },
            _ => self.field_unknown(path, "the alliance", &["members".to_owned(), "leader".to_owned()]),
        }
    }

    fn balance_field(&mut self, index: usize, path: &[Segment]) -> Found<Meaning> {
        let fields = ["strength", "share", "log_ratio"];
        let (field, side) = match path {
            [_, field, side] if fields.contains(&field.text.as_str()) => (field, side),
            [balance] => return Ok(item("balance", &balance.text)),
            _ => {
                let fields: Vec<_> = fields.iter().map(|field| format!("{field}.SIDE")).collect();
                return self.field_unknown(path, "the balance", &fields);
            }
        };
        let side = self.lowering.balance_side(index, side)?;
        let tree = match field.text.as_str() {
            "strength" => self.lowering.strength(index, side),
            "share" => self.lowering.share(index, side),
            _ => self.lowering.log_ratio(index, side),
        };
        Ok(Meaning::Value(tree.ok_or(None)?, Type::Number))
    }

    fn deal(&mut self, index: usize, path: &[Segment]) -> Found<Meaning> {
        let plan = &self.lowering.deals[index];
        match path {
            [deal] => Ok(item("deal", &deal.text)),
            [_, field] if field.text == "supplier" => Ok(item("actor", &plan.supplier)),
            [_, field] if field.text == "recipient" => Ok(item("actor", &plan.recipient)),
            [_, field] if field.text == "system" => Ok(item("system", &plan.system)),
            [_, field, ..] if field.text == "share_after" => self.balance_after(index, &path[1..]),
            [_, field, who] if field.text == "objected" => {
                // Somebody who cannot object to this deal has not.
                match self.lowering.namespace.get(&who.text) {
                    Some(Named::Actor(_) | Named::Alliance(_)) => {
                        Ok(Meaning::Value(Tree::Boolean(false), Type::Boolean))
                    }
                    _ => {
                        let fault =
                            Diagnostic::new(Code::UnknownId, who.span, format!("there is no actor `{}`", who.text));
                        refuse(fault.suggest(&who.text, self.lowering.namespace.ids()))
                    }
                }
            }
            _ => {
                let prefix = format!("{}.", plan.id);
                let mut fields: Vec<String> = self
                    .lowering
                    .symbols
                    .iter()
                    .filter(|(_, symbol)| !matches!(symbol, Symbol::Event(_)))
                    .filter_map(|(address, _)| address.strip_prefix(&prefix).map(str::to_owned))
                    .filter(|field| !field.contains(".") || field.starts_with("objected."))
                    .collect();
                fields.push("share_after.BALANCE.SIDE".to_owned());
                self.field_unknown(path, "the deal", &fields)
            }
        }
    }

    fn event_index(&mut self, path: &[Segment]) -> Found<usize> {
        let mut path = path.to_vec();
        if let (Some(deal), "deal") = (self.context.deal(), path[0].text.as_str()) {
            path[0].text = self.lowering.deals[deal].id.clone();
        }
        let address = joined(&path);
        match self.lowering.symbols.get(&address) {
            Some(Symbol::Event(index)) => {
                self.lowering.read.insert(address);
                Ok(*index)
            }
            Some(_) => refuse(unknown(&path, format!("`{address}` is no event"))),
            None => {
                let fault = unknown(&path, format!("there is no event `{address}`"));
                let events = self
                    .lowering
                    .symbols
                    .iter()
                    .filter(|(_, symbol)| matches!(symbol, Symbol::Event(_)));
                refuse(fault.suggest(&address, events.map(|(address, _)| address.as_str())))
            }
        }
    }
}
