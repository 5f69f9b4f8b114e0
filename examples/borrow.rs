//! What a country may borrow from others, for the challenges that it reports and the topics that it
//! prioritizes; or what it may lend.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::page::Page;
use common::{asked::Asked, json, names};
use dn_graph::dn_model::{Claim, Country, Dataset, Date, Entity, EntityIndex, Kind};
use dn_graph::{Borrowing, Chain, Connection, Contact, Directness, KnowledgeGraph, Lending, Need, Suggestion, Tie};
use serde_json::{Value as Json, json};

const HELP: &str = "\
Why build a service when you can borrow it? For each challenge that a country reports, and each topic
that it prioritizes: what others run, published or presented that bears on it, the most direct first,
where that is written, and whom to ask.

cargo run --example borrow COUNTRY
cargo run --example borrow -- COUNTRY --lend

COUNTRY  a country by name, alias, slug or code
--lend   what others may want of this country
--all    everything, not only the most direct
--json   everything, for programs, with the ids of the claims

What is near a topic has the topic above it in common. The topics in round brackets stand above what was
named before them; the order of the topics is the curators' own. In square brackets stand the passages:
the document, and the number of the paragraph.
";

/// How many offers, and how many lessons, are shown for a need.
const SHOWN: (usize, usize) = (3, 2);

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--lend", "--all", "--json"])?;
        let [name] = asked.names("name one country: borrow COUNTRY")?;
        let dataset = Dataset::embedded();
        let country = names::find::<Country>(dataset, name)?;
        let graph = KnowledgeGraph::new(dataset);
        let page = Report::new(&graph, if asked.has("--all") { (usize::MAX, usize::MAX) } else { SHOWN });
        if asked.has("--lend") {
            let Some(lending) = graph.lend(&country.id()) else { return common::usage("no such country") };
            if asked.has("--json") {
                return as_json(country, lending.needs(), &lending.unnamed(), None);
            }
            return Ok(page.lending(&lending));
        }
        let Some(borrowing) = graph.borrow(&country.id()) else { return common::usage("no such country") };
        if asked.has("--json") {
            return as_json(country, borrowing.needs(), &borrowing.unnamed(), borrowing.last_mention());
        }
        Ok(page.borrowing(&borrowing))
    })
}

struct Report<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    page: Page,
    limit: (usize, usize),
    /// What was told already, by lender and thing.
    told: BTreeSet<(EntityIndex, EntityIndex)>,
}

impl<'g, 'd> Report<'g, 'd> {
    fn new(graph: &'g KnowledgeGraph<'d>, limit: (usize, usize)) -> Self {
        Report { graph, page: Page::new(), limit, told: BTreeSet::new() }
    }

    /// Need by need.
    fn borrowing(mut self, borrowing: &Borrowing<'d>) -> String {
        let country = borrowing.country();
        self.page.line(0, format!("{country}: what it may borrow, by what these documents tell."));
        if let (true, Some(mention)) = (borrowing.needs().is_empty(), borrowing.last_mention()) {
            self.page.gap();
            self.page
                .line(0, format!("No challenge, priority or interest of {country} is told; silence is not absence."));
            let date = mention.as_of().map(|date| format!(" on {date}")).unwrap_or_default();
            let cited = self.page.cite([mention]);
            self.page.line(0, format!("It was last mentioned{date}: {mention} {cited}"));
        }
        let (without, with): (Vec<_>, Vec<_>) =
            borrowing.needs().iter().partition(|need| need.offers().is_empty() && need.lessons().is_empty());
        for alike in together(with) {
            self.needs(&alike);
        }
        self.page.gap();
        self.nothing_for(0, &without);

        let known: BTreeSet<EntityIndex> = borrowing.needs().iter().map(|need| need.what().index()).collect();
        let unnamed = borrowing.unnamed();
        self.unnamed(unnamed.iter().filter(|need| !known.contains(&need.what().index())));
        self.page.documents();
        self.page.into_text()
    }

