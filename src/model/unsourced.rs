//! Finds the numbers of a scenario that give neither a source nor a note, themselves or by the table around them.

use crate::diagnostic::{Code, Diagnostic, Faults};
use crate::scenario::{Amount, Document, Form, OneOrMany, Text};

/// Warns of every number that gives neither a source nor a note.
pub fn unsourced(document: &Document, faults: &mut Faults) {
    let mut reader = Reader { faults };
    for (_, parameter) in document.parameters.iter().flat_map(|table| &table.entries) {
        reader.amounts(&[], None, None, [&Some(parameter.0.clone())]);
    }
    for (_, system) in document.systems.iter().flat_map(|table| &table.entries) {
        reader.amounts(&[], system.source.as_ref(), system.note.as_ref(), [&system.tiv]);
    }
    for (_, actor) in document.actors.iter().flat_map(|table| &table.entries) {
        for (_, amount) in actor.inventory.iter().flat_map(|table| &table.entries) {
            reader.amount(actor.source.is_some() || actor.note.is_some(), amount);
        }
        for (_, objection) in actor.objects.iter().flat_map(|table| &table.entries) {
            let numbers = [&objection.rate, &objection.chance, &objection.within, &objection.after];
            reader.amounts(
                &[actor.source.is_some(), actor.note.is_some()],
                objection.source.as_ref(),
                objection.note.as_ref(),
                numbers,
            );
        }
    }
    for (_, others) in document.relations.iter().flat_map(|table| &table.entries) {
        others
            .entries
            .iter()
            .for_each(|(_, amount)| reader.amount(false, amount));
    }
    for (_, balance) in document.balances.iter().flat_map(|table| &table.entries) {
        for (_, weight) in balance.weights.iter().flat_map(|table| &table.entries) {
            reader.amount(balance.source.is_some() || balance.note.is_some(), weight);
        }
    }
    for (_, supplier) in document.suppliers.iter().flat_map(|table| &table.entries) {
        for (_, rule) in supplier.policy.iter().flat_map(|table| &table.entries) {
            let around = [supplier.source.is_some(), supplier.note.is_some()];
            reader.amounts(
                &around,
                rule.source.as_ref(),
                rule.note.as_ref(),
                [&rule.chance, &rule.for_],
            );
        }
    }
    for (_, deal) in document.deals.iter().flat_map(|table| &table.entries) {
        let around = [deal.source.is_some(), deal.note.is_some()];
        reader.amounts(&around, None, None, [&deal.quantity, &deal.price, &deal.genuine]);
        for step in [
            &deal.opens,
            &deal.decides,
            &deal.signs,
            &deal.collapses,
            &deal.reconsiders,
        ]
        .into_iter()
        .flatten()
        {
            let numbers = [&step.rate, &step.chance, &step.within, &step.after];
            reader.amounts(&around, step.source.as_ref(), step.note.as_ref(), numbers);
        }
        for (_, objection) in deal.objections.iter().flat_map(|table| &table.entries) {
            let numbers = [&objection.rate, &objection.chance, &objection.within, &objection.after];
            reader.amounts(&around, objection.source.as_ref(), objection.note.as_ref(), numbers);
        }
        for (_, batch) in deal.delivers.iter().flat_map(|table| &table.entries) {
            let numbers = [&batch.share, &batch.rate, &batch.chance, &batch.within, &batch.after];
            reader.amounts(&around, batch.source.as_ref(), batch.note.as_ref(), numbers);
        }
    }
    for (_, variable) in document.variables.iter().flat_map(|table| &table.entries) {
        // True, false and states are where the story begins, and no measurements.
        if variable
            .initial
            .as_ref()
            .is_some_and(|initial| matches!(initial.form, Form::Number(_) | Form::Distribution(_)))
        {
            reader.amounts(
                &[],
                variable.source.as_ref(),
                variable.note.as_ref(),
                [&variable.initial],
            );
        }
    }
    for (_, event) in document.events.iter().flat_map(|table| &table.entries) {
        let numbers = [&event.rate, &event.chance, &event.within, &event.after];
        reader.amounts(&[], event.source.as_ref(), event.note.as_ref(), numbers);
        for (_, branch) in event.branches.iter().flat_map(|table| &table.entries) {
            let around = [event.source.is_some(), event.note.is_some()];
            reader.amounts(&around, branch.source.as_ref(), branch.note.as_ref(), [&branch.weight]);
        }
    }
    for (_, origin) in document.origins.iter().flat_map(|table| &table.entries) {
        let numbers = [&origin.reliability, &origin.if_uninformed];
        reader.amounts(&[], origin.source.as_ref(), origin.note.as_ref(), numbers);
    }
    for (_, claim) in document.claims.iter().flat_map(|table| &table.entries) {
        let numbers = [&claim.if_true, &claim.if_false, &claim.if_uninformed];
        reader.amounts(&[], claim.source.as_ref(), claim.note.as_ref(), numbers);
    }
}

struct Reader<'a> {
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn amounts<const N: usize>(
        &mut self,
        around: &[bool],
        source: Option<&OneOrMany>,
        note: Option<&Text>,
        amounts: [&Option<Amount>; N],
    ) {
        let vouched = around.contains(&true) || source.is_some() || note.is_some();
        amounts
            .into_iter()
            .flatten()
            .for_each(|amount| self.amount(vouched, amount));
    }

    fn amount(&mut self, vouched: bool, amount: &Amount) {
        if vouched || amount.source.is_some() || amount.note.is_some() {
            return;
        }
        let fault = Diagnostic::new(
            Code::Unsourced,
            amount.span,
            "this number gives neither a source nor a note",
        );
        self.faults.push(
            fault.help("a judgement without a source says so in its note: { value = ..., note = \"judgement: ...\" }"),
        );
    }
}
