//! What drives what as one tidy table of comma-separated values: a number a row.
//!
//! The columns are `kind` (outcome or measure; empty of what is known of all runs), `target` (its id), `section` (run, target,
//! parameter or clock), `name` (the address of the parameter or of the event), `group` (`fifth_1` to `fifth_5` from the lowest
//! up, fewer where many runs have the same value; of a clock `early`, `late` and `never`), `statistic` (named as in the JSON,
//! intervals as `..._low` and `..._high`) and `value`, which is empty where there is none.

use std::io::{self, Write};

use ::csv::Writer;

use crate::analysis::drivers::{Drivers, Effect, Group, Target};

use super::csv::text;

/// Writes what drives what with a header row, quoted as RFC 4180 has it. Lines end in a line feed.
///
/// # Errors
///
/// What writing gives.
pub fn drivers_csv(drivers: &Drivers, writer: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(writer);
    let head = ["kind", "target", "section", "name", "group", "statistic", "value"];
    writer.write_record(head)?;
    let facts = [
        ("format_version", drivers.format_version.to_string()),
        ("equipoise", drivers.equipoise.clone()),
        ("title", drivers.scenario.title.clone()),
        ("sha256", drivers.scenario.sha256.clone()),
        ("seed", drivers.seed.to_string()),
        ("first_run", drivers.first_run.to_string()),
        ("runs", drivers.runs.to_string()),
        ("partial", drivers.partial.to_string()),
        ("valid", drivers.valid.to_string()),
    ];
    for (statistic, value) in facts {
        writer.write_record(["", "", "run", "", "", statistic, &value])?;
    }
    for target in &drivers.targets {
        let mut rows = Rows {
            target,
            writer: &mut writer,
        };
        rows.row("target", "", "", "n", &target.n.to_string())?;
        rows.row("target", "", "", "mean", &text(target.mean))?;
        for parameter in &target.parameters {
            rows.effect("parameter", &parameter.name, &parameter.effect)?;
            for (fifth, group) in (1..).zip(&parameter.fifths) {
                rows.group("parameter", &parameter.name, &format!("fifth_{fifth}"), group)?;
            }
        }
        for clock in &target.clocks {
            rows.effect("clock", &clock.name, &clock.effect)?;
            for (name, group) in [("early", &clock.early), ("late", &clock.late), ("never", &clock.never)] {
                rows.group("clock", &clock.name, name, group)?;
            }
        }
    }
    writer.flush()
}

struct Rows<'a, W: Write> {
    target: &'a Target,
    writer: &'a mut Writer<W>,
}

impl<W: Write> Rows<'_, W> {
    fn row(&mut self, section: &str, name: &str, group: &str, statistic: &str, value: &str) -> io::Result<()> {
        let (kind, target) = (&self.target.kind, &self.target.name);
        let fields = [kind, target, section, name, group, statistic, value];
        Ok(self.writer.write_record(fields)?)
    }

    fn effect(&mut self, section: &str, name: &str, effect: &Effect) -> io::Result<()> {
        let [low, high] = bounds(effect.effect_ci95);
        let numbers = [
            ("first_order_effect", effect.first_order_effect),
            ("effect_ci95_low", low),
            ("effect_ci95_high", high),
            ("null95", effect.null95),
            ("p_value", effect.p_value),
        ];
        for (statistic, number) in numbers {
            self.row(section, name, "", statistic, &text(number))?;
        }
        Ok(())
    }

    fn group(&mut self, section: &str, name: &str, group: &str, of: &Group) -> io::Result<()> {
        let [low, high] = bounds(of.simulation_ci95);
        let numbers = [
            ("from", of.from),
            ("to", of.to),
            ("n", Some(of.n as f64)),
            ("mean", of.mean),
            ("simulation_ci95_low", low),
            ("simulation_ci95_high", high),
        ];
        for (statistic, number) in numbers {
            self.row(section, name, group, statistic, &text(number))?;
        }
        Ok(())
    }
}

fn bounds(interval: Option<[f64; 2]>) -> [Option<f64>; 2] {
    interval.map_or([None; 2], |interval| interval.map(Some))
}
