//! Whom to ask: the bodies, posts and people that documents connect with something.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

use dn_model::{Claim, Country, Date, Entity, EntityIndex, EntityKind, Id, Kind, Person, Post};

use super::offers::Offers;
use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;

/// How closely somebody is connected with what was asked for, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Connection {
    /// Runs, published or presented the very thing, or is responsible for it. Where a topic or challenge was
    /// asked for, that is [`Topic`](Self::Topic).
    Thing,
    /// Is responsible for the very topic, works on it, presented it, or has something that is about it.
    /// Where a thing was asked for, the topics are those that it is about.
    Topic,
    /// The same of something so many levels under the topic.
    Narrower(u32),
    /// Is responsible for something so many levels above the topic.
    Broader(u32),
    /// Is a post of the country, or holds one, of which nothing nearer is told.
    Country,
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Connection::Thing => "for the very thing",
            Connection::Topic => "for the very topic",
            Connection::Narrower(_) => "for something under the topic",
            Connection::Broader(_) => "for something above the topic",
            Connection::Country => "for the country in general",
        })
    }
}

/// A body, a post or a person of a country, whom documents connect with a topic.
///
/// It prints as `Lauri, Deputy director general …, as of 2025-11-12`; where nobody is told to hold the
/// post, as `Minister of … (holder not named), as of 2025-11`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact<'d> {
    connection: Connection,
    body: Option<Entity<'d>>,
    post: Option<Entity<'d, Post>>,
    person: Option<Entity<'d, Person>>,
    claims: Vec<Claim<'d>>,
}

impl<'d> Contact<'d> {
    /// How closely they are connected.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.connection
    }

    /// The body: an organization or a working group.
    #[must_use]
    pub fn body(&self) -> Option<Entity<'d>> {
        self.body
    }

    /// The post.
    #[must_use]
    pub fn post(&self) -> Option<Entity<'d, Post>> {
        self.post
    }

    /// The person; `None` if none is named.
    #[must_use]
    pub fn person(&self) -> Option<Entity<'d, Person>> {
        self.person
    }

    /// The claims that say so, from the country to the topic; that a person holds the post is the last.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// The claim by which they are connected with what was asked for, or with something near it: that they
    /// run it, or are responsible for it; of those who have something, what it is about. `None` of who is
    /// only told of [for the country](Connection::Country).
    #[must_use]
    pub fn link(&self) -> Option<Claim<'d>> {
        let is_post = |claim: &Claim<'_>| ["holds", "post-of", "part-of"].iter().any(|name| claim.relation().is(name));
        self.claims.iter().rev().find(|claim| !is_post(claim)).copied()
    }

    /// The day as of which this is known: of a named person, that they hold the post; else the latest of
    /// all claims.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        let holds = self.claims.iter().filter(|claim| self.person.is_some() && claim.relation().is("holds"));
        Date::last_of(holds.filter_map(|claim| claim.as_of()))
            .or_else(|| Date::last_of(self.claims.iter().filter_map(|claim| claim.as_of())))
    }
}

