//! Reads a row into a type, through serde.

mod cell;

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};

use cell::{Cell, Scratch};

use crate::answer::Answer;
use crate::error::RowError;
use crate::iri::Base;

/// Reads one row, the `number`th from 1. What the scratch holds does not matter.
pub(crate) fn row<Row: DeserializeOwned>(
    base: &Base,
    answer: &Answer,
    number: usize,
    scratch: &mut String,
) -> Result<Row, RowError> {
    let scratch = Scratch::from_mut(scratch);
    Row::deserialize(RowReader { base, answer, row: number - 1, scratch }).map_err(|fault| {
        let Fault { variable, reason } = fault;
        let variables = || answer.variables.clone();
        match (variable, reason) {
            (Some(variable), Why::Type { expected, found }) => {
                RowError::Value { variable, row: number, expected, found }
            }
            (Some(variable), Why::Other(reason)) => RowError::Refused { variable, row: number, reason },
            (_, Why::Missing(field)) => RowError::MissingVariable { field, variables: variables() },
            (None, Why::Type { expected, found }) => RowError::Shape {
                row: number,
                reason: format!("expected {expected}, found {found}"),
                variables: variables(),
            },
            (None, Why::Other(reason)) => RowError::Shape { row: number, reason, variables: variables() },
        }
    })
}

/// What went wrong, and with which variable.
#[derive(Debug)]
struct Fault {
    variable: Option<String>,
    reason: Why,
}

#[derive(Debug)]
enum Why {
    Type { expected: String, found: String },
    Missing(String),
    Other(String),
}

impl Fault {
    fn new(reason: Why) -> Self {
        Fault { variable: None, reason }
    }

    fn of(mut self, variable: &str) -> Self {
        self.variable.get_or_insert_with(|| variable.to_owned());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Why::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Why::Missing(field) => write!(f, "there is no ?{field}"),
            Why::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault::new(Why::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::new(Why::Type { expected: expected.to_string(), found: found.to_string() })
    }

    fn missing_field(field: &'static str) -> Self {
        Fault::new(Why::Missing(field.to_owned()))
    }
}

#[derive(Clone, Copy)]
struct RowReader<'r> {
    base: &'r Base,
    answer: &'r Answer,
    /// From 0.
    row: usize,
    scratch: &'r Scratch,
}

impl<'r> RowReader<'r> {
    /// The cell of a variable, from 0.
    fn cell(self, variable: usize) -> Option<Cell<'r>> {
        let variables = &self.answer.variables;
        let name = variables.get(variable)?;
        let term = self.answer.cell(self.row * variables.len() + variable);
        Some(Cell { base: self.base, variable: name, term, scratch: self.scratch })
    }

    /// The only cell, for types that are one value.
    fn only(self) -> Result<Cell<'r>, Fault> {
        let cell = self.cell(0).filter(|_| self.answer.variables.len() == 1);
        cell.ok_or_else(|| Fault::custom("a single value takes a query that returns one variable"))
    }
}

/// Types that are one value read the only cell.
macro_rules! single {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let cell = self.only()?;
            cell.$method(visitor).map_err(|fault| fault.of(cell.variable))
        }
    )*};
}

impl<'de> Deserializer<'de> for RowReader<'_> {
    type Error = Fault;

    single! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_option deserialize_identifier
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let cell = self.only()?;
        cell.deserialize_enum(name, variants, visitor).map_err(|fault| fault.of(cell.variable))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Cells { row: self, next: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        if len != self.answer.variables.len() {
            return Err(Fault::custom(format_args!("a tuple of {len} takes a query that returns as many variables")));
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Fields { row: self, next: 0, wanted: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Fields { row: self, next: 0, wanted: Some(fields) })
    }
}

/// The cells of a row in order.
struct Cells<'r> {
    row: RowReader<'r>,
    /// The next variable.
    next: usize,
}

impl<'de> SeqAccess<'de> for Cells<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(cell) = self.row.cell(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(cell).map(Some).map_err(|fault| fault.of(cell.variable))
    }
}

/// The cells of a row by variable.
struct Fields<'r> {
    row: RowReader<'r>,
    /// The variable behind the one whose key was read last.
    next: usize,
    /// The variables that are wanted; `None` for all.
    wanted: Option<&'static [&'static str]>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        for variable in self.row.answer.variables.iter().skip(self.next) {
            self.next += 1;
            if self.wanted.is_none_or(|wanted| wanted.contains(&variable.as_str())) {
                let key: StrDeserializer<'_, Fault> = variable.as_str().into_deserializer();
                return seed.deserialize(key).map(Some).map_err(|fault| fault.of(variable));
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let cell = self.next.checked_sub(1).and_then(|variable| self.row.cell(variable));
        let cell = cell.ok_or_else(|| Fault::custom("a value was asked for before its key"))?;
        seed.deserialize(cell).map_err(|fault| fault.of(cell.variable))
    }
}
