//! Dates of year, month or day precision.

use std::fmt;
use std::str::FromStr;

use crate::suggest::shown;

/// A date known to the year, the month or the day: `2025`, `2025-11` or `2025-11-12`.
///
/// The form is level 0 of the [Extended Date/Time Format](https://www.loc.gov/standards/datetime/),
/// years 0000 to 9999 of the proleptic Gregorian calendar. Dates are ordered by their parts, a
/// missing part before all others: `2025` < `2025-01` < `2025-01-01`. That is an order for lists;
/// for questions about time compare [`earliest`](Date::earliest) and [`latest`](Date::latest).
///
/// ```
/// use dn_model::Date;
///
/// let november: Date = "2025-11".parse()?;
/// assert_eq!(november.earliest().to_string(), "2025-11-01");
/// assert_eq!(november.latest().to_string(), "2025-11-30");
/// assert_eq!("2023-02-29".parse::<Date>().unwrap_err().to_string(),
///     "`2023-02-29` is not a date: 2023-02 has 28 days");
/// # Ok::<(), dn_model::ParseDateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    /// 0 where unknown.
    month: u8,
    /// 0 where unknown.
    day: u8,
}

/// How much of a [`Date`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The year.
    Year,
    /// The year and the month.
    Month,
    /// The year, the month and the day.
    Day,
}

impl Date {
    /// The year, from 0 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12, where it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, from 1, where it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// How much is known.
    #[must_use]
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        Date { month: self.month.max(1), day: self.day.max(1), ..self }
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        Date { month, day, ..self }
    }

    /// The day after the last day that it can mean; none after the last of the year 9999.
    #[must_use]
    pub fn next_day(self) -> Option<Date> {
        let Date { year, month, day } = self.latest();
        match (month, day) {
            (12, 31) => (year < 9999).then_some(Date { year: year + 1, month: 1, day: 1 }),
            _ if day == days_in(year, month) => Some(Date { year, month: month + 1, day: 1 }),
            _ => Some(Date { year, month, day: day + 1 }),
        }
    }

    /// The one of these dates that reaches furthest: by the [last day](Self::latest) that each can mean, and
    /// of those of one last day the most precise. What is meant wherever the latest of several dates is
    /// told, such as that as of which something is known. `None` of none.
    ///
    /// ```
    /// use dn_model::Date;
    ///
    /// let dates = ["2025-11-12", "2025-11", "2024"].map(|date| date.parse::<Date>());
    /// assert_eq!(Date::last_of(dates.into_iter().flatten()), Some("2025-11".parse()?));
    /// # Ok::<(), dn_model::ParseDateError>(())
    /// ```
    #[must_use]
    pub fn last_of(dates: impl IntoIterator<Item = Date>) -> Option<Date> {
        dates.into_iter().max_by_key(|date| (date.latest(), *date))
    }

    /// The date with no more than this precision: 2025-11-12 to the year is 2025.
    #[must_use]
    pub fn to_precision(self, precision: Precision) -> Date {
        match precision {
            Precision::Year => Date { month: 0, day: 0, ..self },
            Precision::Month => Date { day: 0, ..self },
            Precision::Day => self,
        }
    }
}

