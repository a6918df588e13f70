//! What an outcome or a measure goes with, for a terminal.

use super::columns::{Column, lines, prose};
use super::format::{self, NOTHING, count, number, percent};
use crate::analysis::drivers::{Clock, Drivers, Effect, Group, Parameter, Target};
use crate::plan::{Label, Plan, UNRESOLVED};

/// Names of parameters and events are seldom longer.
const LONGEST_NAME: usize = 44;
/// So many names are told of what is no more than noise.
const MOST_NAMES: usize = 6;

/// Lays out what drives what, in lines of `width` characters. `plan`, which gives the printed names, is what was played.
pub fn drivers(drivers: &Drivers, plan: &Plan, width: usize) -> String {
    let mut facts = vec![
        format!("seed {}", drivers.seed),
        format!("{} runs", count(drivers.runs)),
    ];
    if drivers.first_run > 0 {
        facts.push(format!("from run {} on", drivers.first_run));
    }
    if drivers.partial {
        facts.push("stopped early".to_owned());
    }
    if drivers.valid < drivers.runs {
        facts.push(format!("{} of them valid", count(drivers.valid)));
    }
    let mut text = format!("{}\n{}\n\n", drivers.scenario.title, facts.join(" · "));
    if drivers.valid == 0 {
        return text + &prose("No run was valid: there is nothing to be driven.", width);
    }
    match &drivers.targets[..] {
        [target] => text.push_str(&Page { target, plan, width }.text()),
        targets => text.push_str(&overview(targets, width)),
    }
    text
}

/// The effects on many targets side by side.
fn overview(targets: &[Target], width: usize) -> String {
    let shown: Vec<&Target> = targets.iter().filter(|target| !target.constant).collect();
    let Some(first) = shown.first() else {
        return prose("Every run ends in the same way: nothing drives it.", width);
    };
    // Ids that do not fit beside the names stand below, by number.
    let headers: usize = shown.iter().map(|target| target.name.len() + 2).sum();
    let fits = headers + LONGEST_NAME <= width;
    let is_own = |target: &Target, name: &str| {
        target
            .clocks
            .iter()
            .any(|clock| clock.name == name && is_own_step(clock))
    };
    let table = |title: &str, names: Vec<&str>, effect: &dyn Fn(&Target, &str) -> Option<Effect>| {
        let beyond = |target: &Target, name: &str| {
            effect(target, name)
                .filter(Effect::is_beyond_noise)
                .and_then(|found| found.first_order_effect)
        };
        let greatest = |name: &str| -> f64 {
            let sizes = shown.iter().filter_map(|target| beyond(target, name));
            sizes.max_by(f64::total_cmp).unwrap_or(0.0)
        };
        let mut names: Vec<(&str, f64)> = names.into_iter().map(|name| (name, greatest(name))).collect();
        names.retain(|(_, greatest)| *greatest > 0.0);
        names.sort_by(|a, b| b.1.total_cmp(&a.1));
        if names.is_empty() {
            return String::new();
        }
        let mut columns = vec![Column::left(title, names.iter().map(|(name, _)| (*name).to_owned()))];
        for (index, target) in shown.iter().enumerate() {
            let header = if fits {
                target.name.clone()
            } else {
                (index + 1).to_string()
            };
            let mark = |name: &str| if is_own(target, name) { "*" } else { "" };
            let cell = |name: &str| {
                beyond(target, name).map_or(String::new(), |size| format!("{}{}", mark(name), percent(size, 1)))
            };
            columns.push(Column::right(&header, names.iter().map(|(name, _)| cell(name))));
        }
        lines(&columns, width) + "\n"
    };
    let parameters = |target: &Target, name: &str| {
        let found = target.parameters.iter().find(|parameter| parameter.name == name);
        found.map(|parameter| parameter.effect)
    };
    let clocks = |target: &Target, name: &str| {
        let found = target.clocks.iter().find(|clock| clock.name == name);
        found.map(|clock| clock.effect)
    };
    let names = first.parameters.iter().map(|parameter| parameter.name.as_str());
    let mut text = table("Parameter, effect in %", names.collect(), &parameters);
    let names = first.clocks.iter().map(|clock| clock.name.as_str());
    text.push_str(&table("Chance clock, effect in %", names.collect(), &clocks));
    if !fits {
        let legend: Vec<String> = shown
            .iter()
            .enumerate()
            .map(|(index, target)| format!("{}: {}", index + 1, target.name))
            .collect();
        text.push_str(&prose(&legend.join(", "), width));
    }
    let clocks = || first.clocks.iter().map(|clock| clock.name.as_str());
    let own = if shown.iter().any(|target| clocks().any(|name| is_own(target, name))) {
        " * rang in exactly the runs that end so: it may be no more than the ending's own step."
    } else {
        ""
    };
    text + &prose(
        &format!(
            "The effect is the share of the outcome's variance that goes with the parameter alone, or with whether and when \
             the clock rang. What cannot be told from noise is left out.{own} For the shares by fifths: --outcome {}",
            first.name
        ),
        width,
    )
}

