//! Balances: what each side's arms add up to, as definitions that are made when something reads them.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::expr::{BinaryOperator, Found, Function, Item, Segment, Tree, Type, UnaryOperator};
use crate::scenario::{Balance, Key};

use super::core::About;
use super::lowering::{Context, Lowering, Pending, Role, Symbol, Unit};
use super::namespace::Named;

impl<'a> Lowering<'a> {
    fn balance(&self, index: usize) -> Option<&'a (Key, Balance)> {
        self.document
            .balances
            .iter()
            .flat_map(|table| &table.entries)
            .nth(index)
    }

    /// Checks the sides and the weights of all balances, and declares the weights.
    pub fn declare_balances(&mut self) {
        for (key, balance) in self.document.balances.iter().flat_map(|table| &table.entries) {
            self.sources(balance.source.as_ref());
            for (side, members) in balance.sides.iter().flat_map(|sides| &sides.entries) {
                super::namespace::check_id(side, false, self.faults);
                for member in members {
                    self.expect_power(member);
                }
            }
            let categories: Vec<&str> = self.categories();
            for (category, weight) in balance.weights.iter().flat_map(|weights| &weights.entries) {
                if !categories.contains(&category.text.as_str()) {
                    let message = format!("no system has the category `{}`", category.text);
                    let fault = Diagnostic::new(Code::NoEffect, category.span, message);
                    self.faults
                        .push(fault.suggest(&category.text, categories.iter().copied()));
                }
                let address = format!("{}.weights.{}", key.text, category.text);
                let about = self.about_amount(address, weight);
                self.declare_pending(Pending {
                    about,
                    amount: weight,
                    unit: Unit::Plain,
                    context: Context::Plain,
                    role: Role::Number,
                });
            }
        }
    }

    fn categories(&self) -> Vec<&'a str> {
        let systems = self.document.systems.iter().flat_map(|table| &table.entries);
        systems
            .filter_map(|(_, system)| system.category.as_ref())
            .map(|text| text.text.as_str())
            .collect()
    }

    /// The index of a side.
    pub fn balance_side(&self, balance: usize, side: &Segment) -> Found<usize> {
        let sides = || {
            self.balance(balance)
                .into_iter()
                .flat_map(|(_, b)| b.sides.iter().flat_map(|sides| &sides.entries))
        };
        let unread = self.balance(balance).is_none_or(|(_, b)| {
            let faulty = b.sides.iter().flat_map(|sides| &sides.faulty);
            b.sides.is_none() || faulty.into_iter().any(|key| key.text == side.text)
        });
        match sides().position(|(key, _)| key.text == side.text) {
            Some(index) => Ok(index),
            None if unread => Err(None),
            None => {
                let fault = Diagnostic::new(
                    Code::UnknownId,
                    side.span,
                    format!("this balance has no side `{}`", side.text),
                );
                let names: Vec<_> = sides().map(|(key, _)| key.text.as_str()).collect();
                let fault = fault.suggest(&side.text, names.iter().copied());
                let fault = if fault.help.is_empty() {
                    fault.help(format!("its sides are {}", names.join(", ")))
                } else {
                    fault
                };
                Err(Some(Box::new(fault)))
            }
        }
    }

    /// The actors on a side, alliances written out, each once.
    fn side_actors(&self, balance: usize, side: usize) -> Vec<String> {
        let members = self
            .balance(balance)
            .and_then(|(_, b)| b.sides.as_ref())
            .and_then(|sides| sides.entries.get(side))
            .map_or(&[][..], |(_, members)| members);
        let mut actors: Vec<String> = Vec::new();
        for member in members {
            for actor in self.actors_of(&member.text) {
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        actors
    }

    /// An actor itself, or the members of an alliance.
    pub fn actors_of(&self, power: &str) -> Vec<String> {
        match self.namespace.get(power) {
            Some(Named::Alliance(index)) => {
                let mut alliances = self.document.alliances.iter().flat_map(|table| &table.entries);
                let members = alliances.nth(index).and_then(|(_, alliance)| alliance.members.as_ref());
                members
                    .into_iter()
                    .flatten()
                    .map(|member| member.text.clone())
                    .collect()
            }
            _ => vec![power.to_owned()],
        }
    }

    /// The side that an objector is on. To be on none, or on more than one, is a fault.
    pub fn side_of(&self, balance: usize, objector: &Item, place: &Segment) -> Found<usize> {
        let sides = self.balance(balance).and_then(|(_, b)| b.sides.as_ref());
        let names: Vec<&str> = sides
            .into_iter()
            .flat_map(|sides| &sides.entries)
            .map(|(key, _)| key.text.as_str())
            .collect();
        let own = self.actors_of(&objector.id);
        let on: Vec<usize> = (0..names.len())
            .filter(|side| self.side_actors(balance, *side).iter().any(|actor| own.contains(actor)))
            .collect();
        match on.as_slice() {
            [side] => Ok(*side),
            several => {
                let message = if several.is_empty() {
                    format!("`{}` is on no side of the balance `{}`", objector.id, place.text)
                } else {
                    format!(
                        "`{}` is on more than one side of the balance `{}`",
                        objector.id, place.text
                    )
                };
                let fault = Diagnostic::new(Code::ObjectorSide, place.span, message)
                    .label("looked at here")
                    .help(format!(
                        "its sides are {}; an objector compares its own side's share",
                        names.join(", ")
                    ));
                Err(Some(Box::new(fault)))
            }
        }
    }

    /// The definition of a side's strength: the sum of units x value x weight.
    pub fn strength(&mut self, balance: usize, side: usize) -> Option<Tree> {
        self.balance_definition(balance, "strength", side, |lowering| {
            let (key, declared) = lowering.balance(balance)?;
            let mut sum: Option<Tree> = None;
            for actor in lowering.side_actors(balance, side) {
                for (id, system) in lowering.document.systems.iter().flat_map(|table| &table.entries) {
                    let category = system.category.as_ref().map_or("", |text| text.text.as_str());
                    let weighed = declared
                        .weights
                        .iter()
                        .flat_map(|w| &w.entries)
                        .any(|(key, _)| key.text == category);
                    let held = lowering.symbols.get(&format!("{actor}.inventory.{}", id.text)).copied();
                    let (true, Some(Symbol::Variable(units))) = (weighed, held) else {
                        continue;
                    };
                    let factor = lowering.unit_strength(&key.text, id, category)?;
                    let term = Tree::variable(units).times(factor);
                    sum = Some(match sum {
                        Some(sum) => sum.plus(term),
                        None => term,
                    });
                }
            }
            Some(sum.unwrap_or(Tree::Number(0.0)))
        })
    }

    /// What one unit of a system adds to a side.
    fn unit_strength(&mut self, balance: &str, system: &Key, category: &str) -> Option<Tree> {
        let tiv = format!("{}.tiv", system.text);
        if !self.symbols.contains_key(&tiv) {
            let message = format!("the balance `{balance}` counts `{}`, which has no `tiv`", system.text);
            let fault = Diagnostic::new(Code::MissingKey, system.span, message)
                .help("tiv is the SIPRI trend-indicator value of one unit");
            self.faults.push(fault);
            return None;
        }
        let (tiv, _) = self.read_address(&tiv)?;
        let (weight, _) = self.read_address(&format!("{balance}.weights.{category}"))?;
        // A weight of 1 would only lengthen what is written out.
        Some(if self.core.constant(&weight) == Some(1.0) {
            tiv
        } else {
            tiv.times(weight)
        })
    }

    /// The definition of a side's share of all strength.
    pub fn share(&mut self, balance: usize, side: usize) -> Option<Tree> {
        let sides = self.side_count(balance);
        self.balance_definition(balance, "share", side, |lowering| {
            let strengths = (0..sides)
                .map(|side| lowering.strength(balance, side))
                .collect::<Option<Vec<_>>>()?;
            Some(share_of(&strengths, side))
        })
    }

    /// The definition of the logarithm of a side's strength over that of all others.
    pub fn log_ratio(&mut self, balance: usize, side: usize) -> Option<Tree> {
        let sides = self.side_count(balance);
        self.balance_definition(balance, "log_ratio", side, |lowering| {
            let own = lowering.strength(balance, side)?;
            let others = (0..sides)
                .filter(|other| *other != side)
                .map(|other| lowering.strength(balance, other));
            let others = others.collect::<Option<Vec<_>>>()?.into_iter().reduce(Tree::plus)?;
            let nobody = own
                .clone()
                .equals(Tree::Number(0.0))
                .and(others.clone().equals(Tree::Number(0.0)));
            let ratio = Tree::call(Function::Ln, vec![own.divided_by(others)]);
            Some(Tree::conditional(nobody, Tree::Number(0.0), ratio))
        })
    }

    fn side_count(&self, balance: usize) -> usize {
        self.balance(balance)
            .and_then(|(_, b)| b.sides.as_ref())
            .map_or(0, |sides| sides.entries.len())
    }

    fn balance_definition(
        &mut self,
        balance: usize,
        field: &str,
        side: usize,
        value: impl FnOnce(&mut Self) -> Option<Tree>,
    ) -> Option<Tree> {
        let (key, declared) = self.balance(balance)?;
        let (side_key, _) = declared.sides.as_ref()?.entries.get(side)?;
        let address = format!("{}.{field}.{}", key.text, side_key.text);
        self.made_definition(address, key.span, value)
    }

    /// A definition that is made once, when it is first read.
    fn made_definition(
        &mut self,
        address: String,
        span: Span,
        value: impl FnOnce(&mut Self) -> Option<Tree>,
    ) -> Option<Tree> {
        if !self.symbols.contains_key(&address) {
            let symbol = match value(self) {
                Some(tree) => {
                    let about = About {
                        address: address.clone(),
                        span,
                        ..About::default()
                    };
                    self.push_definition(about, Type::Number, tree)
                }
                None => Symbol::Faulty,
            };
            self.symbols.insert(address.clone(), symbol);
        }
        self.read_address(&address).map(|(tree, _)| tree)
    }

    /// A side's share once the undelivered rest of a deal has come.
    pub fn share_after(&mut self, deal: usize, balance: usize, side: usize) -> Option<Tree> {
        let (key, declared) = self.balance(balance)?;
        let plan = &self.deals[deal];
        let (deal_id, span, from_stock) = (plan.id.clone(), plan.span, plan.from_stock);
        let (supplier, recipient, system_id) = (plan.supplier.clone(), plan.recipient.clone(), plan.system.clone());
        let (system, traded) = self
            .document
            .systems
            .iter()
            .flat_map(|t| &t.entries)
            .find(|(key, _)| key.text == system_id)?;
        let category = traded.category.as_ref().map_or("", |text| text.text.as_str());
        let weighed = declared
            .weights
            .iter()
            .flat_map(|w| &w.entries)
            .any(|(key, _)| key.text == category);
        let sides = self.side_count(balance);
        let actors: Vec<Vec<String>> = (0..sides).map(|side| self.side_actors(balance, side)).collect();
        let gains = |side: usize| actors[side].contains(&recipient);
        let loses = |side: usize| from_stock && actors[side].contains(&supplier);
        if !weighed || !(0..sides).any(|side| gains(side) != loses(side)) {
            return self.share(balance, side);
        }
        let (side_key, _) = declared.sides.as_ref()?.entries.get(side)?;
        let address = format!("{deal_id}.share_after.{}.{}", key.text, side_key.text);
        let changes: Vec<(bool, bool)> = (0..sides).map(|side| (gains(side), loses(side))).collect();
        self.made_definition(address, span, |lowering| {
            let (quantity, _) = lowering.read_address(&format!("{deal_id}.quantity"))?;
            let (delivered, _) = lowering.read_address(&format!("{deal_id}.delivered_share"))?;
            let factor = lowering.unit_strength(&key.text, system, category)?;
            let rest = quantity.times(Tree::Number(1.0).minus(delivered)).times(factor);
            let mut strengths = Vec::new();
            for (side, change) in changes.iter().enumerate() {
                let strength = lowering.strength(balance, side)?;
                strengths.push(match change {
                    (true, false) => strength.plus(rest.clone()),
                    (false, true) => strength.minus(rest.clone()),
                    _ => strength,
                });
            }
            Some(share_of(&strengths, side))
        })
    }

    /// Reports a text that is neither an actor nor an alliance.
    pub fn expect_power(&mut self, text: &crate::scenario::Text) -> bool {
        if matches!(
            self.namespace.get(&text.text),
            Some(Named::Actor(_) | Named::Alliance(_) | Named::Faulty)
        ) {
            return true;
        }
        let fault = Diagnostic::new(
            Code::UnknownId,
            text.span,
            format!("there is no actor or alliance `{}`", text.text),
        );
        let known = self
            .namespace
            .ids()
            .filter(|id| matches!(self.namespace.get(id), Some(Named::Actor(_) | Named::Alliance(_))));
        self.faults.push(fault.suggest(&text.text, known));
        false
    }
}

/// A side's share of all strengths; equal shares if nobody has anything.
fn share_of(strengths: &[Tree], side: usize) -> Tree {
    let Some(total) = strengths.iter().cloned().reduce(Tree::plus) else {
        return Tree::Number(0.0);
    };
    let anybody = Tree::binary(BinaryOperator::Greater, total.clone(), Tree::Number(0.0));
    let equal = Tree::Number(1.0 / strengths.len() as f64);
    Tree::conditional(anybody, strengths[side].clone().divided_by(total), equal)
}

/// Minus something.
pub(super) fn minus(tree: Tree) -> Tree {
    Tree::unary(UnaryOperator::Negate, tree)
}
