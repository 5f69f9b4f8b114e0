//! One value of a row.

use std::borrow::Cow;

use oxigraph::model::NamedNode;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Fault, Why};
use crate::answer::AnswerTerm;
use crate::iri::{Base, Short};
use crate::terms::{kebab_case, xsd};
use dn_model::suggest::shown;

/// One value of a row.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub(super) base: &'r Base,
    pub(super) variable: &'r str,
    pub(super) term: Option<AnswerTerm<'r>>,
    pub(super) scratch: &'r Scratch,
}

/// Where texts are put together that are only looked at: one memory for all rows.
pub(super) type Scratch = std::cell::Cell<String>;

impl<'r> Cell<'r> {
    fn short(&self) -> Option<Short<'r>> {
        Some(match self.term? {
            AnswerTerm::Iri(iri) => self.base.short(iri),
            AnswerTerm::Literal(text, _) | AnswerTerm::Tagged(text, _) => Short::Plain(text),
            AnswerTerm::Blank(node) => Short::Prefixed("_", node),
        })
    }

    fn text(&self) -> Option<Cow<'r, str>> {
        self.short().map(Cow::from)
    }

    fn mismatch(&self, expected: &str) -> Fault {
        let found = match self.term {
            None => "nothing".to_owned(),
            Some(AnswerTerm::Tagged(text, _)) => format!("\"{}\"", shown(text)),
            Some(AnswerTerm::Literal(text, datatype)) if datatype == xsd::STRING.as_str() => {
                format!("\"{}\"", shown(text))
            }
            Some(_) => shown(&self.text().unwrap_or_default()),
        };
        Fault::new(Why::Type { expected: expected.to_owned(), found }).of(self.variable)
    }

    /// Says of a mismatch that serde found what the value is, in the words used here.
    fn retell(&self, fault: Fault) -> Fault {
        match fault.reason {
            Why::Type { expected, .. } => self.mismatch(&expected),
            reason => Fault { variable: fault.variable, reason }.of(self.variable),
        }
    }

    /// The value of an `xsd:boolean`, if it is written as one.
    fn boolean(&self) -> Option<bool> {
        match self.term {
            Some(AnswerTerm::Literal(text, datatype)) if datatype == xsd::BOOLEAN.as_str() => match text {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    fn number<T: std::str::FromStr>(&self, expected: &str) -> Result<T, Fault> {
        let parsed = match self.term {
            Some(AnswerTerm::Literal(text, _) | AnswerTerm::Tagged(text, _)) => text.parse().ok(),
            _ => None,
        };
        parsed.ok_or_else(|| self.mismatch(expected))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit(self.number::<$type>(stringify!($type))?).map_err(|fault| self.retell(fault))
        }
    )*};
}

