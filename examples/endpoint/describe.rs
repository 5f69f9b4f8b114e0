//! What the endpoint says of itself and of its data.

use dn_model::vocabulary::BASE;
use dn_rdf::{Description, Format, Schema, Store};
use hyper::StatusCode;

use crate::data::Data;
use crate::negotiate::{Accept, GRAPHS, choose};
use crate::reply::Reply;

/// The endpoint, as SPARQL 1.1 Service Description tells it.
pub(crate) fn service(data: &Data, host: &str, named: Option<&str>, accept: &Accept) -> Result<Reply, Reply> {
    let offer = choose(GRAPHS, named, accept)?;
    let formats = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"];
    let graphs = ["Turtle", "JSON-LD", "RDF_XML", "N-Triples", "TriG", "N-Quads"];
    let formats: Vec<String> = formats.iter().chain(&graphs).map(|name| format!("formats:{name}")).collect();
    let about = match data.dataset() {
        Some(_) => format!(" ;\n    <http://rdfs.org/ns/void#inDataset> <{BASE}dataset>"),
        None => String::new(),
    };
    let turtle = format!(
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\
         @prefix formats: <http://www.w3.org/ns/formats/> .\n\
         <http://{host}/query> a sd:Service ;\n\
         \x20   sd:endpoint <http://{host}/query> ;\n\
         \x20   sd:supportedLanguage sd:SPARQL11Query ;\n\
         \x20   sd:resultFormat {} ;\n\
         \x20   sd:defaultDataset <http://{host}/query#dataset>{about} .\n\
         <http://{host}/query#dataset> a sd:Dataset ; sd:defaultGraph <http://{host}/query#default-graph> .\n\
         <http://{host}/query#default-graph> a sd:Graph .\n",
        formats.join(" , "),
    );
    let defect = |message: String| Reply::told(StatusCode::INTERNAL_SERVER_ERROR, &message);
    let store =
        Store::from_rdf("service", turtle.as_bytes(), Format::Turtle).map_err(|error| defect(error.to_string()))?;
    let text =
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }", offer.format).map_err(|error| defect(error.to_string()))?;
    Ok(Reply::new(offer.media_type(), text))
}

/// What the data are, with DCAT and VoID.
pub(crate) fn void(data: &Data, named: Option<&str>, accept: &Accept) -> Result<Reply, Reply> {
    let offer = choose(GRAPHS, named, accept)?;
    let Some(dataset) = data.dataset() else {
        return Err(Reply::told(StatusCode::NOT_FOUND, "files of RDF are served as they stand, without a description"));
    };
    Ok(Reply::new(offer.media_type(), Description::new(dataset).to_string(offer.format)))
}

/// The ontology, with the relations that the data declare.
pub(crate) fn ontology(data: &Data, named: Option<&str>, accept: &Accept) -> Result<Reply, Reply> {
    let offer = choose(GRAPHS, named, accept)?;
    let schema = data.dataset().map_or_else(Schema::new, Schema::of);
    Ok(Reply::new(offer.media_type(), schema.ontology(offer.format)))
}
