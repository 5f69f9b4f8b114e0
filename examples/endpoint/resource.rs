//! Entities, claims and passages at the paths of their IRIs.

use dn_model::suggest::{did_you_mean, nearest, shown};
use dn_model::vocabulary::BASE;
use dn_model::{ClaimId, Dataset, EntityId, Kind, PassageId};
use dn_rdf::{Query, Term};
use hyper::StatusCode;

use crate::ask;
use crate::data::Data;
use crate::negotiate::Accept;
use crate::profile;
use crate::reply::{HTML, Reply};

/// What is told of a resource: what it has, what leads to it, the claims on it with their passages, and the
/// names of all that occurs. A claim is a statement here, since a graph has no named graphs.
const DESCRIBED: &str = "\
CONSTRUCT {
  ?it ?has ?value . ?other ?leads ?it . ?neighbor rdfs:label ?name .
  ?claim a dn:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    dn:citedFrom ?passage ; dn:standing ?standing .
} WHERE {
  { ?it ?has ?value OPTIONAL { ?value rdfs:label ?name BIND (?value AS ?neighbor) } }
  UNION { ?other ?leads ?it . FILTER (?leads NOT IN (rdf:subject, rdf:object)) OPTIONAL { ?other rdfs:label ?name BIND (?other AS ?neighbor) } }
  UNION {
    { GRAPH ?claim { ?it ?relation ?object } BIND (?it AS ?subject) }
    UNION { GRAPH ?claim { ?subject ?relation ?it } BIND (?it AS ?object) }
    UNION { ?claim rdf:subject ?it ; rdf:predicate ?relation ; rdf:object ?object BIND (?it AS ?subject) }
    UNION { ?claim rdf:object ?it ; rdf:predicate ?relation ; rdf:subject ?subject BIND (?it AS ?object) }
    UNION { GRAPH ?it { ?subject ?relation ?object } BIND (?it AS ?claim) }
    ?claim dn:citedFrom ?passage ; dn:standing ?standing .
  }
}";

/// What a path names.
pub(crate) enum Named {
    Entity(EntityId),
    Claim(ClaimId),
    Passage(PassageId),
}

/// Whether a query is needed to answer this path: for RDF it is, for a page it is not.
pub(crate) fn is_asked(path: &str, format: Option<&str>, accept: &Accept) -> bool {
    path.trim_start_matches('/').contains('/') && !is_page(format, accept)
}

fn is_page(format: Option<&str>, accept: &Accept) -> bool {
    format.map_or_else(|| accept.is_for_people(), |format| format == "html")
}

/// Answers a path of two parts, such as `/country/estonia`.
pub(crate) fn answer(data: &Data, path: &str, format: Option<&str>, accept: &Accept) -> Result<Reply, Reply> {
    let missing = |message: &str| Reply::told(StatusCode::NOT_FOUND, message);
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let Some((folder, name)) = decoded.trim_start_matches('/').split_once('/') else {
        return match data.dataset().and_then(|dataset| profile::list(dataset, decoded.trim_start_matches('/'))) {
            Some(page) if format.is_none() => Ok(Reply::new(HTML, page)),
            _ => Err(missing(&format!("there is nothing at `{}`; `/` is the page to ask queries", shown(&decoded)))),
        };
    };
    let Some(dataset) = data.dataset() else {
        let iri = Term::iri(&format!("{BASE}{folder}/{name}")).map_err(|error| missing(&error.to_string()))?;
        return Ok(ask::answer(data, &Query::new("DESCRIBE ?it {}").bind("it", iri), format, accept));
    };
    let named = find(dataset, folder, name)?;
    if is_page(format, accept) {
        let graph = data.graph.as_ref().ok_or_else(|| missing("there is no page"))?;
        return Ok(Reply::new(HTML, profile::page(graph, &named)));
    }
    let it = match named {
        Named::Entity(id) => Term::from(id),
        Named::Claim(id) => Term::from(id),
        Named::Passage(id) => Term::from(id),
    };
    let mut reply = ask::answer(data, &Query::new(DESCRIBED).bind("it", it), format, accept);
    reply.note.clear();
    Ok(reply)
}

/// What is there under this name, or what may be meant.
fn find(dataset: &Dataset, folder: &str, name: &str) -> Result<Named, Reply> {
    let missing = |message: String| Reply::told(StatusCode::NOT_FOUND, &message);
    let given = shown(name);
    match folder {
        "claim" => {
            let id: ClaimId = name
                .parse()
                .map_err(|_| missing(format!("`{given}` is not the id of a claim: 24 digits of 0-9 and a-f")))?;
            if dataset.claim(id).is_some() {
                return Ok(Named::Claim(id));
            }
            match dataset.withdrawn(id) {
                None => Err(missing(format!("there is no claim {id}"))),
                Some(withdrawn) => {
                    let instead = dataset.successors(id);
                    let instead: Vec<String> =
                        instead.iter().map(|claim| format!("\nin its place: /claim/{}", claim.id())).collect();
                    Err(Reply::told(StatusCode::GONE, &format!("claim {id} is {withdrawn}{}", instead.concat())))
                }
            }
        }
        "passage" => {
            let id: Option<PassageId> = name.parse().ok();
            let Some(id) = id.filter(|id| dataset.passage(id).is_some()) else {
                let ids: Vec<String> = dataset.passages().map(|passage| passage.id().to_string()).collect();
                let meant = did_you_mean(nearest(name, ids.iter().map(String::as_str)));
                return Err(missing(format!("there is no passage `{given}`{meant}")));
            };
            Ok(Named::Passage(id))
        }
        folder => {
            let kinds = Kind::ALL.iter();
            let Some(kind) = kinds.clone().find(|kind| kind.name() == folder) else {
                let folders = kinds.map(|kind| kind.name()).chain(["claim", "passage"]);
                let meant = did_you_mean(nearest(folder, folders));
                return Err(missing(format!("there is nothing at `/{}/`{meant}", shown(folder))));
            };
            if let Ok(id) = EntityId::new(*kind, name)
                && dataset.entity(&id).is_some()
            {
                return Ok(Named::Entity(id));
            }
            let slugs = dataset.entities().filter(|entity| entity.kind() == *kind).map(|entity| entity.slug());
            let meant = did_you_mean(nearest(name, slugs));
            Err(missing(format!("there is no {} `{given}`{meant}", kind.label())))
        }
    }
}
