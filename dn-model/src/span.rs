//! The days on which claims hold, of one claim and of several together.

use std::fmt;

use crate::claim::{Claim, Holds};
use crate::date::{Date, End, Precision};

/// Days that follow each other, both ends included; an end that is not there has no limit.
///
/// It prints as in a sentence: `on 2025-11-12`, `in 2021`, `from 2019 to 2020-12-17`, `from 2024 on`,
/// `until 2018`, `at any time`. A year or month stands there for the whole of it.
///
/// ```
/// use dn_model::Days;
///
/// let days = Days::new(Some("2019".parse()?), Some("2020-12-17".parse()?));
/// assert_eq!(days.to_string(), "from 2019 to 2020-12-17");
/// assert!(days.contains("2020-12-17".parse()?));
/// # Ok::<(), dn_model::ParseDateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Days {
    /// To the day, as is the last.
    first: Option<Date>,
    last: Option<Date>,
}

impl Days {
    /// All days.
    pub const ALL: Days = Days { first: None, last: None };

    /// From the first day that one date can mean to the last that the other can; without limit where
    /// there is no date.
    #[must_use]
    pub fn new(from: Option<Date>, to: Option<Date>) -> Self {
        Days { first: from.map(Date::earliest), last: to.map(Date::latest) }
    }

    /// From the first day that one date can mean to the last that the other can.
    #[must_use]
    pub fn between(from: Date, to: Date) -> Self {
        Days::new(Some(from), Some(to))
    }

    /// The first day, to the day; `None` without limit.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        self.first
    }

    /// The last day, to the day; `None` without limit.
    #[must_use]
    pub fn last(self) -> Option<Date> {
        self.last
    }

    /// Whether there is no day: the last one comes before the first.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.first.zip(self.last).is_some_and(|(first, last)| first > last)
    }

    /// Whether this day is one of them. A date of lower precision stands for its first day.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        let day = day.earliest();
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// The days that are in both.
    #[must_use]
    pub fn and(self, other: Days) -> Days {
        let later = |a: Option<Date>, b: Option<Date>| a.max(b);
        let earlier = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Days { first: later(self.first, other.first), last: earlier(self.last, other.last) }
    }

    /// Whether all of these days are among the others.
    fn is_within(self, other: Days) -> bool {
        self.is_empty() || self.and(other) == self
    }

    /// Whether the other, which begins no earlier, overlaps it or begins on the day after.
    fn reaches(self, other: Days) -> bool {
        let Some(last) = self.last else { return true };
        other.first.is_none_or(|first| first <= last || last.next_day() == Some(first))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The shortest date that begins, or ends, on this day.
        let starts = |day: Date| vaguer(day).into_iter().find(|date| date.earliest() == day).unwrap_or(day);
        let ends = |day: Date| vaguer(day).into_iter().find(|date| date.latest() == day).unwrap_or(day);
        match (self.first, self.last) {
            _ if self.is_empty() => f.write_str("on no day"),
            (None, None) => f.write_str("at any time"),
            (Some(first), None) => write!(f, "from {} on", starts(first)),
            (None, Some(last)) => write!(f, "until {}", ends(last)),
            (Some(first), Some(last)) if first == last => write!(f, "on {first}"),
            (Some(first), Some(last)) => {
                let whole = vaguer(first).into_iter().find(|date| date.earliest() == first && date.latest() == last);
                match whole {
                    Some(date) => write!(f, "in {date}"),
                    None => write!(f, "from {} to {}", starts(first), ends(last)),
                }
            }
        }
    }
}

/// The year and the month of a day.
fn vaguer(day: Date) -> [Date; 2] {
    [day.to_precision(Precision::Year), day.to_precision(Precision::Month)]
}

