//! Which attributes the nodes of a file have, found in one pass before it is written.

use dn_model::{Claim, Entity, Relation, ValueType};

use crate::files::account::{Account, Several};
use crate::files::attributes::{Cell, NODE, Type};
use crate::graph::KnowledgeGraph;

/// The attributes that hold values, by relation.
pub(super) struct Columns<'d> {
    pub(super) values: Vec<Column<'d>>,
}

pub(super) struct Column<'d> {
    pub(super) relation: &'d Relation,
    /// That of the relation, unless it means something else in one of the formats.
    pub(super) name: String,
    pub(super) value_type: Type,
}

/// What nodes have of their own in some format, besides [`NODE`].
const RESERVED: [&str; 14] =
    ["id", "label", "x", "y", "z", "pos", "position", "value", "key", "parent", "viz", "source", "class", "group"];

impl<'d> Columns<'d> {
    /// The columns that a graph needs, and what no format carries.
    pub(super) fn new(graph: &KnowledgeGraph<'d>) -> (Self, Account) {
        let dataset = graph.dataset();
        let columns = dataset.columns();
        let relations: Vec<&Relation> = dataset.relations().collect();
        let mut account = Account::default();
        // By relation: whether there is a value, and whether all of them are whole numbers.
        let mut found: Vec<Option<bool>> = vec![None; relations.len()];
        for claim in dataset.claims() {
            let shown = graph.shown(claim.index()).is_some();
            match (claim.is_asserted(), claim.value()) {
                (true, Some(_)) if shown => account.values += 1,
                (true, _) if !shown => account.hidden += 1,
                (false, value) if !shown || value.is_some() => account.not_asserted += 1,
                _ => {}
            }
        }
        for entity in dataset.entities() {
            for (relation, claim) in values(graph, entity) {
                let Some(claim) = claim else {
                    account.several_count += 1;
                    if account.several.len() < 100 {
                        account.several.push(Several { entity: entity.id(), relation: relation.name.clone() });
                    }
                    continue;
                };
                let number = claim.value().and_then(|value| value.as_number());
                let is_whole = number.is_some_and(|number| whole(number.as_str()).is_some());
                let found = &mut found[columns.relation(claim.index()).get()];
                *found = Some(found.unwrap_or(true) && is_whole);
            }
        }
        let mut values: Vec<Column<'d>> = Vec::new();
        for (relation, is_whole) in relations.into_iter().zip(found) {
            let (Some(is_whole), Some(value_type)) = (is_whole, relation.value) else { continue };
            let mut name = relation.name.to_string();
            let is_taken = |name: &str| {
                let is_bound = name.ends_with("_earliest") || name.ends_with("_latest");
                is_bound || RESERVED.contains(&name) || NODE.iter().any(|(known, _)| *known == name)
            };
            while is_taken(&name) || values.iter().any(|column| column.name == name) {
                name.insert_str(0, "value-");
            }
            let value_type = match value_type {
                ValueType::Number if is_whole => Type::Integer,
                ValueType::Number => Type::Real,
                ValueType::Text => Type::Text,
                ValueType::Date => Type::Date,
            };
            values.push(Column { relation, name, value_type });
        }
        let columns = Columns { values };
        for entity in dataset.entities() {
            let differs = |(name, cell): &(&str, Cell<'_>)| match (cell, columns.written(graph, entity, name)) {
                (Cell::Integer(number), Some(written)) => number.to_string() != written,
                (Cell::Real(number), Some(written)) => number.to_string() != written,
                _ => false,
            };
            let mut forms = 0;
            columns.of(graph, entity, |name, cell| forms += u64::from(differs(&(name, cell))));
            account.number_forms += forms;
        }
        account.passages = dataset.passages().len() as u64;
        let is_own = |relation: &&Relation| !Relation::builtin().iter().any(|known| known.name == relation.name);
        account.relations = dataset.relations().filter(is_own).count() as u64;
        account.withdrawn = dataset.withdrawn_claims().len() as u64;
        (columns, account)
    }

    /// The values of an entity that are single, in the order of the columns.
    pub(super) fn of<'c>(
        &'c self,
        graph: &KnowledgeGraph<'d>,
        entity: Entity<'d>,
        mut give: impl FnMut(&'c str, Cell<'d>),
    ) {
        let values = values(graph, entity);
        for column in &self.values {
            let found = values.iter().find(|(relation, _)| relation.name == column.relation.name);
            let Some(value) = found.and_then(|(_, claim)| claim.as_ref()).and_then(|claim| claim.value()) else {
                continue;
            };
            let cell = match (column.value_type, value.as_number(), value.as_date(), value.as_text()) {
                (Type::Integer, Some(number), ..) => whole(number.as_str()).map(Cell::Integer),
                (Type::Real, Some(number), ..) => Some(Cell::Real(number.to_f64())),
                (Type::Date, _, Some(date), _) => Some(Cell::Date(date)),
                (_, _, _, Some(text)) => Some(Cell::from(text)),
                _ => None,
            };
            if let Some(cell) = cell {
                give(&column.name, cell);
            }
        }
    }

    /// How the number of a column is written.
    fn written(&self, graph: &KnowledgeGraph<'d>, entity: Entity<'d>, name: &str) -> Option<String> {
        let column = self.values.iter().find(|column| column.name == name)?;
        let values = values(graph, entity);
        let (_, claim) = values.iter().find(|(relation, _)| relation.name == column.relation.name)?;
        Some(claim.as_ref()?.value()?.as_number()?.to_string())
    }
}

/// The relations that give an entity a value that is asserted and shown, with a claim where all agree.
fn values<'d>(graph: &KnowledgeGraph<'d>, entity: Entity<'d>) -> Vec<(&'d Relation, Option<Claim<'d>>)> {
    let mut values: Vec<(&'d Relation, Option<Claim<'d>>)> = Vec::new();
    let shown = entity.claims().filter(|claim| claim.is_asserted() && claim.value().is_some());
    for claim in shown.filter(|claim| graph.shown(claim.index()).is_some()) {
        match values.iter_mut().find(|(relation, _)| relation.name == claim.relation().name) {
            None => values.push((claim.relation(), Some(claim))),
            Some((_, known)) => *known = known.filter(|known| known.value() == claim.value()),
        }
    }
    values
}

/// The number, where all programs read it without loss: JavaScript's have 53 bits.
fn whole(written: &str) -> Option<i64> {
    written.parse().ok().filter(|number: &i64| number.unsigned_abs() < 1 << 53)
}
