//! The values that a claim may give its subject.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::date::Date;
use crate::relation::ValueType;
use crate::suggest::shown;

/// A value, borrowed from its dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value<'d> {
    /// Text.
    Text(&'d str),
    /// A number.
    Number(&'d Number),
    /// A date.
    Date(Date),
}

impl<'d> Value<'d> {
    /// Its type.
    #[must_use]
    pub fn value_type(self) -> ValueType {
        match self {
            Value::Text(_) => ValueType::Text,
            Value::Number(_) => ValueType::Number,
            Value::Date(_) => ValueType::Date,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(self) -> Option<&'d str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(self) -> Option<&'d Number> {
        if let Value::Number(number) = self { Some(number) } else { None }
    }

    /// The date, if it is one.
    #[must_use]
    pub fn as_date(self) -> Option<Date> {
        if let Value::Date(date) = self { Some(date) } else { None }
    }
}

impl fmt::Display for Value<'_> {
    /// The written form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Number(number) => number.fmt(f),
            Value::Date(date) => date.fmt(f),
        }
    }
}

/// A whole or decimal number, kept as it is written: `40`, `-3`, `40.50`.
///
/// Two numbers are equal if they are written alike; `40` and `40.0` are two. They are ordered by
/// their value, exactly and whatever their length; of the same value, by their written form.
///
/// ```
/// use dn_model::Number;
///
/// let number: Number = "40.50".parse()?;
/// assert_eq!(number.to_f64(), 40.5);
/// assert_eq!(number.to_string(), "40.50");
/// assert!(!number.is_integer());
/// assert!("9".parse::<Number>()? < "10".parse()?);
/// # Ok::<(), dn_model::ParseNumberError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// The written form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is written without a decimal point: an `xsd:integer`, else an `xsd:decimal`.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        !self.0.contains('.')
    }

    /// The nearest `f64`; infinite where it is too large for one.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // The written form is a subset of what `f64` reads.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Compares the values, digit by digit.
    fn cmp_value(&self, other: &Self) -> Ordering {
        let (negative, magnitude) = self.parts();
        let (other_negative, other_magnitude) = other.parts();
        match (negative, other_negative) {
            (false, false) => magnitude.cmp(&other_magnitude),
            (true, true) => other_magnitude.cmp(&magnitude),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }

    /// Whether it is less than zero, and without its sign, in the order of magnitudes: the number of
    /// digits before the point, these digits, and those behind it, without zeros that say nothing.
    fn parts(&self) -> (bool, (usize, &str, &str)) {
        let unsigned = self.0.strip_prefix('-').unwrap_or(&self.0);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        (self.0.starts_with('-') && !is_zero, (whole.len(), whole, fraction))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cmp_value(other).then_with(|| self.0.cmp(&other.0))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not a number of a form that is read here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a number of the form 40, -3 or 40.5")]
pub struct ParseNumberError {
    given: String,
}

impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if digits(whole) && digits(fraction) {
            Ok(Number(text.into()))
        } else {
            Err(ParseNumberError { given: shown(text) })
        }
    }
}

crate::wire::string_on_the_wire! { Number }

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_ordered_by_value_and_then_as_written() {
        let ordered = [
            "-99999999999999999999999",
            "-10",
            "-9.5",
            "-9.45",
            "-9",
            "-0.1",
            "-0",
            "-0.0",
            "0",
            "0.0",
            "00",
            "0.09",
            "0.1",
            "0.10",
            "9",
            "10",
            "40",
            "40.0",
            "40.05",
            "40.5",
            "100000000000000000000000.1",
            "100000000000000000000000.2",
        ];
        let mut numbers = ordered.map(number);
        numbers.reverse();
        numbers.sort();
        assert_eq!(numbers.each_ref().map(Number::as_str), ordered);
        let (nine, ten) = (number("9"), number("10"));
        assert!(Value::Number(&nine) < Value::Number(&ten));
    }

    proptest! {
        /// Up to four digits behind the point, so that ten thousandths count exactly.
        #[test]
        fn the_order_is_that_of_the_values(a in "-?[0-9]{1,9}(\\.[0-9]{1,4})?", b in "-?[0-9]{1,9}(\\.[0-9]{1,4})?") {
            let scaled = |text: &str| {
                let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
                format!("{whole}{fraction:0<4}").parse::<i64>().unwrap()
            };
            let expected = scaled(&a).cmp(&scaled(&b)).then_with(|| a.cmp(&b));
            prop_assert_eq!(number(&a).cmp(&number(&b)), expected);
            prop_assert_eq!(number(&a) == number(&b), expected.is_eq());
        }
    }

    #[test]
    fn numbers_keep_their_form_and_others_are_refused() {
        for good in ["0", "40", "-3", "40.50", "007", "2000000"] {
            assert_eq!(good.parse::<Number>().unwrap().to_string(), good);
        }
        for bad in ["", "-", "+4", ".5", "5.", "1e3", "NaN", "inf", "1,000", "1_000", "٤"] {
            assert!(bad.parse::<Number>().is_err(), "{bad}");
        }
    }
}