/// On which days something holds, by what the sources tell: not outside of [`possible`](Self::possible),
/// certainly inside of [`certain`](Self::certain), and possibly on the other days.
///
/// That of a claim is [`Claim::span`]; several go together by [`and`](Self::and) and [`or`](Self::or),
/// which answer for every day as [`Claim::holds_on`] does: of both the less certain, of either the more.
/// It prints as part of a sentence: `certainly on 2025-11-12, else possibly from 2024 on`.
///
/// ```
/// use dn_model::{Date, Days, Holds, Span};
///
/// let chair = Span::certainly(Days::between("2021".parse()?, "2021".parse()?));
/// let plan = Span::certainly(Days::between("2022".parse()?, "2022".parse()?));
/// assert!(chair.and(&plan).is_never());
/// assert_eq!(chair.or(&plan).to_string(), "from 2021 to 2022");
/// assert_eq!(chair.holds_on("2022-06-01".parse()?), Holds::No);
/// # Ok::<(), dn_model::ParseDateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Span {
    possible: Vec<Days>,
    certain: Vec<Days>,
}

impl Span {
    /// On no day.
    #[must_use]
    pub fn never() -> Self {
        Span { possible: Vec::new(), certain: Vec::new() }
    }

    /// Certainly on these days, and on no others.
    #[must_use]
    pub fn certainly(days: Days) -> Self {
        Span { possible: joined(vec![days]), certain: joined(vec![days]) }
    }

    /// The days that nothing excludes, in order; between two of the ranges there is at least one day.
    #[must_use]
    pub fn possible(&self) -> &[Days] {
        &self.possible
    }

    /// The days on which it certainly holds, in order, all of them possible; between two of the ranges
    /// there is at least one day.
    #[must_use]
    pub fn certain(&self) -> &[Days] {
        &self.certain
    }

    /// Whether it holds on no day.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.possible.is_empty()
    }

    /// Whether it holds on this day. A date of lower precision stands for its first day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> Holds {
        let is_in = |ranges: &[Days]| ranges.iter().any(|days| days.contains(day));
        match (is_in(&self.possible), is_in(&self.certain)) {
            (false, _) => Holds::No,
            (true, false) => Holds::Possibly,
            (true, true) => Holds::Certainly,
        }
    }

    /// When both hold, in O(m·n) for m and n ranges of days.
    #[must_use]
    pub fn and(&self, other: &Span) -> Span {
        let both = |a: &[Days], b: &[Days]| joined(a.iter().flat_map(|a| b.iter().map(|b| a.and(*b))).collect());
        Span { possible: both(&self.possible, &other.possible), certain: both(&self.certain, &other.certain) }
    }

    /// When one of them holds or both, in O(n log n) for n ranges of days.
    #[must_use]
    pub fn or(&self, other: &Span) -> Span {
        let either = |a: &[Days], b: &[Days]| joined([a, b].concat());
        Span { possible: either(&self.possible, &other.possible), certain: either(&self.certain, &other.certain) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_never() {
            return f.write_str("never");
        }
        if self.certain == self.possible {
            return list(f, &self.certain);
        }
        if !self.certain.is_empty() {
            f.write_str("certainly ")?;
            list(f, &self.certain)?;
            f.write_str(", else ")?;
        }
        f.write_str("possibly ")?;
        list(f, &self.possible)
    }
}

fn list(f: &mut fmt::Formatter<'_>, ranges: &[Days]) -> fmt::Result {
    for (n, days) in ranges.iter().enumerate() {
        write!(f, "{}{days}", if n == 0 { "" } else { " and " })?;
    }
    Ok(())
}

/// In order, empty ones dropped, and what overlaps or follows on the next day made one.
fn joined(mut ranges: Vec<Days>) -> Vec<Days> {
    ranges.retain(|days| !days.is_empty());
    ranges.sort_unstable_by_key(|days| days.first);
    let mut joined: Vec<Days> = Vec::with_capacity(ranges.len());
    for days in ranges {
        match joined.last_mut() {
            Some(before) if before.reaches(days) => {
                before.last = before.last.zip(days.last).map(|(a, b)| a.max(b));
            }
            _ => joined.push(days),
        }
    }
    joined
}

