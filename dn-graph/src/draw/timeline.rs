//! Meetings, chairs and posts over the years.

use dn_model::{Claim, Date, End, Standing};

use crate::draw::canvas::{Anchor, Area, Canvas, Dash};
use crate::draw::evidence::told;
use crate::draw::palette::Ink;
use crate::draw::{FAINT, LABEL, MARGIN, Picture, STRONG, Sheet, counted};
use crate::graph::KnowledgeGraph;
use crate::tenure::Tenures;
use crate::timeline::{Dating, event_days};

const WIDTH: f64 = 1000.0;
/// Of one kind, so many rows are drawn.
const MOST: usize = 40;
/// Of bodies, the chairs of so many are drawn.
const BODIES: usize = 8;
const ROW: f64 = 23.0;
/// Where the years begin and end; before them stand the names, behind them the dates.
const YEARS: (f64, f64) = (MARGIN + 370.0, WIDTH - MARGIN - 210.0);

/// A thing that was at some time.
struct Row<'d> {
    name: String,
    from: Option<Date>,
    to: Option<End>,
    as_of: Option<Date>,
    standing: Standing,
    claims: Vec<Claim<'d>>,
    ink: Ink,
}

struct Section<'d> {
    title: String,
    rows: Vec<Row<'d>>,
    /// What has no date, or nobody named.
    rest: Option<String>,
}

impl Row<'_> {
    fn dates(&self) -> impl Iterator<Item = Date> {
        let end = if let Some(End::On(date)) = self.to { Some(date) } else { None };
        [self.from, end, self.as_of].into_iter().flatten()
    }

    fn when(&self) -> String {
        let when = when(self.from, self.to, self.as_of);
        match self.standing {
            Standing::Stated => when,
            Standing::Negated => format!("{when} (denied)"),
            standing => format!("{when} ({standing})"),
        }
    }
}