impl fmt::Display for Contact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.person, self.post) {
            (Some(person), Some(post)) => write!(f, "{person}, {post}")?,
            (Some(person), None) => write!(f, "{person}")?,
            (None, Some(post)) => write!(f, "{post} (holder not named)")?,
            (None, None) => {}
        }
        if let Some(body) = self.body {
            let separator = if self.person.is_some() || self.post.is_some() { ", " } else { "" };
            write!(f, "{separator}{body}")?;
        }
        self.as_of().map_or(Ok(()), |date| write!(f, ", as of {date}"))
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The bodies, posts and people of a country that documents connect with a topic or challenge; or
    /// with a thing, such as an initiative, and what that is about. The closest come first, by
    /// [`Connection`]; of equally close ones those that are known as of the latest day, then those where a
    /// person is named, then in canonical order of body, post and person; each once.
    ///
    /// At the end stand the other posts of the country and its bodies, unless they were split or
    /// superseded. Nothing for what is not there.
    ///
    /// Takes time in O(c log n) for the c claims at the topic, what is above and under it, and at the
    /// country's posts; of n claims in all.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Country, Dataset, Id, Topic};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (estonia, topic): (Id<Country>, Id<Topic>) = ("country:estonia".parse()?, "topic:data".parse()?);
    /// for contact in graph.contacts(&estonia, &topic) {
    ///     println!("{contact}  [{}]", contact.claims()[0].passage());
    /// }
    /// # }
    /// # Ok::<(), dn_graph::dn_model::ParseIdError>(())
    /// ```
    #[must_use]
    pub fn contacts<K: EntityKind>(&self, country: &Id<Country>, about: &Id<K>) -> Vec<Contact<'d>> {
        let (Some(country), Some(about)) = (self.entity(country), self.entity(about)) else { return Vec::new() };
        let mut finder = PeopleSearch { offers: Offers::new(self), country: country.index(), found: Vec::new() };
        if self.adjacency().hierarchy.row(about.index()).is_none() {
            finder.thing(about.index(), Connection::Thing);
        }
        for (object, connection) in finder.objects(about.untyped()) {
            finder.topic(object, connection);
        }
        finder.posts_of_the_country();
        let mut found = finder.found;
        found.sort_by(|a, b| {
            let key = |contact: &Contact<'d>| {
                let date = Reverse(contact.as_of().map(Date::latest));
                let who = (contact.body, contact.post, contact.person);
                (contact.connection, date, contact.person.is_none(), who, contact.claims.len())
            };
            key(a).cmp(&key(b)).then_with(|| a.claims.cmp(&b.claims))
        });
        let mut known = std::collections::HashSet::new();
        let position = |entity: Option<Entity<'d>>| entity.map(Entity::index);
        found.retain(|contact| {
            let [post, person] = [contact.post.map(Entity::untyped), contact.person.map(Entity::untyped)];
            known.insert((position(contact.body), position(post), position(person)))
        });
        found
    }
}

struct PeopleSearch<'g, 'd> {
    offers: Offers<'g, 'd>,
    country: EntityIndex,
    found: Vec<Contact<'d>>,
}

impl<'g, 'd> PeopleSearch<'g, 'd> {
    /// The topics and challenges with which something deals, with how near they are: it itself, what is
    /// under it, and what is above.
    fn objects(&self, about: Entity<'d>) -> Vec<(EntityIndex, Connection)> {
        let graph = self.offers.stands.graph;
        let hierarchy = &graph.adjacency().hierarchy;
        let starts: Vec<EntityIndex> = if hierarchy.row(about.index()).is_some() {
            vec![about.index()]
        } else {
            let work = graph.orders().work_of(about.index());
            let objects = work.filter(|(object, _)| hierarchy.row(*object).is_some());
            objects.filter(|(_, claims)| self.offers.stands.is_shown(claims)).map(|(object, _)| object).collect()
        };
        let mut known: HashMap<EntityIndex, Connection, Hashing> = HashMap::default();
        let mut objects: Vec<(EntityIndex, Connection)> = Vec::new();
        let mut spread = |next: fn(&crate::topics::Hierarchy, usize) -> &[EntityIndex],
                          connect: fn(u32) -> Connection| {
            let mut level = starts.clone();
            let mut depth = 0;
            while !level.is_empty() {
                let connection = if depth == 0 { Connection::Topic } else { connect(depth) };
                level.retain(|object| {
                    let is_new = !known.contains_key(object);
                    if is_new {
                        known.insert(*object, connection);
                        objects.push((*object, connection));
                    }
                    is_new || depth == 0
                });
                depth += 1;
                let rows = level.iter().filter_map(|object| hierarchy.row(*object));
                level = rows.flat_map(|row| next(hierarchy, row)).copied().collect();
            }
        };
        spread(crate::topics::Hierarchy::narrower, Connection::Narrower);
        spread(crate::topics::Hierarchy::broader, Connection::Broader);
        objects
    }

    /// Those who run, published or presented a thing, or are responsible for it.
    fn thing(&mut self, thing: EntityIndex, connection: Connection) {
        let names = self.offers.stands.names;
        for relation in [names.runs, names.publishes, names.presents, names.responsible_for] {
            let holders: Vec<EntityIndex> = self.offers.stands.subjects(relation, thing).collect();
            for holder in holders {
                let claims = self.offers.stands.step(holder, relation, thing);
                self.add(holder, connection, claims);
            }
        }
    }

