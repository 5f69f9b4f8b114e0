//! A query as the SPARQL 1.1 Protocol sends it, and its answer.

use dn_model::{EntityId, Kind, Number, PassageId, ResolveError};
use dn_rdf::{Query, QueryKind, Term};
use hyper::Method;

use crate::data::Data;
use crate::form::Form;
use crate::negotiate::{Accept, GRAPHS, RESULTS, choose};
use crate::reply::{Reply, TEXT};

/// What was sent.
pub(crate) struct Sent<'r> {
    pub(crate) method: &'r Method,
    /// What stands behind the question mark of the address.
    pub(crate) search: &'r str,
    /// The media type of the body.
    pub(crate) content_type: &'r str,
    pub(crate) body: &'r [u8],
}

/// The parameters, and the query where the body is one.
pub(crate) fn parameters(sent: &Sent<'_>) -> Result<(Form, Option<String>), Reply> {
    let form = Form::read(sent.search)?;
    if sent.method != Method::POST {
        return Ok((form, None));
    }
    let text = || std::str::from_utf8(sent.body).map_err(|_| Reply::refused("the body is not UTF-8"));
    let media_type = sent.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match &*media_type {
        "application/x-www-form-urlencoded" => Ok((form.and(Form::read(text()?)?), None)),
        "application/sparql-query" => Ok((form, Some(text()?.to_owned()))),
        "application/sparql-update" => Err(read_only()),
        _ => {
            let message = "a POST has the type application/x-www-form-urlencoded or application/sparql-query";
            Err(Reply::told(hyper::StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
        }
    }
}

fn read_only() -> Reply {
    Reply::refused("updates are refused: the data are read-only")
}

/// The query, with the values bound to it; `None` where none was sent.
pub(crate) fn query(data: &Data, form: &Form, body: Option<String>) -> Result<Option<Query>, Reply> {
    if form.all("update").next().is_some() {
        return Err(read_only());
    }
    for parameter in ["default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"] {
        if form.all(parameter).next().is_some() {
            let message = format!(
                "`{parameter}` is not supported: there is one dataset; FROM and FROM NAMED in the query choose its graphs"
            );
            return Err(Reply::refused(&message));
        }
    }
    let text = match (form.one("query")?, body) {
        (Some(_), Some(_)) => return Err(Reply::refused("the query is sent twice, in the address and as the body")),
        (text, body) => body.or_else(|| text.map(str::to_owned)),
    };
    let Some(text) = text else { return Ok(None) };
    let query = form.bound().try_fold(Query::new(text), |query, (name, value)| {
        Ok(query.bind(name, term(data, value).map_err(|message| Reply::refused(&format!("${name}: {message}")))?))
    });
    query.map(Some)
}

/// A value: an IRI in angle brackets, a text in quotes, an id, a number, or the name of an entity.
fn term(data: &Data, value: &str) -> Result<Term, String> {
    let between = |open: &str, close| value.strip_prefix(open)?.strip_suffix(close);
    if let Some(iri) = between("<", ">") {
        return Term::iri(iri).map_err(|error| error.to_string());
    }
    if let Some(text) = between("\"", "\"") {
        return Ok(Term::text(text));
    }
    if let Some(claim) = value.strip_prefix("claim:") {
        return claim.parse::<dn_model::ClaimId>().map(Term::from).map_err(|error| error.to_string());
    }
    if let Ok(id) = value.parse::<EntityId>() {
        return Ok(id.into());
    }
    if let Ok(passage) = value.strip_prefix("passage:").unwrap_or(value).parse::<PassageId>() {
        return Ok(passage.into());
    }
    if let Ok(number) = value.parse::<Number>() {
        return Ok((&number).into());
    }
    let Some(dataset) = data.dataset() else {
        return Err("neither <IRI>, nor \"text\", nor an id, nor a number".to_owned());
    };
    // `topic:Regulatory sandboxes` means the topic where several are called so.
    let kind = value.split_once(':').and_then(|(kind, _)| Kind::ALL.iter().find(|known| known.name() == kind));
    let name = match kind {
        Some(kind) => &value[kind.name().len() + 1..],
        None => value,
    };
    let error = match dataset.resolve(name) {
        Ok(entity) => return Ok(entity.id().into()),
        Err(error) => error,
    };
    let several = match &error {
        ResolveError::Ambiguous { candidates, .. } => candidates.as_slice(),
        _ => &[],
    };
    let mut meant = several.iter().filter(|id| kind == Some(&id.kind()));
    match (meant.next(), meant.next()) {
        (Some(id), None) => Ok(id.into()),
        _ => Err(format!("{error}; a text is in quotes")),
    }
}

/// Answers the query in the format that is asked for, best by the path or the parameter `format`.
pub(crate) fn answer(data: &Data, query: &Query, named: Option<&str>, accept: &Accept) -> Reply {
    let failed = |error| Reply::failed(&error, query.text());
    let done = query.kind().map_err(failed).and_then(|kind| match kind {
        QueryKind::Select | QueryKind::Ask => {
            let offer = choose(RESULTS, named, accept)?;
            Ok((data.rows(query, kind, offer.format).map_err(failed)?, offer.media_type()))
        }
        QueryKind::Construct | QueryKind::Describe => {
            let offer = choose(GRAPHS, named, accept)?;
            Ok((data.graph(query, offer.format).map_err(failed)?, offer.media_type()))
        }
    });
    match done {
        Err(reply) => reply,
        Ok((answered, media_type)) => {
            let mut reply = Reply::new(media_type, answered.bytes).cut(answered.cut);
            reply.note = match (answered.rows, answered.cut) {
                (Some(rows), Some(cut)) => format!("{rows} rows; {cut}"),
                (Some(1), None) => "1 row".to_owned(),
                (Some(rows), None) => format!("{rows} rows"),
                (None, _) => String::new(),
            };
            reply
        }
    }
}

/// What in the query may not be meant, for people.
pub(crate) fn hints(data: &Data, query: &Query) -> Reply {
    match data.hints(query) {
        Err(error) => Reply::failed(&error, query.text()),
        Ok(hints) => {
            let told = hints.iter().map(|hint| format!("{hint}\n{}", hint.excerpt(query.text()).unwrap_or_default()));
            Reply::new(TEXT, told.collect::<String>())
        }
    }
}