impl<'de> Deserializer<'de> for Cell<'_> {
    type Error = Fault;

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Some(term) = self.term else { return visitor.visit_none().map_err(|fault| self.retell(fault)) };
        let value = term.text();
        let visited = match term.datatype() {
            Some(xsd::BOOLEAN) if self.boolean().is_some() => visitor.visit_bool(self.boolean() == Some(true)),
            Some(xsd::INTEGER) if value.parse::<i64>().is_ok() => visitor.visit_i64(self.number("an integer")?),
            Some(xsd::DECIMAL | xsd::DOUBLE | xsd::FLOAT) if value.parse::<f64>().is_ok() => {
                visitor.visit_f64(self.number("a number")?)
            }
            _ => visitor.visit_str(&self.text().unwrap_or_default()),
        };
        visited.map_err(|fault| self.retell(fault))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.boolean().ok_or_else(|| self.mismatch("bool"))?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let visited = match self.short().ok_or_else(|| self.mismatch("a value"))? {
            Short::Plain(text) => visitor.visit_str(text),
            // Types that parse their text know a class or a standing by its name in the data files.
            Short::Prefixed("dn", local) if local.starts_with(|c: char| c.is_ascii_uppercase()) => {
                visitor.visit_str(&kebab_case(local))
            }
            Short::Prefixed(prefix, local) => {
                let mut text = self.scratch.take();
                text.clear();
                [prefix, ":", local].iter().for_each(|part| text.push_str(part));
                let visited = visitor.visit_str(&text);
                self.scratch.set(text);
                visited
            }
        };
        visited.map_err(|fault| self.retell(fault))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let visited = match self.text().ok_or_else(|| self.mismatch("a value"))? {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        };
        visited.map_err(|fault| self.retell(fault))
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text().unwrap_or_default();
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => visitor.visit_char(letter),
            _ => Err(self.mismatch("a single character")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.term.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.term.is_some() { Err(self.mismatch("nothing")) } else { visitor.visit_unit() }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    /// Enums without fields: by the text, by the last part of a term of the project, or by that in
    /// kebab-case.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let list = || format!("one of {}", variants.join(", "));
        let short = self.short().ok_or_else(|| self.mismatch(&list()))?;
        let text = Cow::from(short);
        let local = match short {
            Short::Prefixed("dn", local) => local,
            _ => &text,
        };
        let named = |name: &str| variants.iter().find(|known| **known == name);
        let known = named(&text).or_else(|| named(local)).or_else(|| named(&kebab_case(local)));
        match known {
            Some(variant) => visitor.visit_enum(Word(variant)).map_err(|fault| fault.of(self.variable)),
            None => Err(self.mismatch(&list())),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Fault> {
        Err(self.mismatch(&format!("the struct {name}, which one value cannot hold")))
    }

    /// The items of a list: the lines of a text, or its words where each is an IRI.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let visited = match self.term {
            None => return Err(self.mismatch("a list")),
            Some(AnswerTerm::Literal(text, _) | AnswerTerm::Tagged(text, _)) => {
                let are_iris = text.split(' ').all(is_iri);
                visitor.visit_seq(Items { cell: self, left: Some(text).filter(|text| !text.is_empty()), are_iris })
            }
            // A list of one.
            Some(_) => visitor.visit_seq(Items { cell: self, left: Some(""), are_iris: false }),
        };
        visited.map_err(|fault| fault.of(self.variable))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(self.mismatch("a map, which one value cannot hold"))
    }

    forward_to_deserialize_any! { bytes byte_buf identifier }
}

/// The items of a text; what is no text is an item itself.
struct Items<'r> {
    cell: Cell<'r>,
    left: Option<&'r str>,
    /// Whether a space is between them, and not the end of a line.
    are_iris: bool,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(left) = self.left else { return Ok(None) };
        let parts = left.split_once(if self.are_iris { ' ' } else { '\n' });
        let (item, rest) = parts.map_or((left, None), |(item, rest)| (item, Some(rest)));
        self.left = rest;
        let term = match self.cell.term {
            Some(AnswerTerm::Iri(_) | AnswerTerm::Blank(_)) => self.cell.term,
            _ if is_iri(item) => Some(AnswerTerm::Iri(item)),
            _ => Some(AnswerTerm::Literal(item, xsd::STRING.as_str())),
        };
        seed.deserialize(Cell { term, ..self.cell }).map(Some)
    }
}

/// Whether an item is an IRI, as `GROUP_CONCAT` writes it.
fn is_iri(text: &str) -> bool {
    text.contains("://") && NamedNode::new(text).is_ok()
}

/// The name of a variant without fields.
struct Word(&'static str);

impl<'de> EnumAccess<'de> for Word {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let name: serde::de::value::StrDeserializer<'_, Fault> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, Fault> {
        Err(Fault::custom(format_args!("the variant {} holds a value, and one value is all there is", self.0)))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Fault> {
        self.newtype_variant_seed(std::marker::PhantomData::<()>).and(Err(Fault::custom("")))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Fault> {
        self.newtype_variant_seed(std::marker::PhantomData::<()>).and(Err(Fault::custom("")))
    }
}
