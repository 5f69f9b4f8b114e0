//! Checks entities: their names and codes, and what they say of each other.

use std::collections::HashMap;

use crate::columns::{EntityIndex, short};
use crate::kind::Kind;
use crate::located::{At, Place};
use crate::problem::Reason;
use crate::suggest::{nearest, shown};
use crate::vocabulary;

use super::circles::{circles, shown_circle};
use super::{Check, Declared, text_fault};

impl Check {
    pub(super) fn entities(&mut self) {
        self.declared = vec![Declared::Nothing; self.draft.ids.len()];
        let documents = std::mem::take(&mut self.draft.documents);
        for located in &documents {
            let record = &located.record;
            self.names(located, &record.name, record.aliases.iter().map(AsRef::as_ref), record.iri.as_deref());
            for (key, text) in [
                ("title", &record.title),
                ("author", &record.author),
                ("publisher", &record.publisher),
                ("issued_basis", &record.issued_basis),
                ("url", &record.url),
            ] {
                if let Some(text) = text {
                    self.text(located, key, text);
                }
            }
        }
        self.draft.documents = documents;
        for n in 0..self.draft.documents.len() {
            let id = &self.draft.documents[n].record.id;
            let id = self.draft.ids.add_id(id);
            self.declare(id, Declared::Document(short(n)));
        }
        let mut found = Vec::new();
        for n in 0..self.draft.entities.ids.len() {
            self.entity(n, &mut found);
            found.drain(..).for_each(|(at, reason)| self.problem(at, reason));
            self.declare(self.draft.entities.ids[n], Declared::Plain(short(n)));
        }
        self.rank();
        self.twins();
    }

    fn entity(&self, n: usize, found: &mut Vec<(At, Reason)>) {
        let (entities, texts) = (&self.draft.entities, &self.draft.texts);
        let place = entities.places.row(n);
        found.extend(text_fault(&place, "name", texts.get(entities.names[n])));
        let row = short(n);
        for alias in entities.aliases.of(row) {
            found.extend(text_fault(&place, "aliases", texts.get(*alias)));
        }
        let iri = entities.iris.first(row).map(|iri| texts.get(iri));
        if let Some(iri) = iri.filter(|iri| !vocabulary::is_iri(iri)) {
            found.push((place.key("iri"), Reason::Iri { given: shown(iri) }));
        }
        self.codes(n, found);
    }

    /// The ids that are declared, in canonical order.
    fn rank(&mut self) {
        let ids = &self.draft.ids;
        let declared = (0..ids.len()).filter(|n| self.declared[*n] != Declared::Nothing).map(EntityIndex::new);
        self.order = declared.collect();
        self.order.sort_unstable_by(|a, b| (ids.kind(*a), ids.slug(*a)).cmp(&(ids.kind(*b), ids.slug(*b))));
        self.ranks = vec![u32::MAX; ids.len()];
        for (rank, id) in self.order.iter().enumerate() {
            self.ranks[id.get()] = short(rank);
        }
    }

    /// A code belongs to one entity. The fault is with the later source, and in one source with the
    /// later entity in canonical order.
    fn twins(&mut self) {
        let (entities, texts) = (&self.draft.entities, &self.draft.texts);
        let mut found = Vec::new();
        for (key, column) in [
            ("iso_alpha2", &entities.iso_alpha2),
            ("iso_alpha3", &entities.iso_alpha3),
            ("wikidata", &entities.wikidata),
        ] {
            let mut codes: Vec<(u32, u32, _)> = column
                .iter()
                .filter(|(n, _)| self.declared[entities.ids[*n as usize].get()] == Declared::Plain(*n))
                .map(|(n, code)| (self.ranks[entities.ids[n as usize].get()], n, code))
                .collect();
            codes.sort_unstable();
            let mut known = HashMap::new();
            for (_, n, code) in codes {
                let new = (entities.ids[n as usize], entities.places.row(n as usize).key(key));
                let Some(first) = known.insert(code, new) else { continue };
                let (first, second) = if new.1.source < first.1.source { (new, first) } else { (first, new) };
                known.insert(code, first);
                let (other, place) = (self.draft.ids.id(first.0), self.place(first.1));
                found
                    .push((second.1, Reason::DuplicateCode { key, code: shown(texts.get(code)), other, first: place }));
            }
        }
        for (at, reason) in found {
            self.problem(at, reason);
        }
    }

