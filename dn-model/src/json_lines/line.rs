//! A line as it should be, borrowed from its text.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::columns::{EntityIndex, Inferred, TextIndex, short};
use crate::date::{Date, End};
use crate::digest::Digest;
use crate::draft::{Draft, NewClaim, NewSet};
use crate::id::{split, split_passage};
use crate::kind::Kind;
use crate::located::At;
use crate::record::{Part, Scope, Stage, Standing};

/// A string, borrowed where it holds no escape.
pub(super) struct Text<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Strings;
        impl<'de> Visitor<'de> for Strings {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Strings)
    }
}

/// One string or several.
#[derive(Default)]
struct Texts<'t>(Vec<Text<'t>>);

impl<'de> Deserialize<'de> for Texts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Several;
        impl<'de> Visitor<'de> for Several {
            type Value = Texts<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Texts<'de>, E> {
                Ok(Texts(vec![Text(Cow::Borrowed(text))]))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Texts<'de>, E> {
                Ok(Texts(vec![Text(Cow::Owned(text.to_owned()))]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Texts<'de>, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(Several)
    }
}

/// Declares the keys of lines once: the struct, its reading, and a bit for each key.
macro_rules! keys {
    ($($key:ident: $type:ty,)*) => {
        /// A line with the keys of claims, passages and entities, each at most once.
        #[derive(Default)]
        pub(super) struct Line<'t> {
            /// The bits of the keys that are there.
            seen: u64,
            $($key: Option<$type>,)*
        }

        #[derive(Clone, Copy, Deserialize)]
        #[serde(field_identifier, rename_all = "snake_case")]
        #[allow(non_camel_case_types)]
        enum Key { $($key,)* }

        impl<'de> Deserialize<'de> for Line<'de> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Lines;
                impl<'de> Visitor<'de> for Lines {
                    type Value = Line<'de>;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Line<'de>, A::Error> {
                        let mut line = Line::default();
                        while let Some(key) = entries.next_key::<Key>()? {
                            let bit = 1 << key as u64;
                            if line.seen & bit != 0 {
                                return Err(A::Error::custom("a key stands there twice"));
                            }
                            line.seen |= bit;
                            match key {
                                $(Key::$key => line.$key = entries.next_value()?,)*
                            }
                        }
                        Ok(line)
                    }
                }
                deserializer.deserialize_map(Lines)
            }
        }
    };
}

keys! {
    record: Text<'t>,
    passage: Text<'t>,
    subject: Text<'t>,
    relation: Text<'t>,
    object: Text<'t>,
    value: &'t RawValue,
    standing: Text<'t>,
    from: Text<'t>,
    to: Text<'t>,
    as_of: Text<'t>,
    said_at: Text<'t>,
    said_by: Texts<'t>,
    on: Texts<'t>,
    role: Text<'t>,
    stage: Text<'t>,
    scope: Text<'t>,
    inferred: Texts<'t>,
    note: Text<'t>,
    document: Text<'t>,
    position: u32,
    heading: Text<'t>,
    sha256: Text<'t>,
    no_claims: Text<'t>,
    id: Text<'t>,
    name: Text<'t>,
    aliases: Texts<'t>,
    iso_alpha2: Text<'t>,
    iso_alpha3: Text<'t>,
    wikidata: Text<'t>,
    broader: Texts<'t>,
    possibly_same: Texts<'t>,
    iri: Text<'t>,
}

/// What is kept from one line for the next: room for lists, and what neighbors often have in common.
#[derive(Default)]
pub(super) struct Memory {
    said_by: Vec<EntityIndex>,
    on: Vec<EntityIndex>,
    passage: (String, u32),
    said_at: (String, EntityIndex),
}

/// The bits of these keys.
macro_rules! bits {
    ($($key:ident)*) => { 0 $(| 1 << Key::$key as u64)* };
}