/// What the bounds of a claim come to. The one place that says what they mean.
struct Times {
    possible: Days,
    /// It began on this day at the latest: where that is not told, on that on which it is known to hold.
    latest_start: Option<Date>,
    /// It ended on this day at the earliest, or is known to hold on it.
    earliest_end: Option<Date>,
    /// `as_of`, where it lies within the bounds at all.
    known: Option<Days>,
}

impl Times {
    fn of(claim: Claim<'_>) -> Self {
        let (from, as_of) = (claim.from(), claim.as_of());
        let end = if let Some(End::On(date)) = claim.to() { Some(date) } else { None };
        // Nothing starts after its latest end, or ends before its earliest start.
        let latest_start = from.map(|from| end.map_or(from.latest(), |end| from.latest().min(end.latest())));
        let earliest_end = end.map(|end| from.map_or(end.earliest(), |from| end.earliest().max(from.earliest())));
        let possible = Days::new(from, end);
        // What the source puts outside of the bounds that it gives proves nothing.
        let known = as_of.filter(|as_of| !Days::between(*as_of, *as_of).and(possible).is_empty());
        let day = known.filter(|known| known.precision() == Precision::Day);
        Times {
            possible,
            latest_start: latest_start.or(day),
            earliest_end: earliest_end.or(day),
            known: known.map(|known| Days::between(known, known)),
        }
    }

    /// The days on each of which it certainly holds.
    fn certain(&self) -> impl Iterator<Item = Days> {
        let inner = self.latest_start.zip(self.earliest_end).map(|(start, end)| Days::between(start, end));
        let day = self.known.filter(|known| known.first == known.last);
        let possible = self.possible;
        [day, inner].into_iter().flatten().map(move |days| days.and(possible)).filter(|days| !days.is_empty())
    }

    /// Whether it certainly holds on one of these days at least.
    fn is_certain_within(&self, days: Days) -> bool {
        // It had begun by the last of the days, and had not ended before the first.
        let has_begun = self.latest_start.is_some_and(|start| days.last.is_none_or(|last| start <= last));
        let goes_on = self.earliest_end.is_some_and(|end| days.first.is_none_or(|first| first <= end));
        has_begun && goes_on || self.known.is_some_and(|known| known.is_within(days))
    }
}

