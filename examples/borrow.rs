//! What a country may borrow from others, for the challenges that it reports and the topics that it
//! prioritizes; or what it may lend.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::page::Page;
use common::{asked::Asked, json, names};
use dn_graph::dn_model::{Claim, Country, Dataset, Entity, EntityIndex};
use dn_graph::{Chain, Connection, Contact, Directness, KnowledgeGraph, Need, Suggestion, Tie};
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

`Near the topic` is what has the topic above it in common. The topics in brackets stand above the one
before them; they, and the order of the topics, are the curators' own.
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
        let borrowing = graph.borrow(&country.id()).filter(|_| !asked.has("--lend"));
        let lending = graph.lend(&country.id()).filter(|_| asked.has("--lend"));
        let (needs, unnamed) = match (&borrowing, &lending) {
            (Some(borrowing), _) => (borrowing.needs(), borrowing.unnamed()),
            (None, Some(lending)) => (lending.needs(), lending.unnamed()),
            (None, None) => return common::usage("there is no such country"),
        };
        let mention = borrowing.as_ref().and_then(|borrowing| borrowing.last_mention());
        if asked.has("--json") {
            let [needs, unnamed] = [needs, &unnamed].map(|needs| needs.iter().map(need_as_json).collect::<Json>());
            let mention = mention.map(json::claim);
            let country = json::entity(country);
            return json::text(
                &json!({ "country": country, "needs": needs, "unnamed": unnamed, "last_mention": mention }),
            );
        }

        let limit = if asked.has("--all") { (usize::MAX, usize::MAX) } else { SHOWN };
        let mut report = Report { page: Page::new(), limit, told: BTreeSet::new() };
        match &borrowing {
            Some(_) => {
                report.page.line(0, format!("What {country} may borrow, by what these documents tell."));
                report.borrowing(needs);
            }
            None => {
                report.page.line(0, format!("What others may want of {country}, by what these documents tell."));
                report.lending(needs);
            }
        }
        if let (true, Some(mention)) = (needs.is_empty(), mention) {
            report.nothing(country, mention);
        }
        // Lent out, what a country does not have is nothing to tell of.
        let unnamed: Vec<Need<'_>> =
            unnamed.into_iter().filter(|need| borrowing.is_some() || !need.offers().is_empty()).collect();
        report.unnamed(&unnamed, if borrowing.is_some() { needs } else { &[] });
        report.page.documents();
        Ok(report.page.into_text())
    })
}

/// Needs for which the same is offered stand together, those with the most direct offers first.
fn together<'n, 'd>(mut needs: Vec<&'n Need<'d>>) -> Vec<Vec<&'n Need<'d>>> {
    needs.sort_by_key(|need| (need.want(), need.offers().first().map_or((true, true, None), rank)));
    let things = |need: &Need<'d>| -> Vec<(EntityIndex, EntityIndex)> {
        need.offers().iter().map(|offer| (offer.lender().index(), offer.thing().index())).collect()
    };
    let mut groups: Vec<Vec<&'n Need<'d>>> = Vec::new();
    for need in needs {
        let alike = |group: &&mut Vec<&Need<'d>>| {
            group[0].borrower() == need.borrower() && !need.offers().is_empty() && things(group[0]) == things(need)
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(need),
            None => groups.push(vec![need]),
        }
    }
    groups
}

fn rank(offer: &Suggestion<'_>) -> (bool, bool, Option<Directness>) {
    (is_near(offer), offer.tie() == Tie::Works, Some(offer.directness()))
}

fn is_empty(need: &Need<'_>) -> bool {
    need.offers().is_empty() && need.lessons().is_empty()
}

fn is_near(offer: &Suggestion<'_>) -> bool {
    matches!(offer.directness(), Directness::Near(_))
}

struct Report {
    page: Page,
    limit: (usize, usize),
    /// What was told already, by lender and thing.
    told: BTreeSet<(EntityIndex, EntityIndex)>,
}