    /// Thing by thing, each with those who may want it, the most directly first.
    fn lending(mut self, lending: &Lending<'d>) -> String {
        self.page.line(0, format!("{}: what others may want of it, by what these documents tell.", lending.country()));
        let mut wanted: BTreeMap<EntityIndex, Vec<(&Need<'_>, &Suggestion<'_>)>> = BTreeMap::new();
        for need in lending.needs() {
            for offer in need.offers() {
                wanted.entry(offer.thing().index()).or_default().push((need, offer));
            }
        }
        let mut wanted: Vec<_> = wanted.into_values().collect();
        wanted.iter_mut().for_each(|wanted| wanted.sort_by_key(|(_, offer)| rank(offer)));
        wanted.sort_by_key(|wanted| rank(wanted[0].1));
        for wanted in wanted {
            let (_, best) = wanted[0];
            let state = state(best).map(|state| format!(", {state}")).unwrap_or_default();
            let (title, cited) = (self.page.strong(best.thing()), self.page.cite(best.has()));
            self.page.gap();
            self.page.line(0, format!("{title}{state} {cited}"));
            for (need, offer) in wanted.iter().take(self.limit.0) {
                let cited = self.page.cite_briefly(need.evidence());
                self.page.item(2, "- ", format!("{need}: {}{} {cited}", why(offer), reading(&offer.chain())));
            }
            self.more(wanted.len());
        }
        let unnamed = lending.unnamed();
        self.unnamed(unnamed.iter().filter(|need| !need.offers().is_empty()));
        self.page.documents();
        self.page.into_text()
    }

