//! Checks entities: their names and codes, and what they say of each other.

use std::collections::HashMap;

use crate::id::{EntityId, Id};
use crate::kind::{Document, EntityKind, Kind};
use crate::located::{At, Located};
use crate::problem::Reason;
use crate::record::EntityRecord;
use crate::suggest::{nearest, shown};
use crate::vocabulary;

use super::{Check, Declared};

impl Check {
    pub(super) fn entities(&mut self) {
        for located in std::mem::take(&mut self.input.documents) {
            let record = &located.record;
            self.names(&located, &record.name, &record.aliases, record.iri.as_deref());
            for (key, text) in [
                ("title", &record.title),
                ("author", &record.author),
                ("publisher", &record.publisher),
                ("issued_basis", &record.issued_basis),
                ("url", &record.url),
            ] {
                if let Some(text) = text {
                    self.text(&located, key, text);
                }
            }
            self.declare(record.id.untyped(), Declared::Document(located));
        }
        for located in std::mem::take(&mut self.input.entities) {
            let record = &located.record;
            self.names(&located, &record.name, &record.aliases, record.iri.as_deref());
            self.codes(&located);
            self.declare(record.id.clone(), Declared::Plain(located));
        }
        self.entities.sort_unstable_keys();
        self.twins();
    }

    /// A code belongs to one entity. The fault is with the later source, and in one source with the
    /// later entity in canonical order.
    fn twins(&mut self) {
        let mut known: HashMap<(&'static str, &str), (&EntityId, At)> = HashMap::new();
        let mut found = Vec::new();
        for (id, declared) in &self.entities {
            let Declared::Plain(located) = declared else { continue };
            let record = &located.record;
            let codes = [
                ("iso_alpha2", &record.iso_alpha2),
                ("iso_alpha3", &record.iso_alpha3),
                ("wikidata", &record.wikidata),
            ];
            for (key, code) in codes.into_iter().filter_map(|(key, code)| Some((key, code.as_deref()?))) {
                let new = (id, located.key(key));
                let Some(first) = known.insert((key, code), new) else { continue };
                let (first, second) = if new.1.source < first.1.source { (new, first) } else { (first, new) };
                known.insert((key, code), first);
                let (other, place) = (first.0.clone(), self.place(first.1));
                found.push((second.1, Reason::DuplicateCode { key, code: shown(code), other, first: place }));
            }
        }
        for (at, reason) in found {
            self.problem(at, reason);
        }
    }

    pub(super) fn declare(&mut self, id: EntityId, declared: Declared) {
        match self.entities.get(&id) {
            Some(known) => {
                // Documents are declared before other entities; the fault is with the later source.
                let (known, new) = (known.at(), declared.at());
                let (first, second) = if new.source < known.source { (new, known) } else { (known, new) };
                let first = self.place(first);
                self.problem(second, Reason::DuplicateEntity { id, first });
            }
            None => {
                self.entities.insert(id, declared);
            }
        }
    }

    pub(super) fn names<R>(&mut self, located: &Located<R>, name: &str, aliases: &[Box<str>], iri: Option<&str>) {
        self.text(located, "name", name);
        for alias in aliases {
            self.text(located, "aliases", alias);
        }
        if let Some(iri) = iri.filter(|iri| !vocabulary::is_iri(iri)) {
            self.problem(located.key("iri"), Reason::Iri { given: shown(iri) });
        }
    }

    pub(super) fn codes(&mut self, located: &Located<EntityRecord>) {
        let record = &located.record;
        let kind = record.id.kind();
        let capitals = |code: &str, count| code.len() == count && code.bytes().all(|b| b.is_ascii_uppercase());
        let item = |code: &str| {
            let number = code.strip_prefix('Q').unwrap_or_default();
            !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
        };
        for (key, code, is_good, example) in [
            ("iso_alpha2", &record.iso_alpha2, &(|code: &str| capitals(code, 2)) as &dyn Fn(&str) -> bool, "NZ"),
            ("iso_alpha3", &record.iso_alpha3, &|code: &str| capitals(code, 3), "NZL"),
            ("wikidata", &record.wikidata, &item, "Q664"),
        ] {
            let Some(code) = code else { continue };
            if key != "wikidata" && kind != Kind::Country {
                self.problem(located.key(key), Reason::NotForKind { key, kind });
            } else if !is_good(code) {
                self.problem(located.key(key), Reason::Code { key, given: shown(code), example });
            }
        }
        match (kind, record.broader.len()) {
            (Kind::Topic, _) | (Kind::Challenge, 1) => {}
            (Kind::Challenge, _) if located.lost("broader") => {}
            (Kind::Challenge, count) => self.problem(located.at, Reason::MainTopic { count }),
            (_, 0) => {}
            _ => self.problem(located.key("broader"), Reason::NotForKind { key: "broader", kind }),
        }
    }

    /// Checks that an entity is there, and suggests the nearest of its kind if it is not.
    pub(super) fn exists<K: EntityKind>(&self, id: &Id<K>) -> Result<(), Reason> {
        if self.entities.contains_key(&id.key())
            || self.input.partial
            || self.input.lost.may_be_entity(id.kind(), id.slug())
        {
            return Ok(());
        }
        let nearest = self.near_entities.of(id.untyped(), |id| {
            let slugs = self.entities.keys().filter(|known| known.kind() == id.kind()).map(EntityId::slug);
            nearest(id.slug(), slugs).map(|slug| format!("{}:{slug}", id.kind()))
        });
        Err(Reason::UnknownEntity { id: id.untyped(), nearest })
    }

    /// The references that entities make to each other.
    pub(super) fn references(&mut self) {
        let mut found = Vec::new();
        for declared in self.entities.values() {
            match declared {
                Declared::Plain(located) => {
                    for (n, topic) in located.record.broader.iter().enumerate() {
                        found.extend(self.exists(topic).err().map(|reason| (located.item("broader", n), reason)));
                    }
                    self.same(located, &located.record.id, &located.record.possibly_same, &mut found);
                }
                Declared::Document(located) => {
                    let record = &located.record;
                    self.same(located, &record.id.untyped(), &record.possibly_same, &mut found);
                    for (n, other) in record.shares_text_with.iter().enumerate() {
                        let at = located.item("shares_text_with", n);
                        if other == &record.id {
                            found.push((at, Reason::Itself { key: "shares_text_with" }));
                        } else {
                            found.extend(self.is_source(other).err().map(|reason| (at, reason)));
                        }
                    }
                }
            }
        }
        for (at, reason) in found {
            self.problem(at, reason);
        }
    }

    pub(super) fn same<R>(
        &self,
        located: &Located<R>,
        id: &EntityId,
        others: &[EntityId],
        found: &mut Vec<(At, Reason)>,
    ) {
        for (n, other) in others.iter().enumerate() {
            let reason = if other == id {
                Some(Reason::Itself { key: "possibly_same" })
            } else if other.kind() != id.kind() {
                Some(Reason::SameOfOtherKind { id: other.clone(), kind: id.kind() })
            } else {
                self.exists(other).err()
            };
            found.extend(reason.map(|reason| (located.item("possibly_same", n), reason)));
        }
    }

    pub(super) fn is_source(&self, id: &Id<Document>) -> Result<(), Reason> {
        self.exists(id)?;
        match self.entities.get(&id.key()) {
            Some(Declared::Plain(_)) => Err(Reason::NotASource { id: id.clone() }),
            _ => Ok(()),
        }
    }

    /// The hierarchy of topics must not lead back to its start.
    pub(super) fn circles(&mut self) {
        let broader: Vec<Vec<usize>> = self
            .entities
            .values()
            .map(|declared| match declared {
                Declared::Plain(located) => {
                    located.record.broader.iter().filter_map(|id| self.entities.get_index_of(&id.key())).collect()
                }
                Declared::Document(_) => Vec::new(),
            })
            .collect();
        // A depth-first walk with a stack of its own; 0 is new, 1 on the current way, 2 done.
        let mut state = vec![0u8; broader.len()];
        let mut circles = Vec::new();
        for start in 0..broader.len() {
            let mut way: Vec<(usize, usize)> = Vec::new();
            if state[start] == 0 {
                state[start] = 1;
                way.push((start, 0));
            }
            while let Some((node, next)) = way.last_mut() {
                let node = *node;
                match broader[node].get(*next) {
                    Some(&to) => {
                        *next += 1;
                        if state[to] == 0 {
                            state[to] = 1;
                            way.push((to, 0));
                        } else if state[to] == 1 {
                            let from = way.iter().position(|(on, _)| *on == to).unwrap_or(0);
                            let names = way[from..].iter().map(|(on, _)| *on).chain([to]);
                            let names: Vec<String> = names
                                .filter_map(|on| self.entities.get_index(on))
                                .map(|(id, _)| format!("`{id}`"))
                                .collect();
                            circles.push((node, names.join(" → ")));
                        }
                    }
                    None => {
                        state[node] = 2;
                        way.pop();
                    }
                }
            }
        }
        for (node, circle) in circles {
            if let Some((_, Declared::Plain(located))) = self.entities.get_index(node) {
                let at = located.key("broader");
                self.problem(at, Reason::BroaderCircle { circle });
            }
        }
    }
}
