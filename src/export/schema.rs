//! A JSON Schema of the scenario language, for editors and their checkers: made from the same declarations that parse.
//!
//! It sees what stands where: keys, types, ranges, what is chosen from a list, what must be there. What names mean and
//! what expressions say, only `check` sees.

use serde_json::{Map, Value, json};

use crate::distribution::Family;
use crate::scenario::{Field, Role, SIDE_KEYS, Shape, Table, UNIT_NAMES, distribution_names, shape};

/// Ids are snake_case; in the core language one may be a dotted address.
const ID: &str = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$";

/// The schema of a scenario.
pub fn schema() -> Value {
    let mut schema = Schema::default();
    let shape = shape();
    let Shape::Table(document) = &shape else {
        return json!({});
    };
    let mut root = schema.keys_of(document);
    root.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    root.insert("title".to_owned(), json!("A scenario of Equipoise"));
    // A file that extends another may leave to it whatever must be there.
    root.insert("if".to_owned(), json!({"not": {"required": ["extends"]}}));
    root.insert("then".to_owned(), required(&shape).unwrap_or_else(|| json!({})));
    root.insert("definitions".to_owned(), Value::Object(schema.definitions));
    Value::Object(root)
}

/// The schema in the making: what tables and kinds of numbers it has met.
#[derive(Default)]
struct Schema {
    definitions: Map<String, Value>,
}

impl Schema {
    /// The keys of a table: which there are, and what stands under each.
    fn keys_of(&mut self, table: &Table) -> Map<String, Value> {
        let properties: Map<String, Value> = table
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), self.field(field)))
            .collect();
        let keys = json!({
            "type": "object",
            "description": table.about,
            "additionalProperties": false,
            "properties": properties,
        });
        match keys {
            Value::Object(keys) => keys,
            _ => Map::new(),
        }
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut description = field.meaning().to_owned();
        if let Some(unit) = field.role.unit() {
            description.push_str(&format!(" In: {unit}."));
        }
        let (shape, role) = match field.shape() {
            Shape::Overlay => overlaid(field.name),
            shape => (shape, field.role),
        };
        let value = self.value(&shape, role);
        match value {
            // Beside a reference, nothing else is read.
            Value::Object(value) if value.contains_key("$ref") => {
                json!({"description": description, "allOf": [value]})
            }
            Value::Object(mut value) => {
                value.insert("description".to_owned(), json!(description));
                Value::Object(value)
            }
            other => other,
        }
    }

    fn value(&mut self, shape: &Shape, role: Role) -> Value {
        match shape {
            Shape::Any => json!({}),
            Shape::Overlay => json!({"type": "object"}),
            Shape::Text if !role.choices().is_empty() => json!({"enum": role.choices()}),
            Shape::Text => json!({"type": "string"}),
            Shape::Whole => json!({"type": "integer", "minimum": 0}),
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Day => json!({"type": "string", "format": "date"}),
            Shape::Amount => self.amount(role),
            Shape::Repeats => json!({"anyOf": [{"type": "boolean"}, {"type": "integer", "minimum": 1}]}),
            Shape::OneOrMany => json!({
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            }),
            Shape::SourceDate => json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
            Shape::List(entry) => json!({"type": "array", "items": self.value(entry, role)}),
            Shape::Keyed(entry) => json!({
                "type": "object",
                "propertyNames": {"pattern": ID},
                "additionalProperties": self.value(entry, role),
            }),
            Shape::Table(table) => self.table(table),
        }
    }

    /// A table by reference; where it can be written short, as the value of its main key too.
    fn table(&mut self, table: &Table) -> Value {
        let main = table
            .short
            .and_then(|main| table.fields.iter().find(|field| field.name == main));
        if !self.definitions.contains_key(table.name) {
            // Named first, so that a table within itself ends.
            self.definitions.insert(table.name.to_owned(), Value::Null);
            let mut keys = self.keys_of(table);
            // Written short it is a number: only with its main key is it a table.
            if let Some(main) = main.filter(|main| main.required) {
                keys.insert("required".to_owned(), json!([main.name]));
            }
            self.definitions.insert(table.name.to_owned(), Value::Object(keys));
        }
        let reference = reference(table.name);
        match main {
            Some(main) => json!({"anyOf": [self.amount(main.role), reference]}),
            None => reference,
        }
    }

    /// A number for a role: plain, as an expression, or as a table.
    fn amount(&mut self, role: Role) -> Value {
        let name = format!("{role:?}Amount");
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Value::Null);
            let mut forms = vec![plain(role), text(role)];
            if matches!(role, Role::Plain | Role::Condition) {
                forms.push(json!({"type": "boolean"}));
            }
            forms.push(self.amount_table(role));
            forms.retain(|form| !form.is_null());
            self.definitions.insert(name.clone(), json!({"anyOf": forms}));
        }
        reference(&name)
    }

    /// A number as a table, by reference. Only of durations is it another one: what a distribution draws may lie in the
    /// range of a role while its arguments do not.
    fn amount_table(&mut self, role: Role) -> Value {
        let (name, role) = match role {
            Role::Duration => ("DurationTable", Role::Duration),
            _ => ("AmountTable", Role::Plain),
        };
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Value::Null);
            let table = self.amount_keys(role);
            self.definitions.insert(name.to_owned(), table);
        }
        reference(name)
    }

    /// The value or the distribution of a number, and what may stand beside it.
    fn amount_keys(&mut self, role: Role) -> Value {
        let mut properties = Map::new();
        properties.insert("value".to_owned(), self.described("The value.", role));
        for family in Family::ALL {
            let parameters = family.parameters();
            let items: Vec<Value> = parameters
                .iter()
                .map(|name| self.amount(argument(role, name)))
                .collect();
            let arguments = json!({
                "type": "array",
                "items": items,
                "minItems": parameters.len(),
                "maxItems": parameters.len(),
            });
            let description = format!("A distribution: [{}].", parameters.join(", "));
            let value = match parameters.len() {
                1 => json!({"description": description, "anyOf": [arguments, self.amount(role)]}),
                _ => json!({"description": description, "allOf": [arguments]}),
            };
            properties.insert(family.name().to_owned(), value);
        }
        let chance = self.described("True with this probability.", Role::Chance);
        properties.insert("bernoulli".to_owned(), chance);
        let weight = self.amount(Role::Weight);
        properties.insert(
            "discrete".to_owned(),
            json!({
                "type": "object",
                "description": "One of several values, each with its weight: { \"value\" = weight }.",
                "minProperties": 1,
                "additionalProperties": weight,
            }),
        );
        let cut = json!({
            "type": "array",
            "description": "The least and the greatest value that a distribution may give.",
            "items": self.amount(role),
            "minItems": 2,
            "maxItems": 2,
        });
        let texts = json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});
        for key in SIDE_KEYS {
            let side = match key {
                "truncate" => cut.clone(),
                "source" => texts.clone(),
                _ => json!({"type": "string"}),
            };
            properties.insert(key.to_owned(), side);
        }
        let main = distribution_names().chain(["value"]);
        let one_of: Vec<Value> = main.map(|key| json!({"required": [key]})).collect();
        json!({"type": "object", "additionalProperties": false, "properties": properties, "oneOf": one_of})
    }

    fn described(&mut self, description: &str, role: Role) -> Value {
        json!({"description": description, "allOf": [self.amount(role)]})
    }
}

