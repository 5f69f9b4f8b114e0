//! What a graph file could not carry.

use std::fmt;

use dn_model::EntityId;

/// What a graph file could not carry, counted.
///
/// Of no dataset with documents is it empty: for all that the claims say there are the
/// RDF exports of `dn-rdf`, its tables, and JSON Lines.
///
/// ```
/// use dn_graph::dn_model::Dataset;
/// use dn_graph::{GraphFormat, KnowledgeGraph};
///
/// let mine = r#"
/// [[entity]]
/// id = "meeting:summit"
/// name = "Summit"
/// [[entity]]
/// id = "topic:wallets"
/// name = "Wallets"
/// [document]
/// id = "document:notes"
/// name = "Notes"
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
/// [[passage]]
/// position = 1
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
/// claims = [
///   { subject = "meeting:summit", relation = "discusses", object = "topic:wallets" },
///   { subject = "meeting:summit", relation = "date", value = "2021-11-18" },
///   { subject = "meeting:summit", relation = "date", value = "2021-11-19" },
/// ]
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let account = KnowledgeGraph::new(&dataset).write_file(GraphFormat::Dot, Vec::new())?;
/// assert_eq!(
///     account.to_string(),
///     "left out: the evidence of 2 values; 1 attribute whose values differ (meeting:summit date); \
///      all but place and heading of 1 passage"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[must_use = "it says what is not in the file"]
pub struct Account {
    /// Asserted claims that give a value: without passage, time, qualifiers and note.
    pub values: u64,
    /// Attributes of which an entity has several values: they are not there. The first hundred of them.
    pub several: Vec<Several>,
    /// The number of all these.
    pub several_count: u64,
    /// Numbers whose written form, such as `40.50`, is not kept.
    pub number_forms: u64,
    /// Claims that are planned, wished, opinions or denied, unless the view shows them.
    pub not_asserted: u64,
    /// Asserted claims that the view hides.
    pub hidden: u64,
    /// Passages: there are their place and heading, where an edge cites them, and not their hash.
    pub passages: u64,
    /// Relations of the dataset's own, without their definition.
    pub relations: u64,
    /// Claims that were withdrawn or corrected.
    pub withdrawn: u64,
    /// Texts with a character that the format cannot hold, for which U+FFFD stands.
    pub characters: u64,
    /// Nodes without a position.
    pub positions: u64,
}

/// An attribute that an entity has more than once, with values that differ. It prints as
/// `meeting:ministerial-summit-2021 date`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Several {
    /// The entity.
    pub entity: EntityId,
    /// The name of the relation.
    pub relation: Box<str>,
}

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.entity, self.relation)
    }
}

impl Account {
    /// Whether nothing was left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Account::default()
    }

    /// As many of the attributes as a line bears, in round brackets.
    fn write_several(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 5;
        for (n, several) in self.several.iter().take(MOST).enumerate() {
            write!(f, "{}{several}", if n == 0 { " (" } else { ", " })?;
        }
        match self.several_count.saturating_sub(MOST as u64) {
            _ if self.several.is_empty() => Ok(()),
            0 => f.write_str(")"),
            more => write!(f, ", and {more} more)"),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing is left out");
        }
        let mut lead = "left out: ";
        for (count, before, one, many) in [
            (self.values, "the evidence of ", "value", "values"),
            (self.several_count, "", "attribute whose values differ", "attributes whose values differ"),
            (self.number_forms, "the written form of ", "number", "numbers"),
            (self.not_asserted, "", "claim that is not asserted", "claims that are not asserted"),
            (self.hidden, "", "claim that the view hides", "claims that the view hides"),
            (self.passages, "all but place and heading of ", "passage", "passages"),
            (self.relations, "the definition of ", "relation", "relations"),
            (self.withdrawn, "", "withdrawn claim", "withdrawn claims"),
            (self.characters, "characters that the format cannot hold, in ", "text", "texts"),
            (self.positions, "the position of ", "node", "nodes"),
        ] {
            if count > 0 {
                write!(f, "{lead}{before}{count} {}", if count == 1 { one } else { many })?;
                if one.starts_with("attribute") {
                    self.write_several(f)?;
                }
                lead = "; ";
            }
        }
        Ok(())
    }
}