const CLAIM: u64 = bits! {
    record passage subject relation object value standing from to as_of said_at said_by on role stage scope inferred
    note
};
const PASSAGE: u64 = bits! { record document position heading sha256 no_claims said_at said_by as_of };
const ENTITY: u64 = bits! { record id name aliases iso_alpha2 iso_alpha3 wikidata broader possibly_same iri };

/// The text under a key, parsed; `None` in the outer option where it cannot be.
fn parsed<T: std::str::FromStr>(text: &Option<Text<'_>>) -> Option<Option<T>> {
    text.as_ref().map(|text| text.0.parse().ok()).map_or(Some(None), |parsed| parsed.map(Some))
}

fn entity(draft: &mut Draft, text: &Text<'_>) -> Option<EntityIndex> {
    let (kind, slug) = split(&text.0)?;
    Some(draft.ids.add(kind, slug))
}

fn entities(draft: &mut Draft, texts: &Option<Texts<'_>>, list: &mut Vec<EntityIndex>) -> Option<()> {
    list.clear();
    for text in texts.iter().flat_map(|texts| &texts.0) {
        list.push(entity(draft, text)?);
    }
    Some(())
}

impl Line<'_> {
    /// Takes the line in; `None` where it is not as it should be, or not of a sort that is read here.
    /// Ids and texts may have been noted then, which does no harm.
    pub(super) fn stage(&self, draft: &mut Draft, at: At, memory: &mut Memory) -> Option<()> {
        match &*self.record.as_ref()?.0 {
            "claim" if self.seen & !CLAIM == 0 => self.claim(draft, at, memory),
            "passage" if self.seen & !PASSAGE == 0 => self.passage(draft, at, memory),
            "entity" if self.seen & !ENTITY == 0 => self.entity(draft, at),
            _ => None,
        }
    }

    fn said_at(&self, draft: &mut Draft, last: &mut (String, EntityIndex)) -> Option<Option<EntityIndex>> {
        let Some(event) = &self.said_at else { return Some(None) };
        if last.0 != event.0 {
            let index = entity(draft, event)?;
            last.0.clear();
            last.0.push_str(&event.0);
            last.1 = index;
        }
        Some(Some(last.1))
    }

    fn spot(&self, draft: &mut Draft, last: &mut (String, u32)) -> Option<u32> {
        let text = &*self.passage.as_ref()?.0;
        if last.0 != text {
            let (document, position) = split_passage(text)?;
            let document = draft.ids.add(Kind::Document, document);
            last.1 = draft.spots.add(document, position);
            last.0.clear();
            last.0.push_str(text);
        }
        Some(last.1)
    }

    fn claim(&self, draft: &mut Draft, at: At, memory: &mut Memory) -> Option<()> {
        let spot = self.spot(draft, &mut memory.passage)?;
        let (from, to): (Option<Date>, Option<End>) = (parsed(&self.from)?, parsed(&self.to)?);
        let mut inferred = Inferred::default();
        for part in self.inferred.iter().flat_map(|parts| &parts.0) {
            inferred.0 |= Inferred::of(&[part.0.parse::<Part>().ok()?]).0;
        }
        let ends_before = matches!((from, to), (Some(from), Some(End::On(to))) if to.latest() < from.earliest());
        let absent = |part, is_absent: bool| is_absent && inferred.0 & Inferred::of(&[part]).0 != 0;
        if ends_before
            || inferred.0 != 0 && self.note.is_none()
            || absent(Part::From, from.is_none())
            || absent(Part::To, to.is_none())
        {
            return None;
        }
        let value = match self.value {
            None => None,
            Some(raw) if raw.get().starts_with('"') => {
                let text: Text<'_> = serde_json::from_str(raw.get()).ok()?;
                Some(draft.texts.add(&text.0))
            }
            // A number, in its written form.
            Some(raw) if raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                Some(draft.texts.add(raw.get()))
            }
            Some(_) => return None,
        };
        entities(draft, &self.said_by, &mut memory.said_by)?;
        entities(draft, &self.on, &mut memory.on)?;
        // A qualifier of another kind than topics is told where kinds are: `on` takes nothing else.
        if memory.on.iter().any(|topic| draft.ids.kind(*topic) != Kind::Topic) {
            return None;
        }
        let set = NewSet {
            standing: parsed::<Standing>(&self.standing)?.unwrap_or_default(),
            stage: parsed::<Stage>(&self.stage)?,
            scope: parsed::<Scope>(&self.scope)?,
            inferred,
            from,
            to,
            as_of: parsed(&self.as_of)?,
            said_at: self.said_at(draft, &mut memory.said_at)?,
            said_by: &memory.said_by,
            on: &memory.on,
            role: self.role.as_ref().map(|role| draft.texts.add(&role.0)),
        };
        let set = draft.set(&set);
        let object = self.object.as_ref().map_or(Some(None), |object| entity(draft, object).map(Some))?;
        let claim = NewClaim {
            spot,
            subject: entity(draft, self.subject.as_ref()?)?,
            relation: draft.texts.add(&self.relation.as_ref()?.0),
            object,
            value,
            set,
            note: self.note.as_ref().map(|note| draft.texts.add(&note.0)),
        };
        draft.new_claim(&claim, at, None);
        Some(())
    }

    fn passage(&self, draft: &mut Draft, at: At, memory: &mut Memory) -> Option<()> {
        let (Kind::Document, slug) = split(&self.document.as_ref()?.0)? else { return None };
        let position = self.position.filter(|position| *position > 0)?;
        let sha256: Digest = self.sha256.as_ref()?.0.parse().ok()?;
        entities(draft, &self.said_by, &mut memory.said_by)?;
        let defaults = NewSet {
            as_of: parsed(&self.as_of)?,
            said_at: self.said_at(draft, &mut memory.said_at)?,
            said_by: &memory.said_by,
            ..NewSet::default()
        };
        let defaults = draft.set(&defaults);
        let document = draft.ids.add(Kind::Document, slug);
        let spot = draft.spots.add(document, position);
        let mut text = |text: &Option<Text<'_>>| text.as_ref().map(|text| draft.texts.add(&text.0));
        let (heading, no_claims) = (text(&self.heading), text(&self.no_claims));
        draft.new_passage(spot, heading, sha256, no_claims, defaults, at, None);
        Some(())
    }

    fn entity(&self, draft: &mut Draft, at: At) -> Option<()> {
        let id = entity(draft, self.id.as_ref()?)?;
        let name = &self.name.as_ref()?.0;
        let (mut broader, mut possibly_same) = (Vec::new(), Vec::new());
        entities(draft, &self.broader, &mut broader)?;
        entities(draft, &self.possibly_same, &mut possibly_same)?;
        if broader.iter().any(|topic| draft.ids.kind(*topic) != Kind::Topic) {
            return None;
        }
        let Draft { texts, entities, .. } = draft;
        let n = short(entities.ids.len());
        entities.ids.push(id);
        entities.names.push(texts.add(name));
        for alias in self.aliases.iter().flat_map(|aliases| &aliases.0) {
            entities.aliases.push(n, texts.add(&alias.0));
        }
        let mut optional =
            |text: &Option<Text<'_>>| -> Option<TextIndex> { text.as_ref().map(|text| texts.add(&text.0)) };
        for (column, text) in [
            (&mut entities.iso_alpha2, optional(&self.iso_alpha2)),
            (&mut entities.iso_alpha3, optional(&self.iso_alpha3)),
            (&mut entities.wikidata, optional(&self.wikidata)),
            (&mut entities.iris, optional(&self.iri)),
        ] {
            if let Some(text) = text {
                column.push(n, text);
            }
        }
        broader.into_iter().for_each(|topic| entities.broader.push(n, topic));
        possibly_same.into_iter().for_each(|twin| entities.possibly_same.push(n, twin));
        entities.places.push(at, None);
        Some(())
    }
}
