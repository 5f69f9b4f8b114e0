//! Entities, claims and passages as pages for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use dn_graph::KnowledgeGraph;
use dn_model::{Claim, Dataset, Document, Entity, Kind, Passage};

use crate::html::{self, escaped, link};
use crate::resource::Named;

/// The page of what is there; what is not has an empty one, since it was looked for before.
pub(crate) fn page(graph: &KnowledgeGraph<'_>, named: &Named) -> String {
    let dataset = graph.dataset();
    match named {
        Named::Entity(id) => dataset.entity(id).map(|it| entity(graph, it)),
        Named::Claim(id) => dataset.claim(*id).map(claim),
        Named::Passage(id) => dataset.passage(id).map(passage),
    }
    .unwrap_or_default()
}

/// All entities of a kind, where the word names one.
pub(crate) fn list(dataset: &Dataset, kind: &str) -> Option<String> {
    let kind = *Kind::ALL.iter().find(|known| known.name() == kind)?;
    let mut entities: Vec<Entity<'_>> = dataset.entities().filter(|entity| entity.kind() == kind).collect();
    entities.sort_by_cached_key(|entity| entity.name().to_lowercase());
    let items: String = entities.into_iter().map(|entity| format!("<li>{}</li>\n", to(entity))).collect();
    let title = kind.plural();
    let title = title[..1].to_uppercase() + &title[1..];
    Some(html::page(&title, &format!("<p>{}</p>\n<ul class=\"columns\">\n{items}</ul>\n", escaped(kind.definition()))))
}

fn to(entity: Entity<'_>) -> String {
    link(&format!("/{}/{}", entity.kind(), entity.slug()), entity.name())
}

fn source(passage: Passage<'_>) -> String {
    link(&format!("/passage/{}", passage.id()), &passage.to_string())
}

/// The IRI and the other formats of a page.
fn formats(path: &str) -> String {
    let formats: Vec<String> =
        ["ttl", "jsonld", "rdf", "nt"].iter().map(|format| link(&format!("{path}.{format}"), format)).collect();
    format!(
        "<p class=\"iri\"><code>{}{}</code><br>as RDF: {}</p>\n",
        escaped(dn_model::vocabulary::BASE),
        escaped(path.trim_start_matches('/')),
        formats.join(" · "),
    )
}

fn entity(graph: &KnowledgeGraph<'_>, it: Entity<'_>) -> String {
    let kind = link(&format!("/{}", it.kind()), it.kind().label());
    let mut out = format!("<p class=\"kind\">{kind}");
    let also: Vec<String> = it.aliases().map(escaped).collect();
    if !also.is_empty() {
        let _ = write!(out, ", also called {}", also.join(", "));
    }
    let _ = writeln!(out, "</p>\n{}", formats(&format!("/{}/{}", it.kind(), it.slug())).trim_end());
    let row = |out: &mut String, name: &str, entities: Vec<Entity<'_>>| {
        let links: Vec<String> = entities.into_iter().map(to).collect();
        if !links.is_empty() {
            let _ = writeln!(out, "<p><b>{name}</b>: {} <small>(by the curators)</small></p>", links.join(", "));
        }
    };
    row(&mut out, "broader", it.broader().map(Entity::untyped).collect());
    let narrower = it.dataset().entities().filter(|other| other.broader().any(|broader| broader.index() == it.index()));
    row(&mut out, "narrower", narrower.collect());
    row(&mut out, "possibly the same", it.possibly_same().collect());
    if let Some(document) = it.typed::<Document>() {
        out += &document_facts(document);
    }

    // By what a relation is called from this side, in the order in which it is met.
    let mut groups: BTreeMap<(usize, &str), Vec<Claim<'_>>> = BTreeMap::new();
    let mut order: Vec<(u8, &str)> = Vec::new();
    let mut add = |side: u8, label, claim| {
        let place = order.iter().position(|known| *known == (side, label)).unwrap_or_else(|| {
            order.push((side, label));
            order.len() - 1
        });
        groups.entry((place, label)).or_default().push(claim);
    };
    for claim in it.claims().filter(|claim| claim.value().is_some()) {
        add(0, &*claim.relation().label, claim);
    }
    for claim in it.claims().filter(|claim| claim.object().is_some()) {
        add(0, &*claim.relation().label, claim);
    }
    for incoming in graph.links(&it.id()).filter(|near| near.claim().subject().index() != it.index()) {
        add(1, &*incoming.claim().relation().inverse, incoming.claim());
    }
    for ((_, label), claims) in groups {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", escaped(label));
        // What several claims say alike stands once, with all their evidence.
        let mut said: Vec<(String, String)> = Vec::new();
        for claim in claims {
            let (other, evidence) = (seen_from(it, claim), evidence(claim));
            match said.iter_mut().find(|(known, _)| *known == other) {
                Some((_, known)) => *known += &evidence,
                None => said.push((other, evidence)),
            }
        }
        for (other, evidence) in said {
            let _ = writeln!(out, "<li>{other}{evidence}</li>");
        }
        out.push_str("</ul>\n");
    }
    html::page(it.name(), &out)
}