    /// Those who are responsible for a topic or challenge; and who work on it or have something that is
    /// about it, unless it is only above what was asked for.
    fn topic(&mut self, object: EntityIndex, connection: Connection) {
        let graph = self.offers.stands.graph;
        let names = self.offers.stands.names;
        let is_above = matches!(connection, Connection::Broader(_));
        let mut things = Vec::new();
        for (relation, claims) in graph.orders().incoming_runs(object) {
            let is_work = graph.adjacency().is_work.get(relation.get()) == Some(&true);
            if relation != names.responsible_for && (is_above || !(is_work || relation == names.presents)) {
                continue;
            }
            for (subject, claims) in graph.orders().by_subject(claims) {
                let claims: Vec<Claim<'d>> = graph.shown_of(claims).collect();
                if claims.is_empty() {
                    continue;
                }
                match self.offers.stands.kind(subject) {
                    Some(Kind::Initiative | Kind::Document) => things.push((subject, claims)),
                    _ => self.add(subject, connection, claims),
                }
            }
        }
        for (thing, about) in things {
            let before = self.found.len();
            self.thing(thing, connection);
            for contact in &mut self.found[before..] {
                // Behind who has the thing, before who holds the post.
                let end = contact.claims.iter().rposition(|claim| claim.object().map(Entity::index) == Some(thing));
                let end = end.map_or(contact.claims.len(), |end| end + 1);
                contact.claims.splice(end..end, about.iter().copied());
            }
        }
    }

    /// Adds a body, a post or a person, if they stand for the country.
    fn add(&mut self, who: EntityIndex, connection: Connection, claims: Vec<Claim<'d>>) {
        if who == self.country || !self.offers.stands.stands_for(who, self.country) {
            return;
        }
        let stands = &self.offers.stands;
        let Some(entity) = stands.graph.dataset().entity_at(who) else { return };
        let mut told: Vec<Claim<'d>> = stands.way(self.country, who).into_iter().flatten().collect();
        match entity.kind() {
            Kind::Person => {
                let holds = told.iter().rposition(|claim| claim.subject() == entity);
                let post = holds.and_then(|n| told[n].object()).and_then(Entity::typed);
                told.extend(claims);
                self.found.push(Contact { connection, body: None, post, person: entity.typed(), claims: told });
            }
            Kind::Post => {
                told.extend(claims);
                self.post(entity, None, connection, told);
            }
            Kind::Organization | Kind::WorkingGroup => {
                told.extend(claims);
                let posts: Vec<EntityIndex> = stands.subjects(stands.names.post_of, who).collect();
                for post in &posts {
                    let mut told = told.clone();
                    told.extend(self.offers.stands.step(*post, self.offers.stands.names.post_of, who));
                    if let Some(post) = self.offers.stands.graph.dataset().entity_at(*post) {
                        self.post(post, Some(entity), connection, told);
                    }
                }
                if posts.is_empty() {
                    self.found.push(Contact { connection, body: Some(entity), post: None, person: None, claims: told });
                }
            }
            _ => {}
        }
    }

    /// Adds a post with each of those who hold it; alone, if none is named.
    fn post(&mut self, post: Entity<'d>, body: Option<Entity<'d>>, connection: Connection, told: Vec<Claim<'d>>) {
        let stands = &self.offers.stands;
        let holders: Vec<EntityIndex> = stands.subjects(stands.names.holds, post.index()).collect();
        let contact = |person, claims| Contact { connection, body, post: post.typed(), person, claims };
        for holder in &holders {
            let mut told = told.clone();
            told.extend(stands.step(*holder, stands.names.holds, post.index()));
            let person = stands.graph.dataset().entity_at(*holder).and_then(Entity::typed);
            self.found.push(contact(person, told));
        }
        if holders.is_empty() {
            self.found.push(contact(None, told));
        }
    }

    /// Adds the posts of the country and its bodies.
    fn posts_of_the_country(&mut self) {
        let stands = &self.offers.stands;
        let names = stands.names;
        let wholes = stands.members(self.country).into_iter();
        let mut posts: Vec<EntityIndex> = wholes.flat_map(|whole| stands.subjects(names.post_of, whole)).collect();
        posts.sort_unstable();
        posts.dedup();
        posts.retain(|post| {
            let is_gone = [stands.from(*post, names.split_into), stands.to(names.supersedes, *post)];
            !is_gone.into_iter().any(|claims| stands.is_shown(claims))
        });
        for post in posts {
            let stands = &self.offers.stands;
            let Some(post) = stands.graph.dataset().entity_at(post) else { continue };
            let told = stands.way(self.country, post.index()).into_iter().flatten().collect();
            self.post(post, None, Connection::Country, told);
        }
    }
}
