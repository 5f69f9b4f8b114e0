//! Who works on what, of all countries at once: found in one pass over all claims, since those of each
//! worker lie apart in memory, and all together lie side by side.

use std::ops::{Range, RangeBounds};

use dn_model::{ClaimIndex, EntityIndex};

use crate::graph::KnowledgeGraph;
use crate::kinds::Part;
use crate::rows::Rows;
use crate::walk::Walk;

/// The topics on which each country works, each once, in no order; both by how far behind the first one
/// they stand.
pub(crate) fn topics_of_countries(graph: &KnowledgeGraph<'_>) -> Rows<u32> {
    let (kinds, hierarchy) = (&graph.adjacency().kinds, &graph.adjacency().hierarchy);
    let mut walk = Walk::new(graph);
    let Claimed { runs, works } = Claimed::new(graph);
    let workers = countries_of_workers(graph, &mut walk, &runs);
    // What each country works on, and by whom the commitments are worked on that are about something.
    let (mut direct, mut bound, mut about) = (Vec::new(), Vec::new(), Vec::new());
    for (worker, object) in works {
        let countries = workers.at(worker.get());
        match hierarchy.row(object) {
            Some(_) if kinds.part(worker) == Part::Commitment => about.push((worker, object)),
            Some(_) => direct.extend(countries.iter().map(|country| (*country, object))),
            None if kinds.part(object) == Part::Commitment => {
                bound.extend(countries.iter().map(|country| (object, *country)))
            }
            None => {}
        }
    }
    let (bound, about) = (grouped(kinds.commitments(), &bound), grouped(kinds.commitments(), &about));
    let mut distinct = Distinct::new(kinds.countries().len());
    for commitment in 0..bound.len() {
        for country in distinct.of(bound.at(commitment)) {
            direct.extend(about.at(commitment).iter().map(|object| (country, *object)));
        }
    }
    let direct = Rows::new(
        kinds.countries().len(),
        direct.iter().map(|(country, _)| *country as usize),
        direct.iter().map(|(country, object)| (*country as usize, *object)),
    );
    let first = hierarchy.entity(0).get();
    Rows::of(0..direct.len(), direct.items().len(), |country, topics| {
        walk.begin();
        for object in direct.at(country) {
            walk.climb(*object, |topic| topics.push((topic.get() - first) as u32));
        }
    })
}

/// The topics, by row, on which so many countries work, and under which no other topic brings the very same
/// countries together.
pub(crate) fn telling(
    graph: &KnowledgeGraph<'_>,
    countries: &Rows<u32>,
    wanted: impl RangeBounds<usize>,
) -> impl Iterator<Item = usize> {
    let hierarchy = &graph.adjacency().hierarchy;
    (0..countries.len()).filter(move |row| {
        let number = countries.at(*row).len();
        // Who works on what is under a topic works on the topic: with as many, they are the same.
        let has_all = |narrower: &EntityIndex| {
            let under = hierarchy.row(*narrower).filter(|under| *under < countries.len());
            under.is_some_and(|under| countries.at(under).len() == number)
        };
        wanted.contains(&number) && !hierarchy.narrower(*row).iter().any(has_all)
    })
}

/// For which countries each entity works, each once: how far behind the first one these stand.
fn countries_of_workers(
    graph: &KnowledgeGraph<'_>,
    walk: &mut Walk<'_, '_>,
    runs: &[(EntityIndex, EntityIndex)],
) -> Rows<u32> {
    let (kinds, entities) = (&graph.adjacency().kinds, graph.dataset().entities().len());
    let mut workers: Vec<(EntityIndex, u32)> = Vec::new();
    for (n, country) in kinds.countries().enumerate() {
        walk.begin();
        workers.extend(walk.bodies(EntityIndex::new(country)).into_iter().map(|body| (body, n as u32)));
    }
    let bodies = grouped(0..entities, &workers);
    let runs = grouped(kinds.initiatives(), runs);
    let mut distinct = Distinct::new(kinds.countries().len());
    for (n, initiative) in kinds.initiatives().enumerate() {
        let countries = runs.at(n).iter().flat_map(|runner| bodies.at(runner.get()));
        workers.extend(distinct.of(countries).map(|country| (EntityIndex::new(initiative), country)));
    }
    grouped(0..entities, &workers)
}

/// What is claimed of initiatives and works, between whichever two.
struct Claimed {
    /// What is run, and by whom.
    runs: Vec<(EntityIndex, EntityIndex)>,
    /// Who works, and on what.
    works: Vec<(EntityIndex, EntityIndex)>,
}

impl Claimed {
    fn new(graph: &KnowledgeGraph<'_>) -> Self {
        let (columns, adjacency) = (graph.dataset().columns(), graph.adjacency());
        let mut is_wanted = adjacency.is_work.clone();
        if let Some(runs) = is_wanted.get_mut(adjacency.runs.get()) {
            *runs = true;
        }
        // Written down whether wanted or not, and then overwritten: which it is cannot be foreseen, and a
        // processor that is to go one of two ways at each claim waits longer than it takes to write it.
        let mut wanted = vec![ClaimIndex::default(); graph.dataset().claims().len()];
        let mut len = 0;
        for n in 0..wanted.len() {
            let claim = ClaimIndex::new(n);
            wanted[len] = claim;
            len += usize::from(is_wanted[columns.relation(claim).get()]);
        }
        let (mut runs, mut works) = (Vec::new(), Vec::new());
        for claim in wanted.into_iter().take(len).filter(|claim| graph.shown(*claim).is_some()) {
            let (subject, object) = (columns.subject(claim), EntityIndex::new(columns.object_key(claim) as usize));
            let relation = columns.relation(claim);
            if relation == adjacency.runs {
                runs.push((object, subject));
            }
            if adjacency.is_work[relation.get()] {
                works.push((subject, object));
            }
        }
        Claimed { runs, works }
    }
}

/// What belongs to each of a range of entities.
fn grouped<T: Copy + Default>(entities: Range<usize>, pairs: &[(EntityIndex, T)]) -> Rows<T> {
    let within = || pairs.iter().filter(|(entity, _)| entities.contains(&entity.get()));
    Rows::new(
        entities.len(),
        within().map(|(entity, _)| entity.get() - entities.start),
        within().map(|(entity, item)| (entity.get() - entities.start, *item)),
    )
}

/// Leaves out, of one list of small numbers after the other, what has come before in that list.
struct Distinct {
    last: Vec<u32>,
    lists: u32,
}

impl Distinct {
    fn new(numbers: usize) -> Self {
        Distinct { last: vec![0; numbers], lists: 0 }
    }

    fn of<'a>(&'a mut self, list: impl IntoIterator<Item = &'a u32> + 'a) -> impl Iterator<Item = u32> + 'a {
        self.lists += 1;
        let (last, number) = (&mut self.last, self.lists);
        list.into_iter().copied().filter(move |n| std::mem::replace(&mut last[*n as usize], number) != number)
    }
}