impl Date {
    /// The parts in one number that is ordered as the date is.
    pub(crate) fn to_bits(self) -> u32 {
        u32::from(self.year) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    /// The reverse of [`to_bits`](Self::to_bits).
    pub(crate) fn of_bits(bits: u32) -> Self {
        let [_, _, month, day] = bits.to_be_bytes();
        Date { year: (bits >> 16) as u16, month, day }
    }

    /// Whether these are the [bits](Self::to_bits) of a date.
    pub(crate) fn is_bits(bits: u32) -> bool {
        /// The most days that a month can have, by its number; none where no month is known.
        const MOST: [u8; 16] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
        let Date { year, month, day } = Date::of_bits(bits);
        let is_leap = || days_in(year, 2) == 29;
        (year <= 9999) & (month <= 12) & (day <= MOST[usize::from(month & 15)])
            && (month != 2 || day != 29 || is_leap())
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All digits at once: exports write millions of dates.
        let digit = |n: u16| b'0' + (n % 10) as u8;
        let [y, m, d] = [self.year, u16::from(self.month), u16::from(self.day)];
        let text = [
            digit(y / 1000),
            digit(y / 100),
            digit(y / 10),
            digit(y),
            b'-',
            digit(m / 10),
            digit(m),
            b'-',
            digit(d / 10),
            digit(d),
        ];
        let end = match self.precision() {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        f.write_str(std::str::from_utf8(&text[..end]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a date of a form that is read here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseDateError {
    /// Not four digits, optionally followed by two and two.
    #[error("`{given}` is not a date of the form 2025, 2025-11 or 2025-11-12")]
    Form {
        /// What was given.
        given: String,
    },
    /// A month other than 01 to 12.
    #[error("`{given}` is not a date: there is no month {month:02}")]
    Month {
        /// What was given.
        given: String,
        /// The month in it.
        month: u8,
    },
    /// A day that the month does not have.
    #[error("`{given}` is not a date: {year:04}-{month:02} has {days} days")]
    Day {
        /// What was given.
        given: String,
        /// The year in it.
        year: u16,
        /// The month in it.
        month: u8,
        /// The number of days of that month.
        days: u8,
    },
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseDateError::Form { given: shown(text) };
        let digits = |part: &str, count: usize| {
            (part.len() == count && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).ok_or_else(refused)?;
        // Two digits at most, so the conversions below keep every value.
        let mut two = || parts.next().map(|part| digits(part, 2).map(|n| n as u8).ok_or_else(refused)).transpose();
        let (month, day) = (two()?, two()?);
        if parts.next().is_some() {
            return Err(refused());
        }
        if let Some(month) = month.filter(|month| !(1..=12).contains(month)) {
            return Err(ParseDateError::Month { given: shown(text), month });
        }
        if let (Some(month), Some(day)) = (month, day) {
            let days = days_in(year, month);
            if !(1..=days).contains(&day) {
                return Err(ParseDateError::Day { given: shown(text), year, month, days });
            }
        }
        Ok(Date { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }
}

/// The end of the time for which a claim holds: a date, or open, written `..`.
///
/// Open says that the source shows it to go on; an end that is not known is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// It ended on this date.
    On(Date),
    /// It goes on.
    Open,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::On(date) => date.fmt(f),
            End::Open => f.write_str(".."),
        }
    }
}

impl FromStr for End {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == ".." { Ok(End::Open) } else { text.parse().map(End::On) }
    }
}

crate::wire::string_on_the_wire! { Date End }

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn bounds_follow_the_calendar() {
        for (text, earliest, latest) in [
            ("2025", "2025-01-01", "2025-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("1900-02", "1900-02-01", "1900-02-28"),
            ("2000-02", "2000-02-01", "2000-02-29"),
            ("2025-11-12", "2025-11-12", "2025-11-12"),
        ] {
            assert_eq!((date(text).earliest(), date(text).latest()), (date(earliest), date(latest)));
        }
    }

    #[test]
    fn the_next_day_is_that_after_the_last() {
        for (text, next) in [
            ("2025-11-12", "2025-11-13"),
            ("2025-11-30", "2025-12-01"),
            ("2024-02-28", "2024-02-29"),
            ("2023-02", "2023-03-01"),
            ("2024", "2025-01-01"),
        ] {
            assert_eq!(date(text).next_day(), Some(date(next)));
        }
        assert_eq!(date("9999").next_day(), None);
        assert_eq!(date("2025-11-12").to_precision(Precision::Month), date("2025-11"));
        assert_eq!(date("2025").to_precision(Precision::Day), date("2025"));
    }

    /// All bits of two bytes for month and day, in a common year and in leap years of each sort.
    #[test]
    fn bits_are_those_of_dates_that_can_be_written() {
        for year in [0, 1900, 2000, 2023, 2024, 9999, 10_000, 65_535] {
            for rest in 0..=u32::from(u16::MAX) {
                let bits = year << 16 | rest;
                let is_date = Date::of_bits(bits).to_string().parse() == Ok(Date::of_bits(bits));
                assert_eq!(Date::is_bits(bits), is_date, "{bits:x}");
                assert_eq!(Date::of_bits(bits).to_bits(), bits);
            }
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "25", "20250", "2025-1", "2025-11-1", "2025-11-12-01", "2025/11", "+2025", "2025-", "２０２５"]
        {
            assert_eq!(
                text.parse::<Date>().unwrap_err().to_string(),
                format!("`{text}` is not a date of the form 2025, 2025-11 or 2025-11-12")
            );
        }
        assert_eq!("2025-13".parse::<Date>().unwrap_err().to_string(), "`2025-13` is not a date: there is no month 13");
        assert_eq!(
            "2025-11-31".parse::<Date>().unwrap_err().to_string(),
            "`2025-11-31` is not a date: 2025-11 has 30 days"
        );
    }

    #[test]
    fn a_list_puts_the_vaguer_date_first() {
        let mut dates = ["2025-01-01", "2025", "2024-12", "2025-01"].map(date);
        dates.sort();
        assert_eq!(dates.map(|d| d.to_string()), ["2024-12", "2025", "2025-01", "2025-01-01"]);
    }
}