/// What an overlay is laid over: the table of this name at the top of the scenario, where there is one.
fn overlaid(name: &str) -> (Shape, Role) {
    let Shape::Table(document) = shape() else {
        return (Shape::Overlay, Role::Plain);
    };
    let field = document.fields.iter().find(|field| field.name == name);
    field.map_or((Shape::Overlay, Role::Plain), |field| (field.shape(), field.role))
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

/// What an argument of a distribution is: of one that draws durations, all but the shapes are.
fn argument(role: Role, name: &str) -> Role {
    match name {
        "shape" | "geometric sd" | "a" | "b" => Role::Plain,
        _ => role,
    }
}

/// A bare number; null where a role takes none.
fn plain(role: Role) -> Value {
    match (role, role.range()) {
        (Role::Duration | Role::Condition, _) => Value::Null,
        (_, Some([least, greatest])) => json!({"type": "number", "minimum": least, "maximum": greatest}),
        (_, None) if role.is_never_negative() => json!({"type": "number", "minimum": 0}),
        (_, None) => json!({"type": "number"}),
    }
}

/// An expression; where a duration is asked for, a number and a word must be a number and a unit.
fn text(role: Role) -> Value {
    if role != Role::Duration {
        return json!({"type": "string"});
    }
    let units: Vec<&str> = UNIT_NAMES.iter().map(|name| name.trim_end_matches('s')).collect();
    let number = r"\s*[0-9][0-9_.]*\s*";
    let pattern = format!(r"^{number}({})s?\s*$|^(?!\s*-?{number}[A-Za-z]+\s*$)", units.join("|"));
    json!({"type": "string", "pattern": pattern})
}

/// What must be there, and nothing else: none where nothing must.
fn required(shape: &Shape) -> Option<Value> {
    match shape {
        Shape::Keyed(entry) => required(entry).map(|entry| json!({"additionalProperties": entry})),
        // Written short, a table has none of its keys.
        Shape::Table(table) if table.short.is_none() => {
            let names: Vec<&str> = table
                .fields
                .iter()
                .filter(|field| field.required)
                .map(|field| field.name)
                .collect();
            let below: Map<String, Value> = table
                .fields
                .iter()
                .filter_map(|field| Some((field.name.to_owned(), required(&field.shape())?)))
                .collect();
            let mut all = Map::new();
            if !names.is_empty() {
                all.insert("required".to_owned(), json!(names));
            }
            if !below.is_empty() {
                all.insert("properties".to_owned(), Value::Object(below));
            }
            (!all.is_empty()).then_some(Value::Object(all))
        }
        _ => None,
    }
}