/// When something was, as told: `2019 to 2020`, `from 2019, told as of 2020-12-17`, `as of 2025-11-12`.
pub(super) fn when(from: Option<Date>, to: Option<End>, as_of: Option<Date>) -> String {
    let bounds = match (from, to) {
        (Some(from), Some(End::On(to))) if from == to => from.to_string(),
        (Some(from), Some(End::On(to))) => format!("{from} to {to}"),
        (Some(from), Some(End::Open)) => format!("since {from}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(End::On(to))) => format!("until {to}"),
        (None, Some(End::Open)) => "still going on".to_owned(),
        (None, None) => String::new(),
    };
    match (bounds.is_empty(), as_of) {
        (true, None) => "not dated".to_owned(),
        (true, Some(date)) => format!("as of {date}"),
        (false, Some(date)) if !matches!(to, Some(End::On(_))) => format!("{bounds}, as of {date}"),
        (false, _) => bounds,
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The meetings, who chaired which body, and who held which post, along the years, as far as this view
    /// shows it; what was only planned, or is denied, is not filled, and says so.
    ///
    /// A bar goes from the first day that the start can mean to the last that the end can; a mark stands for a
    /// date as of which something is known, and a dotted line leads to it from a start. Of one kind there are
    /// at most forty rows, and of bodies that were chaired the eight of which most is told; it is told how many
    /// more there are, and what is not dated is counted.
    ///
    /// Takes time in O(c log c) for the c claims of meetings, organizations and posts.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// assert!(graph.timeline_picture().description().contains("Republic of Korea, 2022 (planned)"));
    /// # }
    /// ```
    #[must_use]
    pub fn timeline_picture(&self) -> Picture {
        let mut sections = vec![self.meetings()];
        let mut chaired = self.chaired();
        if chaired.len() > BODIES {
            chaired.sort_by_key(|section| std::cmp::Reverse(section.rows.len()));
            let more = counted(chaired.len() - BODIES, "more body was chaired", "more bodies were chaired");
            chaired.truncate(BODIES);
            chaired.push(Section { title: "Other chairs".to_owned(), rows: Vec::new(), rest: Some(more) });
        }
        sections.extend(chaired);
        sections.push(self.posts());
        sections.retain(|section| !section.rows.is_empty() || section.rest.is_some());
        let years = || sections.iter().flat_map(|section| &section.rows).flat_map(Row::dates).map(Date::year);
        let (first, last) = (years().min().unwrap_or(0), years().max().unwrap_or(0));
        let axis = Axis { first: f64::from(first), years: f64::from(last - first + 1) };
        let is_empty = years().next().is_none();
        let mut sheet = Sheet::new(
            "timeline",
            WIDTH,
            "Meetings, chairs and posts over the years".to_owned(),
            "A bar lasts from the first to the last day that is told; a diamond is a day, or a date as of which \
             it is told. What was planned is not filled.",
        );
        sheet.y += 6.0;
        let ticks = axis.ticks();
        if !is_empty {
            for year in &ticks {
                let text = format!("{year:.0}");
                let x = axis.x(*year);
                sheet.canvas.text(x + 3.0, sheet.y + 12.0, FAINT, &text);
            }
            sheet.y += 20.0;
        }
        let top = sheet.y;
        let mut body = Vec::new();
        for section in &sections {
            body.push((sheet.y, section));
            let rows = section.rows.len().min(MOST);
            let more = usize::from(section.rows.len() > MOST) + usize::from(section.rest.is_some());
            sheet.y += ROW * (1 + more) as f64 + 8.0;
            sheet.y += section.rows.iter().take(rows).map(|row| height(&names(row))).sum::<f64>();
        }
        let bottom = sheet.y - 8.0;
        if !is_empty {
            for year in ticks.iter().copied().chain([axis.first + axis.years]) {
                let x = axis.x(year);
                sheet.canvas.line((x, top - 16.0), (x, bottom), 0.5, Ink::Line, Dash::Solid);
            }
        }
        for (y, section) in body {
            draw(&mut sheet, &axis, y, section);
        }
        if sections.is_empty() {
            sheet.note("There are no meetings, chairs or posts in these data.");
        }
        let mut told = Vec::new();
        for section in &sections {
            let rows: Vec<String> =
                section.rows.iter().take(8).map(|row| format!("{}, {}", row.name, row.when())).collect();
            let more = section.rows.len().saturating_sub(8);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            told.push(format!("{}: {}{more}.", section.title, rows.join("; ")));
        }
        sheet.finish(&told.join(" "))
    }

    fn meetings(&self) -> Section<'d> {
        let mut rows = Vec::new();
        let mut undated = 0;
        for meeting in self.dataset().meetings() {
            let timeline = self.timeline(&meeting.id());
            let entries = timeline.iter().flat_map(|timeline| timeline.dated());
            let dates: Vec<_> = entries.filter(|entry| entry.when().by == Dating::Value).collect();
            let asserted = event_days(meeting.untyped())
                .filter(|_| dates.iter().any(|entry| entry.standing() == Standing::Stated));
            let mut row = |from, to, standing| {
                let said = dates.iter().filter(|entry| entry.standing() == standing);
                let claims = said.flat_map(|entry| entry.claims()).copied().collect();
                let name = meeting.name().to_owned();
                rows.push(Row { name, from, to, as_of: None, standing, claims, ink: Ink::Event });
            };
            if let Some((from, to)) = asserted {
                row(Some(from), Some(End::On(to.unwrap_or(from))), Standing::Stated);
            }
            let others = dates.iter().filter(|entry| entry.standing() != Standing::Stated);
            let mut known = Vec::new();
            for entry in others {
                let (from, to, standing) = (entry.when().from, entry.when().to, entry.standing());
                if !known.contains(&(from, standing)) {
                    known.push((from, standing));
                    row(from, to, standing);
                }
            }
            if asserted.is_none() && known.is_empty() {
                undated += 1;
            }
        }
        rows.sort_by_key(|row| row.dates().min());
        let rest = (undated > 0).then(|| format!("and {} without a date", counted(undated, "meeting", "meetings")));
        Section { title: "Meetings".to_owned(), rows, rest }
    }

    fn chaired(&self) -> Vec<Section<'d>> {
        let bodies = self.dataset().all::<dn_model::Organization>();
        let sections = bodies.filter_map(|body| {
            let chairs = self.chairs(&body.id())?;
            let rows = rows(&chairs, Ink::People);
            (!rows.is_empty()).then(|| Section { title: format!("Chair of {body}"), rows, rest: None })
        });
        sections.collect()
    }

    fn posts(&self) -> Section<'d> {
        let mut all = Vec::new();
        let mut vacant = 0;
        for post in self.dataset().all::<dn_model::Post>() {
            let Some(holders) = self.holders(&post.id()) else { continue };
            let found = rows(&holders, Ink::Work);
            vacant += usize::from(found.is_empty());
            all.extend(found.into_iter().map(|row| Row { name: format!("{}, {post}", row.name), ..row }));
        }
        let rest = (vacant > 0).then(|| format!("and {} whose holder is not named", counted(vacant, "post", "posts")));
        Section { title: "Posts".to_owned(), rows: all, rest }
    }
}

fn rows<'d>(tenures: &Tenures<'d>, ink: Ink) -> Vec<Row<'d>> {
    let row = |tenure: &crate::Tenure<'d>| Row {
        name: tenure.who().name().to_owned(),
        from: tenure.from(),
        to: tenure.to(),
        as_of: tenure.as_of(),
        standing: tenure.standing(),
        claims: tenure.claims().to_vec(),
        ink,
    };
    tenures.tenures().iter().map(row).collect()
}

