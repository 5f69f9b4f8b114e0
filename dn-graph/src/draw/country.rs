//! A country, and all with which claims link it.

use dn_model::{Claim, Country, Entity, EntityIndex, Id};

use crate::draw::canvas::Anchor;
use crate::draw::evidence::told;
use crate::draw::palette::Ink;
use crate::draw::{FAINT, LABEL, MARGIN, Picture, STRONG, Sheet, TITLE, counted};
use crate::graph::KnowledgeGraph;
use crate::link::Link;

/// Of one relation, so many are named.
const MOST: usize = 9;
const WIDTH: f64 = 1080.0;
/// From the middle to what stands at its sides.
const ASIDE: f64 = 118.0;
const ROW: f64 = 19.0;
const BETWEEN: f64 = 14.0;

/// What one relation links with the country, in one direction.
struct Group<'d> {
    label: &'d str,
    others: Vec<(Entity<'d>, Vec<Claim<'d>>)>,
}

impl Group<'_> {
    fn rows(&self) -> usize {
        1 + self.others.len().min(MOST) + usize::from(self.others.len() > MOST)
    }

    fn height(&self) -> f64 {
        self.rows() as f64 * ROW + BETWEEN
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// A country in the middle, and around it what the claims that this view shows link with it: by relation,
    /// first those of which it is the subject, in the order of the relations in the dataset. `None` for a
    /// country that is not there.
    ///
    /// Of what one relation links with it, nine are named, those with most claims first, and it is told how
    /// many more there are.
    ///
    /// Takes time in O(c log c) for the c claims of the country.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let picture = graph.country_picture(&"country:estonia".parse()?).ok_or("no such country")?;
    /// assert_eq!(picture.title(), "Estonia: what is told of it");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn country_picture(&self, country: &Id<Country>) -> Option<Picture> {
        let country = self.entity(country)?;
        let groups = self.groups(country);
        let claims: usize = groups.iter().flat_map(|group| &group.others).map(|(_, claims)| claims.len()).sum();
        let mut sheet = Sheet::new(
            "country",
            WIDTH,
            format!("{country}: what is told of it"),
            "What the documents state of the country and others, by relation. A number in round brackets counts \
             the claims that say so.",
        );
        // Down the left side, and then down the right one.
        let total: f64 = groups.iter().map(Group::height).sum();
        let mut left = 0.0;
        let split = groups
            .iter()
            .position(|group| {
                let is_full = left + group.height() / 2.0 > total / 2.0;
                left += group.height();
                is_full
            })
            .unwrap_or(groups.len());
        let height = |groups: &[Group<'_>]| groups.iter().map(Group::height).sum::<f64>();
        let sides = [(&groups[..split], -1.0, Anchor::End), (&groups[split..], 1.0, Anchor::Start)];
        let tallest = sides.iter().map(|(groups, ..)| height(groups)).fold(90.0, f64::max);
        let (x, y) = (WIDTH / 2.0, sheet.y + tallest / 2.0);
        let name = TITLE.font.wrap_into(country.name(), 110.0, 3);
        let half = name.iter().map(|line| TITLE.font.width(line)).fold(40.0, f64::max) / 2.0 + 8.0;
        for (groups, side, anchor) in sides {
            let mut top = y - height(groups) / 2.0;
            let edge = x + side * ASIDE;
            for group in groups {
                let base = top + ROW * 0.7;
                let far = (edge - side * 6.0, base - 4.0);
                sheet.canvas.curve((x + side * half, y), far, 1.5, Ink::Line);
                let room = WIDTH / 2.0 - ASIDE - MARGIN;
                let label = STRONG.font.fit(group.label, room);
                sheet.canvas.text(edge, base, STRONG.anchor(anchor), &label);
                for (row, (other, claims)) in group.others.iter().take(MOST).enumerate() {
                    let base = base + ROW * (row + 1) as f64;
                    let number = if claims.len() > 1 { format!("({})", claims.len()) } else { String::new() };
                    let taken = if number.is_empty() { 0.0 } else { FAINT.font.width(&number) + 6.0 };
                    let name = LABEL.font.fit(other.name(), room - 18.0 - taken);
                    let lead = format!("{other}, {}", other.kind().label());
                    sheet.canvas.told(&told(&lead, claims.iter().copied()), |canvas| {
                        canvas.mark(edge + side * 5.0, base - 4.5, 4.5, Ink::of(other.kind()));
                        canvas.text(edge + side * 16.0, base, LABEL.anchor(anchor), &name);
                        let behind = edge + side * (22.0 + LABEL.font.width(&name));
                        canvas.text(behind, base, FAINT.anchor(anchor), &number);
                    });
                }
                if group.others.len() > MOST {
                    let text = format!("and {} more", group.others.len() - MOST);
                    let base = base + ROW * (MOST + 1) as f64;
                    sheet.canvas.text(edge + side * 16.0, base, FAINT.anchor(anchor), &text);
                }
                top += group.height();
            }
        }
        let first = y - (name.len() as f64 / 2.0 - 0.8) * TITLE.font.line();
        sheet.canvas.lines(x, first, TITLE.anchor(Anchor::Middle), &name);
        sheet.y = y + tallest / 2.0 + 10.0;
        legend(&mut sheet, &groups);
        if groups.is_empty() {
            sheet.note("Nothing is stated of it.");
        }
        let told: Vec<String> = groups.iter().map(|group| format!("{} {}", group.label, group.others.len())).collect();
        let end = if told.is_empty() { "" } else { "." };
        Some(sheet.finish(&format!("{}. {}{end}", counted(claims, "claim", "claims"), told.join(", "))))
    }

    fn groups(&self, country: Entity<'d, Country>) -> Vec<Group<'d>> {
        let mut links: Vec<Link<'d>> = self.links(&country.id()).collect();
        let columns = self.dataset().columns();
        let relation = |link: &Link<'d>| (link.direction(), columns.relation(link.claim().index()));
        links.sort_by_key(|link| (relation(link), link.there().index(), link.claim().index()));
        let groups = links.chunk_by(|a, b| relation(a) == relation(b)).map(|links| {
            let others = links.chunk_by(|a, b| a.there() == b.there());
            let mut others: Vec<(Entity<'d>, Vec<Claim<'d>>)> =
                others.map(|links| (links[0].there(), links.iter().map(|link| link.claim()).collect())).collect();
            others.sort_by_key(|(other, claims): &(Entity<'d>, Vec<Claim<'d>>)| -> (_, EntityIndex) {
                (std::cmp::Reverse(claims.len()), other.index())
            });
            Group { label: links[0].label(), others }
        });
        groups.collect()
    }
}

/// What the marks mean, as far as they are there.
fn legend(sheet: &mut Sheet, groups: &[Group<'_>]) {
    const WORDS: [(Ink, &str); 5] = [
        (Ink::Text, "country, place"),
        (Ink::People, "people, posts, bodies"),
        (Ink::Work, "initiatives, commitments"),
        (Ink::Theme, "topics, challenges, findings"),
        (Ink::Event, "meetings, sessions, documents"),
    ];
    let mut x = MARGIN;
    let is_there =
        |ink: Ink| groups.iter().flat_map(|group| &group.others).any(|(other, _)| Ink::of(other.kind()) == ink);
    for (ink, words) in WORDS.into_iter().filter(|(ink, _)| is_there(*ink)) {
        sheet.canvas.mark(x + 5.0, sheet.y + 8.0, 4.5, ink);
        sheet.canvas.text(x + 15.0, sheet.y + 12.5, FAINT, words);
        x += 15.0 + FAINT.font.width(words) + 18.0;
    }
    if x > MARGIN {
        sheet.y += 22.0;
    }
}