impl Report {
    /// Need by need.
    fn borrowing(&mut self, needs: &[Need<'_>]) {
        let (none, some): (Vec<_>, Vec<_>) = needs.iter().partition(|need| is_empty(need));
        for alike in together(some) {
            self.needs(&alike);
        }
        if !none.is_empty() {
            self.page.gap();
            self.nothing_for(0, &none);
        }
    }

    /// Thing by thing, each with those who may want it, the most directly first.
    fn lending(&mut self, needs: &[Need<'_>]) {
        let mut wanted: BTreeMap<EntityIndex, Vec<(&Need<'_>, &Suggestion<'_>)>> = BTreeMap::new();
        for (need, offer) in needs.iter().flat_map(|need| need.offers().iter().map(move |offer| (need, offer))) {
            wanted.entry(offer.thing().index()).or_default().push((need, offer));
        }
        let mut wanted: Vec<_> = wanted.into_values().collect();
        for wanted in &mut wanted {
            wanted.sort_by_key(|(_, offer)| rank(offer));
        }
        wanted.sort_by_key(|wanted| rank(wanted[0].1));
        for wanted in wanted {
            let (_, best) = wanted[0];
            let stage = best.stage().map(|stage| format!(", {stage}")).unwrap_or_default();
            let (title, cited) = (self.page.strong(best.thing()), self.page.cite(best.has()));
            self.page.gap();
            self.page.line(0, format!("{title}{stage} {cited}"));
            let shown = wanted.len().min(self.limit.0.saturating_add(2));
            for (need, offer) in &wanted[..shown] {
                let cited = self.page.cite_briefly(need.evidence());
                self.page.item(2, "- ", format!("{need}: {} {cited}", why(offer)));
            }
            if wanted.len() > shown {
                self.page.line(2, format!("… and {} more (--all)", wanted.len() - shown));
            }
        }
    }

    fn nothing(&mut self, country: Entity<'_, Country>, mention: Claim<'_>) {
        let page = &mut self.page;
        page.gap();
        page.line(0, format!("No challenge, priority or interest of {country} is told; silence is not absence."));
        let date = mention.as_of().map(|date| format!(" on {date}")).unwrap_or_default();
        let cited = page.cite([mention]);
        page.line(0, format!("It was last mentioned{date}: {mention} {cited}"));
    }

    /// Needs for which the same is offered.
    fn needs(&mut self, needs: &[&Need<'_>]) {
        self.page.gap();
        for need in needs {
            let title = self.page.strong(need);
            let claims: Vec<Claim<'_>> =
                need.chains().iter().filter_map(|chain| chain.work().first().copied()).collect();
            let since = claims.iter().filter_map(|claim| claim.as_of()).max();
            let since = since.map(|date| format!(" ({date})")).unwrap_or_default();
            let cited = self.page.cite_briefly(claims);
            self.page.line(0, format!("{title}{since} {cited}"));
        }
        let [need, ..] = needs else { return };
        let (offers, works): (Vec<_>, Vec<_>) = need.offers().iter().partition(|offer| offer.tie() != Tie::Works);
        // What is only near the topic is shown where there is nothing else.
        let direct = offers.iter().filter(|offer| !is_near(offer)).count();
        let shown = if direct == 0 || self.limit.0 > offers.len() { offers.len() } else { direct };
        let shown = shown.min(self.limit.0);
        let at_work = self.list(works.iter().copied().take(self.limit.0.saturating_add(1)));
        let at_work = format!("{}t work on it: {at_work}", if direct == 0 { "A" } else { "Also a" });
        if direct == 0 && !works.is_empty() {
            self.page.line(2, &at_work);
        }
        for offer in &offers[..shown] {
            self.offer(offer);
        }
        if let Some(more) = offers.len().checked_sub(shown).filter(|more| *more > 0) {
            self.page.line(2, format!("… and {more} more (--all)"));
        }
        if direct > 0 && !works.is_empty() {
            self.page.line(2, &at_work);
        }
        let is_direct = need.offers().first().is_some_and(|offer| !is_near(offer)) && self.limit == SHOWN;
        let lessons: Vec<&Suggestion<'_>> = (need.lessons().iter())
            .filter(|lesson| !is_direct || !is_near(lesson))
            .filter(|lesson| self.told.insert((lesson.lender().index(), lesson.thing().index())))
            .take(self.limit.1)
            .collect();
        if !lessons.is_empty() {
            self.page.line(2, "Lessons");
        }
        for lesson in lessons {
            self.lesson(lesson);
        }
    }

    fn nothing_for(&mut self, indent: usize, needs: &[&Need<'_>]) {
        let needs: Vec<String> =
            needs.iter().map(|need| format!("{} {}", need.what(), self.page.cite_briefly(need.evidence()))).collect();
        self.page.line(indent, format!("Nobody is told to have anything for: {}", needs.join("; ")));
    }

    fn offer(&mut self, offer: &Suggestion<'_>) {
        if !self.told.insert((offer.lender().index(), offer.thing().index())) {
            self.page.item(2, "- ", format!("{}: {} (see above)", offer.lender(), offer.thing()));
            return;
        }
        let chain = offer.chain();
        self.page.item(2, "- ", &chain);
        let stage = offer.stage().map(|stage| format!("{stage}; ")).unwrap_or_default();
        let cited = self.page.cite(chain.claims());
        self.page.line(4, format!("{stage}{} {cited}", why(offer)));
        for claim in offer.troubles() {
            let cited = self.page.cite_briefly([claim]);
            let but = self.page.warning("but");
            self.page.line(4, format!("{but} {claim} {cited}"));
        }
        self.contact(offer.contacts().first());
    }

    fn contact(&mut self, contact: Option<&Contact<'_>>) {
        let Some(contact) = contact else { return self.page.line(4, "ask: nobody is named") };
        let cited = self.page.cite_briefly(contact.claims().iter().copied());
        let who = if contact.connection() == Connection::Country { "nobody is named for it; in general " } else { "" };
        self.page.line(4, format!("ask: {who}{contact} {cited}"));
    }

    /// Challenges that were reported without names, each with the best that there is.
    fn unnamed(&mut self, unnamed: &[Need<'_>], needs: &[Need<'_>]) {
        let is_new = |need: &&Need<'_>| !needs.iter().any(|known| known.what() == need.what());
        let (without, with_offers): (Vec<&Need<'_>>, Vec<_>) =
            unnamed.iter().filter(is_new).partition(|need| need.offers().is_empty());
        if unnamed.is_empty() {
            return;
        }
        self.page.title("Reported at meetings, without names of countries");
        for alike in together(with_offers) {
            let needs: Vec<String> = alike
                .iter()
                .map(|need| {
                    let cited = self.page.cite_briefly(need.evidence());
                    format!("{} {cited}", self.page.strong(need.what()))
                })
                .collect();
            self.page.item(2, "- ", needs.join("; "));
            let offers = alike[0].offers();
            let shown = offers.len().min(self.limit.0);
            let list = self.list(offers[..shown].iter());
            let more = offers.len() - shown;
            let more = if more > 0 { format!(", … and {more} more (--all)") } else { String::new() };
            self.page.line(4, format!("{list}{more}"));
        }
        if !without.is_empty() {
            self.nothing_for(2, &without);
        }
    }

    /// Offers in a row.
    fn list<'o, 'd: 'o>(&mut self, offers: impl Iterator<Item = &'o Suggestion<'d>>) -> String {
        let offers = offers.map(|offer| {
            let cited = self.page.cite_briefly(offer.has());
            format!("{}: {} {cited}", offer.lender(), offer.thing())
        });
        offers.collect::<Vec<_>>().join("; ")
    }

    fn lesson(&mut self, lesson: &Suggestion<'_>) {
        let has = lesson.has();
        let Some(claim) = has.first() else { return };
        let who =
            if claim.subject() == lesson.lender().untyped() { String::new() } else { format!("{}: ", lesson.lender()) };
        let cited = self.page.cite_briefly(has.iter().copied());
        self.page.item(2, "- ", format!("{who}{claim} {cited}"));
    }
}

fn why(offer: &Suggestion<'_>) -> String {
    let answer = offer.answer().and_then(|chain| chain.work().first().copied());
    let answer = answer.map(|claim| format!(", {}", claim.subject())).unwrap_or_default();
    format!("{}{answer}", offer.directness())
}

fn need_as_json(need: &Need<'_>) -> Json {
    let [offers, lessons] = [need.offers(), need.lessons()].map(|found| found.iter().map(as_json).collect::<Json>());
    json!({
        "sentence": need.to_string(),
        "borrower": need.borrower().map(json::entity),
        "what": json::entity(need.what()),
        "claims": json::claims(need.evidence()),
        "offers": offers,
        "lessons": lessons,
    })
}

fn as_json(found: &Suggestion<'_>) -> Json {
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
        "why": found.directness().to_string(),
        "stage": found.stage().map(|stage| stage.to_string()),
        "chain": chain(&found.chain()),
        "topics": json::entities(found.chain().topics().iter().copied()),
        "answer": found.answer().as_ref().map(chain),
        "troubles": json::claims(found.troubles()),
        "contacts": found.contacts().iter().map(contact).collect::<Json>(),
    })
}