/// Whether a clock rang in exactly the runs that come to an outcome.
fn is_own_step(clock: &Clock) -> bool {
    let is = |group: &Group, share: f64| group.mean.is_none_or(|mean| mean == share);
    is(&clock.early, 1.0) && is(&clock.late, 1.0) && is(&clock.never, 0.0)
}

struct Page<'a> {
    target: &'a Target,
    plan: &'a Plan,
    width: usize,
}

impl Page<'_> {
    fn text(&self) -> String {
        let target = self.target;
        let text = self.head();
        if target.n == 0 {
            return text + &prose("In none of the runs was there anything to measure.", self.width);
        }
        if target.constant {
            return text + &prose("It is the same in every run: nothing drives it.", self.width);
        }
        let (told, noise): (Vec<&Parameter>, Vec<&Parameter>) = target
            .parameters
            .iter()
            .partition(|parameter| parameter.effect.is_beyond_noise());
        let parameters = |told: &[&Parameter]| self.parameters(told);
        let of_parameters = self.section("parameter", &told, &noise, parameters, |parameter| &parameter.name);
        let (told, noise): (Vec<&Clock>, Vec<&Clock>) =
            target.clocks.iter().partition(|clock| clock.effect.is_beyond_noise());
        let clocks = |told: &[&Clock]| self.clocks(told);
        let of_clocks = self.section("chance clock", &told, &noise, clocks, |clock| &clock.name);
        let mut note = "The effect is the share of the variance that goes with the parameter alone, or with whether and when the \
                        clock first rang; ± is simulation noise. It tells what goes together: a clock can be early because \
                        of what went before."
            .to_owned();
        if told.iter().any(|clock| self.is_own_step(clock)) {
            note.push_str(" * rang in exactly the runs that end so: it may be no more than the ending's own step.");
        }
        let parts = [of_parameters, of_clocks, prose(&note, self.width)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        text + &parts.join("\n")
    }

    /// What is told one by one, and the names of what is no more than noise.
    fn section<'t, T>(
        &self,
        what: &str,
        told: &[&'t T],
        noise: &[&'t T],
        table: impl Fn(&[&'t T]) -> String,
        name: impl Fn(&'t T) -> &'t String,
    ) -> String {
        let told = if told.is_empty() { String::new() } else { table(told) };
        told + &self.rest(what, noise.iter().map(|one| name(one).as_str()))
    }

    fn is_own_step(&self, clock: &Clock) -> bool {
        self.is_outcome() && is_own_step(clock)
    }

    fn is_outcome(&self) -> bool {
        self.target.kind == "outcome"
    }

    fn head(&self) -> String {
        let target = self.target;
        let observed = &self.plan.observed;
        let labels = if self.is_outcome() {
            &observed.outcomes
        } else {
            &observed.measures
        };
        let found: Option<&Label> = labels.iter().find(|label| label.id == target.name);
        let name = found.and_then(|label| label.name.as_deref()).unwrap_or(&target.name);
        let name = if target.name == UNRESOLVED { UNRESOLVED } else { name };
        let runs = count(target.n);
        if self.is_outcome() {
            let share = target.mean.map_or(NOTHING.to_owned(), |mean| percent(mean, 1));
            format!("{name}: {share} % of {runs} runs\n\n")
        } else {
            let unit = found
                .and_then(|label| label.unit.as_deref())
                .map_or(String::new(), |unit| format!(" {unit}"));
            format!("{name}: {}{unit} on average, over {runs} runs\n\n", number(target.mean))
        }
    }

    fn shown(&self, mean: Option<f64>) -> String {
        match mean {
            Some(mean) if self.is_outcome() => percent(mean, 1),
            mean => number(mean),
        }
    }

    fn parameters(&self, told: &[&Parameter]) -> String {
        let mut columns = vec![Column::left(
            "Parameter",
            told.iter().map(|parameter| parameter.name.clone()),
        )];
        columns.extend(effect_columns(told.iter().map(|parameter| &parameter.effect)));
        let cell = |parameter: &Parameter, fifth: usize| match (&parameter.fifths[..], parameter.is_boolean) {
            ([no, yes], true) => match fifth {
                0 => format!("no {}", self.shown(no.mean)),
                4 => format!("yes {}", self.shown(yes.mean)),
                _ => String::new(),
            },
            (groups, _) if groups.len() == 5 => self.shown(groups[fifth].mean),
            (groups, _) => groups.get(fifth).map_or(String::new(), |group| {
                format!("{}: {}", number(group.from), self.shown(group.mean))
            }),
        };
        let heads = ["lowest fifth", "2nd", "3rd", "4th", "highest"];
        for (fifth, head) in heads.into_iter().enumerate() {
            columns.push(Column::right(head, told.iter().map(|parameter| cell(parameter, fifth))));
        }
        lines(&columns, self.width)
    }

    fn clocks(&self, told: &[&Clock]) -> String {
        let mut columns = vec![Column::left(
            "Chance clock",
            told.iter().map(|clock| {
                let mark = if self.is_own_step(clock) { "* " } else { "" };
                format!("{mark}{}", clock.name)
            }),
        )];
        columns.extend(effect_columns(told.iter().map(|clock| &clock.effect)));
        let rang = |clock: &Clock| {
            let rang = clock.early.n + clock.late.n;
            format!("{} %", percent(rang as f64 / self.target.n as f64, 1))
        };
        columns.push(Column::right("rang in", told.iter().map(|clock| rang(clock))));
        let mut put = |head: &str, group: fn(&Clock) -> &Group| {
            columns.push(Column::right(
                head,
                told.iter().map(|clock| self.shown(group(clock).mean)),
            ));
        };
        put("early", |clock| &clock.early);
        put("late", |clock| &clock.late);
        put("never", |clock| &clock.never);
        lines(&columns, self.width)
    }

    fn rest<'n>(&self, what: &str, names: impl Iterator<Item = &'n str>) -> String {
        let names: Vec<&str> = names.collect();
        let Some(told) = names.get(..names.len().min(MOST_NAMES)).filter(|told| !told.is_empty()) else {
            return String::new();
        };
        let mut text = format!("Not told from noise, by {what}: {}", told.join(", "));
        if names.len() > told.len() {
            text.push_str(&format!(" and {} more", names.len() - told.len()));
        }
        prose(&text, self.width)
    }
}

fn effect_columns<'e>(effects: impl Iterator<Item = &'e Effect> + Clone) -> [Column; 2] {
    let half_width = |effect: &Effect| effect.effect_ci95.map(|[low, high]| (high - low) / 2.0);
    let size = |effect: &Effect| {
        effect
            .first_order_effect
            .map_or(NOTHING.to_owned(), |size| format!("{} %", percent(size, 1)))
    };
    let noise =
        |effect: &Effect| half_width(effect).map_or(NOTHING.to_owned(), |half| format!("± {}", format::noise(half, 1)));
    [
        Column::right("effect", effects.clone().map(size)),
        Column::left("noise", effects.map(noise)),
    ]
}