impl Claim<'_> {
    /// Whether the claim holds on this day, by what its source tells.
    ///
    /// It does *not* before the earliest start or after the latest end. It *certainly* does on
    /// `as_of`, where that is known to the day, and from the latest start to the earliest end,
    /// `as_of` standing in for a bound that is unknown or open. Else it *possibly* does.
    ///
    /// No start is later than the latest end, and no end earlier than the earliest start: what was from
    /// 2021-06 to 2021-06-01 was so on that day.
    ///
    /// A date of lower precision stands for its first day.
    #[must_use]
    pub fn holds_on(self, day: Date) -> Holds {
        self.holds_within(Days::between(day.earliest(), day.earliest()))
    }

    /// Whether the claim holds on at least one day from the first that `from` can mean to the last that
    /// `to` can, by what its source tells.
    ///
    /// It does *not* if it does on none of these days by [`holds_on`](Self::holds_on): the last of them
    /// comes before the earliest start, or the first after the latest end. It *certainly* does
    ///
    /// - if it had begun by the last of them, at the latest, and ended on the first of them, at the
    ///   earliest: who had the chair from 2021 to 2021 had it in 2021, although for no single day can that
    ///   be said; or
    /// - if `as_of` lies wholly among them: what held in November 2025 held on a day of that year.
    ///
    /// Else it *possibly* does. Of one day, both say the same. If `to` comes before `from`, there is no
    /// day, and it does not.
    ///
    /// ```
    /// use dn_model::{Dataset, Holds};
    ///
    /// # #[cfg(feature = "data")] {
    /// // The United Kingdom chaired in 2021: not known to the day, and certain of the year.
    /// let dataset = Dataset::embedded();
    /// let chair = dataset.claims().find(|claim| {
    ///     claim.is_asserted() && claim.to_string() == "United Kingdom chairs Digital Nations"
    /// }).unwrap();
    /// assert_eq!(chair.holds_during("2021".parse()?, "2021".parse()?), Holds::Certainly);
    /// assert_eq!(chair.holds_during("2021-02".parse()?, "2021-03".parse()?), Holds::Possibly);
    /// assert_eq!(chair.holds_during("2022".parse()?, "2025".parse()?), Holds::No);
    /// # }
    /// # Ok::<(), dn_model::ParseDateError>(())
    /// ```
    #[must_use]
    pub fn holds_during(self, from: Date, to: Date) -> Holds {
        self.holds_within(Days::between(from, to))
    }

    /// Whether it holds on at least one of these days, by the rule of
    /// [`holds_during`](Self::holds_during).
    #[must_use]
    pub fn holds_within(self, days: Days) -> Holds {
        let times = Times::of(self);
        if days.and(times.possible).is_empty() {
            return Holds::No;
        }
        if times.is_certain_within(days) { Holds::Certainly } else { Holds::Possibly }
    }

    /// On which days it holds: for each of them what [`holds_on`](Self::holds_on) says.
    #[must_use]
    pub fn span(self) -> Span {
        let times = Times::of(self);
        Span { possible: joined(vec![times.possible]), certain: joined(times.certain().collect()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        let (first, last) = text.split_once('/').unwrap();
        let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        Days::new(date(first), date(last))
    }

    fn span(possible: &[&str], certain: &[&str]) -> Span {
        let ranges = |texts: &[&str]| joined(texts.iter().map(|text| days(text)).collect());
        Span { possible: ranges(possible), certain: ranges(certain) }
    }

    #[test]
    fn days_print_as_short_as_they_can() {
        for (given, printed) in [
            ("/", "at any time"),
            ("2021-01-01/2021-12-31", "in 2021"),
            ("2020-11-01/2020-11-30", "in 2020-11"),
            ("2025-11-12/2025-11-12", "on 2025-11-12"),
            ("2016-01-01/2018-12-31", "from 2016 to 2018"),
            ("2019-12-31/2020-12-17", "from 2019-12-31 to 2020-12-17"),
            ("2024-02-01/", "from 2024-02 on"),
            ("/2018-12-31", "until 2018"),
            ("2022-01-01/2021-01-01", "on no day"),
        ] {
            assert_eq!(days(given).to_string(), printed);
        }
    }

    #[test]
    fn what_overlaps_or_follows_is_one() {
        let joined =
            span(&["2022-01-01/2022-12-31", "2020-01-01/2021-12-31", "2024-01-01/", "2023-06-01/2023-07-01"], &[]);
        assert_eq!(
            joined.possible(),
            [days("2020-01-01/2022-12-31"), days("2023-06-01/2023-07-01"), days("2024-01-01/")]
        );
        assert_eq!(span(&["/2020-02-28", "2020-03-01/"], &[]).possible().len(), 2, "2020 was a leap year");
        assert_eq!(span(&["/2021-02-28", "2021-03-01/"], &[]).possible(), [Days::ALL]);
        assert_eq!(span(&["/", "2021-03-01/2021-03-02"], &[]).possible(), [Days::ALL]);
    }

    #[test]
    fn spans_print_as_part_of_a_sentence() {
        for (span, printed) in [
            (Span::never(), "never"),
            (Span::certainly(Days::ALL), "at any time"),
            (span(&["/"], &[]), "possibly at any time"),
            (span(&["2024-01-01/"], &["2025-11-12/2025-11-12"]), "certainly on 2025-11-12, else possibly from 2024 on"),
            (span(&["2016-01-01/2016-12-31", "2018-01-01/"], &[]), "possibly in 2016 and from 2018 on"),
        ] {
            assert_eq!(span.to_string(), printed);
        }
    }
}