/// The years from left to right.
struct Axis {
    first: f64,
    years: f64,
}

impl Axis {
    fn x(&self, year: f64) -> f64 {
        YEARS.0 + (year - self.first) / self.years * (YEARS.1 - YEARS.0)
    }

    /// From the beginning of the first day to the end of the last that a date can mean.
    fn day(&self, date: Date, part: f64) -> f64 {
        let month = f64::from(date.month().unwrap_or(1)) - 1.0;
        let day = f64::from(date.day().unwrap_or(1)) - 1.0 + part;
        // Months of one length are near enough for the eye.
        self.x(f64::from(date.year()) + (month + day / 31.0) / 12.0)
    }

    /// The years that are written, of which there is room for ten.
    fn ticks(&self) -> Vec<f64> {
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]
            .into_iter()
            .find(|step| self.years / step <= 10.0)
            .unwrap_or(2000.0);
        let mut ticks = Vec::new();
        let mut year = (self.first / step).ceil() * step;
        while year < self.first + self.years {
            ticks.push(year);
            year += step;
        }
        ticks
    }
}

fn draw(sheet: &mut Sheet, axis: &Axis, top: f64, section: &Section<'_>) {
    sheet.canvas.text(MARGIN, top + 16.0, STRONG, &STRONG.font.fit(&section.title, YEARS.0 - MARGIN - 12.0));
    let mut top = top + ROW;
    for row in section.rows.iter().take(MOST) {
        let lines = names(row);
        let height = height(&lines);
        let (base, middle) = (top + 16.0, top + height / 2.0);
        let lead = format!("{}: {}", row.name, row.when());
        sheet.canvas.told(&told(&lead, row.claims.iter().copied()), |canvas| {
            canvas.lines(MARGIN + 12.0, base, LABEL, &lines);
            let room = WIDTH - MARGIN - YEARS.1 - 12.0;
            let when = FAINT.font.fit(&row.when(), room);
            canvas.text(WIDTH - MARGIN, middle + 4.5, FAINT.anchor(Anchor::End), &when);
            let end = if let Some(End::On(date)) = row.to { Some(date) } else { None };
            let is_filled = row.standing == Standing::Stated;
            let bar = |canvas: &mut Canvas, left: f64, right: f64| {
                let area = Area { left, top: middle - 6.0, right, bottom: middle + 6.0 };
                match is_filled {
                    true => canvas.rectangle(area, 3.0, row.ink),
                    false => canvas.outline(area, 3.0, row.ink, Dash::Dashed),
                }
            };
            let diamond = |canvas: &mut Canvas, x: f64| match is_filled {
                true => canvas.mark(x, middle, 5.5, Ink::Event),
                false => canvas.diamond(x, middle, 5.5, Ink::Event),
            };
            if let (Some(from), Some(to)) = (row.from, end) {
                let (left, right) = (axis.day(from.earliest(), 0.0), axis.day(to.latest(), 1.0));
                if right - left < 10.0 {
                    diamond(canvas, (left + right) / 2.0);
                } else {
                    bar(canvas, left, right);
                }
                return;
            }
            let start = row.from.map(|from| (axis.day(from.earliest(), 0.0), axis.day(from.latest(), 1.0)));
            let known = row.as_of.map(|date| (axis.day(date.earliest(), 0.0) + axis.day(date.latest(), 1.0)) / 2.0);
            if let Some((left, right)) = start {
                bar(canvas, left, right.max(left + 6.0));
                let far = known.unwrap_or(YEARS.1);
                if far > right {
                    canvas.line((right + 4.0, middle), (far, middle), 2.5, row.ink, Dash::Dotted);
                }
            } else if let Some(to) = end {
                let x = axis.day(to.latest(), 1.0);
                canvas.line((x - 30.0, middle), (x - 4.0, middle), 2.5, row.ink, Dash::Dotted);
                diamond(canvas, x);
            }
            if let Some(x) = known {
                diamond(canvas, x);
            }
        });
        top += height;
    }
    let more = (section.rows.len() > MOST).then(|| format!("and {} more", section.rows.len() - MOST));
    for text in more.iter().chain(&section.rest) {
        sheet.canvas.text(MARGIN + 12.0, top + 16.0, FAINT, text);
        top += ROW;
    }
}

/// The name of a row, in as many lines as it has room for.
fn names(row: &Row<'_>) -> Vec<String> {
    LABEL.font.wrap_into(&row.name, YEARS.0 - MARGIN - 26.0, 2)
}

fn height(names: &[String]) -> f64 {
    ROW + LABEL.font.line() * (names.len() as f64 - 1.0)
}