    fn declaration(&self, declared: Declared) -> At {
        match declared {
            Declared::Nothing => At::default(),
            Declared::Plain(n) => self.draft.entities.places.row(n as usize).key("id"),
            Declared::Document(n) => self.draft.documents[n as usize].key("id"),
        }
    }

    fn declare(&mut self, id: EntityIndex, new: Declared) {
        match self.declared[id.get()] {
            Declared::Nothing => self.declared[id.get()] = new,
            known => {
                // Documents are declared before other entities; the fault is with the later source.
                let (known, new) = (self.declaration(known), self.declaration(new));
                let (first, second) = if new.source < known.source { (new, known) } else { (known, new) };
                let first = self.place(first);
                self.problem(second, Reason::DuplicateEntity { id: self.draft.ids.id(id), first });
            }
        }
    }

    fn names<'a>(&mut self, place: &impl Place, name: &str, aliases: impl Iterator<Item = &'a str>, iri: Option<&str>) {
        self.text(place, "name", name);
        for alias in aliases {
            self.text(place, "aliases", alias);
        }
        if let Some(iri) = iri.filter(|iri| !vocabulary::is_iri(iri)) {
            self.problem(place.key("iri"), Reason::Iri { given: shown(iri) });
        }
    }

    fn codes(&self, n: usize, found: &mut Vec<(At, Reason)>) {
        let (entities, texts, row) = (&self.draft.entities, &self.draft.texts, short(n));
        let kind = self.draft.ids.kind(entities.ids[n]);
        let place = entities.places.row(n);
        let capitals = |code: &str, count| code.len() == count && code.bytes().all(|b| b.is_ascii_uppercase());
        let item = |code: &str| {
            let number = code.strip_prefix('Q').unwrap_or_default();
            !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
        };
        for (key, column, is_good, example) in [
            ("iso_alpha2", &entities.iso_alpha2, &(|code: &str| capitals(code, 2)) as &dyn Fn(&str) -> bool, "NZ"),
            ("iso_alpha3", &entities.iso_alpha3, &|code: &str| capitals(code, 3), "NZL"),
            ("wikidata", &entities.wikidata, &item, "Q664"),
        ] {
            let Some(code) = column.first(row).map(|code| texts.get(code)) else { continue };
            if key != "wikidata" && kind != Kind::Country {
                found.push((place.key(key), Reason::NotForKind { key, kind }));
            } else if !is_good(code) {
                found.push((place.key(key), Reason::Code { key, given: shown(code), example }));
            }
        }
        match (kind, entities.broader.of(row).len()) {
            (Kind::Topic, _) | (Kind::Challenge, 1) => {}
            (Kind::Challenge, _) if place.lost("broader") => {}
            (Kind::Challenge, count) => found.push((place.at(), Reason::MainTopic { count })),
            (_, 0) => {}
            _ => found.push((place.key("broader"), Reason::NotForKind { key: "broader", kind })),
        }
    }

    /// Checks that an entity is there, and suggests the nearest of its kind if it is not.
    pub(super) fn exists(&self, id: EntityIndex) -> Result<(), Reason> {
        if self.declared[id.get()] != Declared::Nothing || self.draft.partial {
            return Ok(());
        }
        let ids = &self.draft.ids;
        if self.draft.lost.may_be_entity(ids.kind(id), ids.slug(id)) {
            return Ok(());
        }
        let nearest = self.near_entities.of(ids.id(id), |id| {
            let known = self.order.iter().filter(|known| ids.kind(**known) == id.kind());
            let slugs = known.map(|known| ids.slug(*known));
            nearest(id.slug(), slugs).map(|slug| format!("{}:{slug}", id.kind()))
        });
        Err(Reason::UnknownEntity { id: ids.id(id), nearest })
    }

    /// The references that entities make to each other.
    pub(super) fn references(&mut self) {
        let mut found = Vec::new();
        let (entities, ids) = (&self.draft.entities, &self.draft.ids);
        // Which item of its list each one is: the rows come in order.
        let mut item = (u32::MAX, 0);
        let mut nth = |n: u32| {
            item = if item.0 == n { (n, item.1 + 1) } else { (n, 0) };
            item.1
        };
        for (n, topic) in entities.broader.iter() {
            let place = entities.places.row(n as usize);
            let item = nth(n);
            found.extend(self.exists(topic).err().map(|reason| (place.item("broader", item), reason)));
        }
        nth(u32::MAX);
        for (n, other) in entities.possibly_same.iter() {
            let place = entities.places.row(n as usize);
            let at = place.item("possibly_same", nth(n));
            found.extend(self.same(entities.ids[n as usize], other).map(|reason| (at, reason)));
        }
        for located in &self.draft.documents {
            let record = &located.record;
            let Some(id) = ids.find(Kind::Document, record.id.slug()) else { continue };
            for (n, other) in record.possibly_same.iter().enumerate() {
                let fault = ids.find(other.kind(), other.slug()).and_then(|other| self.same(id, other));
                found.extend(fault.map(|reason| (located.item("possibly_same", n), reason)));
            }
            for (n, other) in record.shares_text_with.iter().enumerate() {
                let at = located.item("shares_text_with", n);
                if other == &record.id {
                    found.push((at, Reason::Itself { key: "shares_text_with" }));
                } else if let Some(other) = ids.find(other.kind(), other.slug()) {
                    found.extend(self.is_source(other).err().map(|reason| (at, reason)));
                }
            }
        }
        for (at, reason) in found {
            self.problem(at, reason);
        }
    }

    fn same(&self, id: EntityIndex, other: EntityIndex) -> Option<Reason> {
        let kind = self.draft.ids.kind(id);
        if other == id {
            Some(Reason::Itself { key: "possibly_same" })
        } else if self.draft.ids.kind(other) != kind {
            Some(Reason::SameOfOtherKind { id: self.draft.ids.id(other), kind })
        } else {
            self.exists(other).err()
        }
    }

    pub(super) fn is_source(&self, id: EntityIndex) -> Result<(), Reason> {
        self.exists(id)?;
        match (self.declared[id.get()], self.draft.ids.id(id).typed()) {
            (Declared::Plain(_), Some(id)) => Err(Reason::NotASource { id }),
            _ => Ok(()),
        }
    }

    /// The hierarchy of topics must not lead back to its start.
    pub(super) fn circles(&mut self) {
        let entities = &self.draft.entities;
        // Only what is declared counts, by its position in canonical order.
        let mut broader: Vec<(u32, u32, u32)> = Vec::new();
        for (n, topic) in entities.broader.iter() {
            let id = entities.ids[n as usize];
            let above = self.ranks[topic.get()];
            if self.declared[id.get()] == Declared::Plain(n) && above != u32::MAX {
                broader.push((self.ranks[id.get()], n, above));
            }
        }
        // Stable: the topics of one entity stay in the order in which they are written.
        broader.sort_by_key(|(rank, ..)| *rank);
        let of = |node: u32| {
            let start = broader.partition_point(|(rank, ..)| *rank < node);
            let count = broader[start..].iter().take_while(|(rank, ..)| *rank == node).count();
            &broader[start..start + count]
        };
        let next = |node: u32, n: usize| of(node).get(n).map(|&(_, row, to)| (row, to));
        let found = circles(self.order.len(), broader.iter().map(|(start, ..)| *start), next);
        let circles: Vec<(At, String)> = found
            .into_iter()
            .map(|(row, circle)| {
                let names = circle.iter().map(|on| self.draft.ids.id(self.order[*on as usize]));
                (entities.places.row(row as usize).key("broader"), shown_circle(names))
            })
            .collect();
        for (at, circle) in circles {
            self.problem(at, Reason::BroaderCircle { circle });
        }
    }
}