    /// Needs for which the same is offered.
    fn needs(&mut self, needs: &[&Need<'d>]) {
        self.page.gap();
        for need in needs {
            let claims: Vec<Claim<'_>> = need.chains().iter().flat_map(|chain| chain.work()).copied().collect();
            let date = Date::last_of(claims.iter().filter_map(|claim| claim.as_of()));
            let date = date.map(|date| format!(" ({date})")).unwrap_or_default();
            let (title, cited) = (self.page.strong(need), self.page.cite_briefly(need.evidence()));
            self.page.line(0, format!("{title}{date} {cited}"));
        }
        let [need, ..] = needs else { return };
        let (works, offers): (Vec<_>, Vec<_>) = need.offers().iter().partition(|offer| offer.tie() == Tie::Works);
        let (near, direct): (Vec<_>, Vec<_>) = offers.into_iter().partition(|offer| is_near(offer));
        self.offers(&direct);
        self.row("At work on it", &works);
        // What is only near is told at length where there is nothing else.
        if direct.is_empty() || self.limit != SHOWN {
            self.offers(&near);
        } else {
            self.row("Near it", &near);
        }
        let is_shown = |lesson: &&Suggestion<'_>| (direct.is_empty() && works.is_empty()) || !is_near(lesson);
        let (told, limit) = (&mut self.told, self.limit);
        let lessons = need.lessons().iter().filter(|lesson| limit != SHOWN || is_shown(lesson));
        let lessons = lessons.filter(|lesson| told.insert(key(lesson))).take(limit.1);
        for (n, lesson) in lessons.enumerate() {
            if n == 0 {
                self.page.line(2, "Lessons");
            }
            let Some(claim) = lesson.has().first().copied() else { continue };
            let lender = lesson.lender();
            let who = if claim.subject() == lender.untyped() { String::new() } else { format!("{lender}: ") };
            let cited = self.page.cite_briefly(lesson.has());
            let date = lesson.as_of().map(|date| format!(", as of {date}")).unwrap_or_default();
            self.page.item(2, "- ", format!("{who}{claim}{date} {cited}"));
        }
    }

    /// What was not told before at length, and the rest in a row.
    fn offers(&mut self, offers: &[&Suggestion<'d>]) {
        let is_known = |offer: &&Suggestion<'_>| self.told.contains(&key(offer));
        let begins_known = offers.first().is_some_and(is_known);
        let (known, new): (Vec<_>, Vec<_>) = offers.iter().copied().partition(is_known);
        if begins_known {
            self.row("As above", &known);
        }
        for offer in new.iter().take(self.limit.0) {
            self.offer(offer);
        }
        self.more(new.len());
        if !begins_known {
            self.row("And as above", &known);
        }
    }

    fn offer(&mut self, offer: &Suggestion<'d>) {
        self.told.insert(key(offer));
        let chain = offer.chain();
        self.page.item(2, "- ", &chain);
        let state = state(offer).map(|state| format!("{state}; ")).unwrap_or_default();
        let cited = self.page.cite(chain.claims());
        self.page.line(4, format!("{state}{} {cited}", why(offer)));
        for claim in chain.inferred() {
            let cited = self.page.cite_briefly([claim]);
            self.page.line(4, format!("by our reading: {claim} {cited}"));
        }
        for claim in offer.troubles() {
            let cited = self.page.cite_briefly([claim]);
            let but = self.page.warning("but");
            self.page.line(4, format!("{but} {claim} {cited}"));
        }
        let contacts = offer.contacts();
        let Some(contact) = contacts.first() else { return self.page.line(4, "ask: nobody is named") };
        let cited = self.page.cite_briefly(contact.claims().iter().copied());
        let who = if contact.connection() == Connection::Country { "nobody is named for it; in general " } else { "" };
        self.page.line(4, format!("ask: {who}{contact}{} {cited}", connected(contact)));
    }

    fn more(&mut self, offers: usize) {
        if offers > self.limit.0 {
            self.page.line(2, format!("… and {} more (--all)", offers - self.limit.0));
        }
    }

    fn row(&mut self, title: &str, offers: &[&Suggestion<'_>]) {
        if !offers.is_empty() {
            let list = self.list(offers);
            self.page.line(2, format!("{title}: {list}"));
        }
    }

    /// The first of these offers, in a row.
    fn list(&mut self, offers: &[&Suggestion<'_>]) -> String {
        let shown = offers.len().min(self.limit.0);
        let mut list: Vec<String> = Vec::new();
        for offer in &offers[..shown] {
            let cited = self.page.cite_briefly(offer.has());
            let date = offer.as_of().map(|date| format!(", as of {date}")).unwrap_or_default();
            let chain = offer.chain();
            // What only bears on something under the topic, or near it, says on what.
            let topic = match (offer.directness(), offer.tie(), chain.topics()) {
                (Directness::Narrower(_) | Directness::Near(_), tie, [topic, ..]) if tie != Tie::Works => {
                    format!(", on {topic}")
                }
                _ => String::new(),
            };
            let (lender, thing) = (offer.lender(), offer.thing());
            let text = match offer.has().first() {
                // Whoever works on a challenge does not have it.
                Some(claim) if thing.kind() == Kind::Challenge && claim.subject() == lender.untyped() => {
                    claim.to_string()
                }
                Some(claim) if thing.kind() == Kind::Challenge => format!("{lender}: {claim}"),
                _ => format!("{lender}: {thing}"),
            };
            list.push(format!("{text}{topic}{date}{} {cited}", reading(&chain)));
        }
        if offers.len() > shown {
            list.push(format!("… and {} more (--all)", offers.len() - shown));
        }
        list.join("; ")
    }

    /// Challenges that were reported without names of countries, and what there is for them.
    fn unnamed<'n>(&mut self, unnamed: impl Iterator<Item = &'n Need<'d>>)
    where
        'd: 'n,
    {
        let is_told = |need: &&Need<'d>| !self.shared_by_nobody(need.what()).is_empty() || !need.lessons().is_empty();
        let (with, without): (Vec<_>, Vec<_>) = unnamed.partition(|need| !need.offers().is_empty() || is_told(need));
        if !(with.is_empty() && without.is_empty()) {
            self.page.title("Reported at meetings, without names of countries");
        }
        for alike in together(with) {
            let titles: Vec<String> = alike.iter().map(|need| self.title(need)).collect();
            self.page.item(2, "- ", titles.join("; "));
            // What was told in answer comes first, although nobody is named with it.
            for claim in alike.iter().flat_map(|need| self.shared_by_nobody(need.what())).collect::<Vec<_>>() {
                let cited = self.page.cite_briefly([claim]);
                let reading = if claim.inferred().is_empty() { "" } else { " (by our reading)" };
                self.page.line(4, format!("told without a country: {claim}{reading} {cited}"));
            }
            self.by_directness(alike[0].offers());
            let lessons: Vec<_> = alike[0].lessons().iter().filter(|lesson| !is_near(lesson)).collect();
            if alike[0].offers().is_empty() && !lessons.is_empty() {
                let list = self.list(&lessons);
                self.page.line(4, format!("lessons: {list}"));
            }
        }
        self.nothing_for(2, &without);
    }

    /// A row for each way in which these bear on what is needed; what is only near where there is no other.
    fn by_directness(&mut self, offers: &[Suggestion<'d>]) {
        let mut rows: Vec<(String, Vec<&Suggestion<'d>>)> = Vec::new();
        for offer in offers {
            let title =
                if offer.tie() == Tie::Works { "at work on it".to_owned() } else { offer.directness().to_string() };
            if is_near(offer) && !rows.iter().all(|(known, _)| *known == title) && self.limit == SHOWN {
                continue;
            }
            match rows.iter_mut().find(|(known, _)| *known == title) {
                Some((_, row)) => row.push(offer),
                None => rows.push((title, vec![offer])),
            }
        }
        for (title, row) in rows {
            let list = self.list(&row);
            self.page.line(4, format!("{title}: {list}"));
        }
    }

    /// What is told to address a challenge, but not that anybody runs it.
    fn shared_by_nobody(&self, challenge: Entity<'d>) -> Vec<Claim<'d>> {
        let [addresses, runs] = ["addresses", "runs"].map(|relation| self.graph.only([relation]));
        let links = addresses.links(&challenge.id()).filter(|link| link.there().kind() == Kind::Initiative);
        links.filter(|link| runs.links(&link.there().id()).next().is_none()).map(|link| link.claim()).collect()
    }

    fn nothing_for(&mut self, indent: usize, needs: &[&Need<'_>]) {
        if !needs.is_empty() {
            let titles: Vec<String> = needs.iter().map(|need| self.title(need)).collect();
            let what = titles.join("; ");
            self.page.line(indent, format!("In these documents nothing that others have is linked to: {what}"));
        }
    }

    fn title(&mut self, need: &Need<'_>) -> String {
        format!("{} {}", self.page.strong(need.what()), self.page.cite_briefly(need.evidence()))
    }
}

/// Needs for which the same is offered stand together; of each sort, those with the most direct offers
/// first.
fn together<'n, 'd>(mut needs: Vec<&'n Need<'d>>) -> Vec<Vec<&'n Need<'d>>> {
    needs.sort_by_key(|need| (need.want(), need.offers().first().map_or((true, true, None), rank)));
    let things = |need: &Need<'_>| -> Vec<_> { need.offers().iter().map(key).collect() };
    let mut groups: Vec<Vec<&'n Need<'d>>> = Vec::new();
    for need in needs {
        let is_alike = |group: &&mut Vec<&Need<'_>>| !need.offers().is_empty() && things(group[0]) == things(need);
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(need),
            None => groups.push(vec![need]),
        }
    }
    groups
}

fn key(found: &Suggestion<'_>) -> (EntityIndex, EntityIndex) {
    (found.lender().index(), found.thing().index())
}

fn rank(offer: &Suggestion<'_>) -> (bool, bool, Option<Directness>) {
    (is_near(offer), offer.tie() == Tie::Works, Some(offer.directness()))
}

fn is_near(offer: &Suggestion<'_>) -> bool {
    matches!(offer.directness(), Directness::Near(_))
}

/// How far it has come, and as of when that is told.
fn state(offer: &Suggestion<'_>) -> Option<String> {
    let date = offer.as_of().map(|date| format!("as of {date}"));
    let stage = offer.stage().map(|stage| stage.to_string());
    match (stage, date) {
        (Some(stage), Some(date)) => Some(format!("{stage} {date}")),
        (stage, date) => stage.or(date),
    }
}

/// A mark for what rests on more than the sources tell.
fn reading(chain: &Chain<'_>) -> &'static str {
    if chain.inferred().next().is_some() { " (by our reading)" } else { "" }
}

/// How somebody is connected with what is above or under the topic; nothing of those who are for it.
fn connected(contact: &Contact<'_>) -> String {
    let place = match contact.connection() {
        Connection::Narrower(_) => "under",
        Connection::Broader(_) => "above",
        Connection::Thing | Connection::Topic | Connection::Country => return String::new(),
    };
    let Some(claim) = contact.link() else { return String::new() };
    let is_thing = matches!(claim.subject().kind(), Kind::Initiative | Kind::Document);
    let how = if is_thing { claim.to_string() } else { claim.predicate().to_string() };
    format!(" ({how}, {place} its topic)")
}

fn why(offer: &Suggestion<'_>) -> String {
    let answer = offer.answer().and_then(|chain| chain.work().first().copied());
    let answer = answer.map(|claim| format!(", {}", claim.subject())).unwrap_or_default();
    let session = if offer.is_from_same_session() { ", told at the same session" } else { "" };
    format!("{}{answer}{session}", offer.directness())
}

fn as_json(
    country: Entity<'_, Country>,
    needs: &[Need<'_>],
    unnamed: &[Need<'_>],
    mention: Option<Claim<'_>>,
) -> Result<String, common::Stop> {
    let [needs, unnamed] = [needs, unnamed].map(|needs| needs.iter().map(need_as_json).collect::<Json>());
    let (country, mention) = (json::entity(country), mention.map(json::claim));
    json::text(&json!({ "country": country, "needs": needs, "unnamed": unnamed, "last_mention": mention }))
}

fn need_as_json(need: &Need<'_>) -> Json {
    let [offers, lessons] =
        [need.offers(), need.lessons()].map(|found| found.iter().map(suggestion_as_json).collect::<Json>());
    json!({
        "sentence": need.to_string(),
        "borrower": need.borrower().map(json::entity),
        "what": json::entity(need.what()),
        "claims": json::claims(need.evidence()),
        "offers": offers,
        "lessons": lessons,
    })
}

fn suggestion_as_json(found: &Suggestion<'_>) -> Json {
    let chain = |chain: &Chain<'_>| chain.steps().map(|step| json::claims(step.iter().copied())).collect::<Json>();
    let contact = |contact: &Contact<'_>| {
        json!({
            "sentence": contact.to_string(),
            "connection": contact.connection().to_string(),
            "body": contact.body().map(json::entity),
            "post": contact.post().map(json::entity),
            "person": contact.person().map(json::entity),
            "as_of": contact.as_of().map(|date| date.to_string()),
            "claims": json::claims(contact.claims().iter().copied()),
        })
    };
    json!({
        "sentence": found.to_string(),
        "lender": json::entity(found.lender()),
        "thing": json::entity(found.thing()),
        "why": why(found),
        "stage": found.stage().map(|stage| stage.to_string()),
        "as_of": found.as_of().map(|date| date.to_string()),
        "chain": chain(&found.chain()),
        "topics": json::entities(found.chain().topics().iter().copied()),
        "answer": found.answer().as_ref().map(chain),
        "troubles": json::claims(found.troubles()),
        "contacts": found.contacts().iter().map(contact).collect::<Json>(),
    })
}