/// The other side of a claim, and its standing where that is not asserted.
fn seen_from(it: Entity<'_>, claim: Claim<'_>) -> String {
    let other = match (claim.object(), claim.value()) {
        (Some(object), _) if object.index() == it.index() => to(claim.subject()),
        (Some(object), _) => to(object),
        (None, Some(value)) => escaped(&value.to_string()),
        (None, None) => String::new(),
    };
    let standing = if claim.is_asserted() {
        String::new()
    } else {
        format!(" <strong class=\"standing\">{}</strong>", claim.standing())
    };
    other + &standing
}

/// How a claim was said, and where.
fn evidence(claim: Claim<'_>) -> String {
    let details = details(claim);
    let details = if details.is_empty() { details } else { format!("{} — ", escaped(&details)) };
    let page = link(&format!("/claim/{}", claim.id()), "claim");
    format!("<small>{details}{page} in {}</small>", source(claim.passage()))
}

/// The qualifiers, as the claim prints them behind its predicate.
fn details(claim: Claim<'_>) -> String {
    let (short, long) = (format!("{}", claim.predicate()), format!("{:#}", claim.predicate()));
    long.strip_prefix(&short).unwrap_or_default().trim_start_matches(", ").to_owned()
}

fn document_facts(document: Entity<'_, Document>) -> String {
    let Some(record) = document.source() else { return String::new() };
    let mut out = String::from("<dl>\n");
    let issued = record.issued.map(|date| date.to_string());
    let sha256 = record.sha256.to_string();
    let facts = [
        ("Title", record.title.as_deref()),
        ("Author", record.author.as_deref()),
        ("Publisher", record.publisher.as_deref()),
        ("Date", issued.as_deref()),
        ("How the date is known", record.issued_basis.as_deref()),
        ("SHA-256", Some(&*sha256)),
        ("Address", record.url.as_deref()),
    ];
    for (name, fact) in facts.into_iter().filter_map(|(name, fact)| Some((name, fact?))) {
        let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escaped(fact));
    }
    out.push_str("</dl>\n<h2>passages</h2>\n<ul class=\"columns\">\n");
    for passage in document.passages() {
        let _ = writeln!(out, "<li>{}</li>", source(passage));
    }
    out + "</ul>\n"
}

fn claim(it: Claim<'_>) -> String {
    let object = match (it.object(), it.value()) {
        (Some(object), _) => to(object),
        (None, value) => escaped(&value.map(|value| value.to_string()).unwrap_or_default()),
    };
    let mut out = formats(&format!("/claim/{}", it.id()));
    let _ = writeln!(
        out,
        "<p class=\"statement\">{} <b>{}</b> {object}</p>\n<dl>\n<dt>Standing</dt><dd>{}: {}</dd>",
        to(it.subject()),
        escaped(&it.relation().label),
        it.standing(),
        escaped(it.standing().definition()),
    );
    let document = it.passage().document();
    let _ = writeln!(out, "<dt>Document</dt><dd>{}</dd>", to(document.untyped()));
    let _ = writeln!(out, "<dt>Passage</dt><dd>{}</dd>", source(it.passage()));
    let details = details(it);
    if !details.is_empty() {
        let _ = writeln!(out, "<dt>Details</dt><dd>{}</dd>", escaped(&details));
    }
    out.push_str("</dl>\n");
    html::page(&it.to_string(), &out)
}

fn passage(it: Passage<'_>) -> String {
    let mut out = formats(&format!("/passage/{}", it.id()));
    let _ = writeln!(
        out,
        "<dl>\n<dt>Document</dt><dd>{}</dd>\n<dt>Paragraph</dt><dd>{}</dd>\n<dt>Heading</dt><dd>{}</dd>\n\
         <dt>SHA-256</dt><dd>{}</dd>\n</dl>\n<p>The text itself is not in the data; the hash tells whether a \
         paragraph is this one.</p>",
        to(it.document().untyped()),
        it.position(),
        escaped(it.heading().unwrap_or("none")),
        it.sha256(),
    );
    match it.no_claims() {
        Some(reason) => {
            let _ = writeln!(out, "<p>It carries no claim: {}</p>", escaped(reason));
        }
        None => {
            out.push_str("<h2>claims</h2>\n<ul>\n");
            for claim in it.claims() {
                let _ = writeln!(out, "<li>{}</li>", link(&format!("/claim/{}", claim.id()), &claim.to_string()));
            }
            out.push_str("</ul>\n");
        }
    }
    html::page(&it.id().to_string(), &out)
}
