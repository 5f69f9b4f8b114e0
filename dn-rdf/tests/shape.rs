//! The shape of the data in RDF, worked out by hand.

mod support;

use dn_model::Dataset;
use dn_rdf::{Export, Format, Import, Store};

/// Compares everything after the prefixes.
fn check(data: &str, format: Format, expected: &str) {
    let dataset = Dataset::builder().toml("data.toml", data).build().unwrap();
    let text = Export::new(&dataset).to_string(format).unwrap();
    let body: String =
        text.lines().filter(|line| !line.starts_with("@prefix")).map(|line| format!("{line}\n")).collect();
    assert_eq!(body, expected);
    assert!(Import::new().parse("again", text.as_bytes(), format).unwrap() == dataset);
}

/// An asserted claim, and one that is denied, on one passage of a document.
///
/// The ids are the first 24 digits of the SHA-256 over the strings that DESIGN.md lists, computed
/// apart from the library.
const TWO_CLAIMS: &str = r#"
[[entity]]
id = "country:new-zealand"
name = "New Zealand"
[[entity]]
id = "topic:wallets"
name = "Digital \"wallets\""
[document]
id = "document:notes"
name = "Notes"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
[[passage]]
position = 1
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:new-zealand", relation = "works-on", object = "topic:wallets", to = ".." },
  { subject = "country:new-zealand", relation = "prioritizes", object = "topic:wallets", standing = "negated", from = "2024-02" },
]
"#;

#[test]
fn an_asserted_claim_is_a_graph_and_a_denied_one_a_statement() {
    check(TWO_CLAIMS, Format::TriG, TRIG);
}

const TRIG: &str = r#"country:new-zealand a dn:Country ;
	rdfs:label "New Zealand" ;
	dn:worksOn topic:wallets .
document:notes a dn:Document , dn:SourceDocument ;
	rdfs:label "Notes" ;
	dn:sha256 "0000000000000000000000000000000000000000000000000000000000000001" .
topic:wallets a dn:Topic ;
	rdfs:label "Digital \"wallets\"" .
passage:notes-p1 a dn:Passage ;
	dcterms:isPartOf document:notes ;
	dn:position 1 ;
	dn:sha256 "0000000000000000000000000000000000000000000000000000000000000002" .
claim:713c624acd5d219f7a592b20 a dn:Claim ;
	dn:citedFrom passage:notes-p1 ;
	dn:standing dn:Stated ;
	dn:to ".." .
claim:ebb8f136015111a9f45f3252 a dn:Claim ;
	rdf:subject country:new-zealand ;
	rdf:predicate dn:prioritizes ;
	rdf:object topic:wallets ;
	dn:citedFrom passage:notes-p1 ;
	dn:standing dn:Negated ;
	dn:from "2024-02" ;
	dn:fromEarliest "2024-02-01"^^xsd:date ;
	dn:fromLatest "2024-02-29"^^xsd:date .
claim:713c624acd5d219f7a592b20 {
	country:new-zealand dn:worksOn topic:wallets .
}
"#;

#[test]
fn triple_formats_have_statements_for_all_claims() {
    check(TWO_CLAIMS, Format::NTriples, N_TRIPLES);
}

const N_TRIPLES: &str = r#"<https://w3id.org/digital-nations/country/new-zealand> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Country> .
<https://w3id.org/digital-nations/country/new-zealand> <http://www.w3.org/2000/01/rdf-schema#label> "New Zealand" .
<https://w3id.org/digital-nations/country/new-zealand> <https://w3id.org/digital-nations/ns#worksOn> <https://w3id.org/digital-nations/topic/wallets> .
<https://w3id.org/digital-nations/document/notes> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Document> .
<https://w3id.org/digital-nations/document/notes> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#SourceDocument> .
<https://w3id.org/digital-nations/document/notes> <http://www.w3.org/2000/01/rdf-schema#label> "Notes" .
<https://w3id.org/digital-nations/document/notes> <https://w3id.org/digital-nations/ns#sha256> "0000000000000000000000000000000000000000000000000000000000000001" .
<https://w3id.org/digital-nations/topic/wallets> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Topic> .
<https://w3id.org/digital-nations/topic/wallets> <http://www.w3.org/2000/01/rdf-schema#label> "Digital \"wallets\"" .
<https://w3id.org/digital-nations/passage/notes-p1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Passage> .
<https://w3id.org/digital-nations/passage/notes-p1> <http://purl.org/dc/terms/isPartOf> <https://w3id.org/digital-nations/document/notes> .
<https://w3id.org/digital-nations/passage/notes-p1> <https://w3id.org/digital-nations/ns#position> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://w3id.org/digital-nations/passage/notes-p1> <https://w3id.org/digital-nations/ns#sha256> "0000000000000000000000000000000000000000000000000000000000000002" .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Claim> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <https://w3id.org/digital-nations/country/new-zealand> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <https://w3id.org/digital-nations/ns#worksOn> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <https://w3id.org/digital-nations/topic/wallets> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <https://w3id.org/digital-nations/ns#citedFrom> <https://w3id.org/digital-nations/passage/notes-p1> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <https://w3id.org/digital-nations/ns#standing> <https://w3id.org/digital-nations/ns#Stated> .
<https://w3id.org/digital-nations/claim/713c624acd5d219f7a592b20> <https://w3id.org/digital-nations/ns#to> ".." .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/digital-nations/ns#Claim> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <https://w3id.org/digital-nations/country/new-zealand> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <https://w3id.org/digital-nations/ns#prioritizes> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <https://w3id.org/digital-nations/topic/wallets> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <https://w3id.org/digital-nations/ns#citedFrom> <https://w3id.org/digital-nations/passage/notes-p1> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <https://w3id.org/digital-nations/ns#standing> <https://w3id.org/digital-nations/ns#Negated> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <https://w3id.org/digital-nations/ns#from> "2024-02" .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <https://w3id.org/digital-nations/ns#fromEarliest> "2024-02-01"^^<http://www.w3.org/2001/XMLSchema#date> .
<https://w3id.org/digital-nations/claim/ebb8f136015111a9f45f3252> <https://w3id.org/digital-nations/ns#fromLatest> "2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date> .
"#;

#[test]
fn the_kinds_of_value_keep_their_form() {
    let dataset = support::dataset();
    let text = Export::new(&dataset).to_string(Format::Turtle).unwrap();
    let block = |subject: &str| {
        let start = text.find(&format!("\n{subject} a ")).unwrap() + 1;
        let end = text[start..].find(" .\n").unwrap();
        text[start..start + end].to_owned()
    };
    assert_eq!(
        block("commitment:less-paper"),
        "commitment:less-paper a dn:Commitment ;\n\trdfs:label \"Less paper\" ;\n\tdn:target 40.50 ;\n\tdn:unit \"percent\""
    );
    assert_eq!(
        block("meeting:summit"),
        "meeting:summit a dn:Meeting ;\n\trdfs:label \"Summit\" ;\n\tdn:year 2025 ;\n\tdn:date \"2025-11-12\" ;\n\t\
         dn:dateEarliest \"2025-11-12\"^^xsd:date ;\n\tdn:dateLatest \"2025-11-12\"^^xsd:date"
    );
    assert_eq!(
        block("document:notes"),
        "document:notes a dn:Document , dn:SourceDocument ;\n\trdfs:label \"Notes\" ;\n\tdn:recordIssued \"2025-11\" ;\n\t\
         dn:sha256 \"0000000000000000000000000000000000000000000000000000000000000001\" ;\n\tdn:year 2025 ;\n\t\
         dcterms:issued \"2025-11\" ;\n\tdn:issuedEarliest \"2025-11-01\"^^xsd:date ;\n\tdn:issuedLatest \"2025-11-30\"^^xsd:date"
    );
    assert_eq!(
        block("country:estonia"),
        "country:estonia a dn:Country ;\n\trdfs:label \"Estonia\" ;\n\tskos:altLabel \"Eesti\" ;\n\tdn:isoAlpha2 \"EE\" ;\n\t\
         dn:isoAlpha3 \"EST\" ;\n\towl:sameAs <http://www.wikidata.org/entity/Q191> ;\n\t\
         <http://example.org/terms/twinnedWith> country:new-zealand ;\n\tdn:worksOn topic:identity"
    );
    assert_eq!(
        block("<http://example.org/terms/twinnedWith>"),
        "<http://example.org/terms/twinnedWith> a dn:Relation , rdf:Property ;\n\tdn:name \"twinned-with\" ;\n\t\
         rdfs:label \"is twinned with\" ;\n\tdn:inverseLabel \"is twinned with\" ;\n\t\
         skos:definition \"The two countries share a service.\" ;\n\tdn:iri \"http://example.org/terms/twinnedWith\" ;\n\t\
         dn:superProperty \"org:linkedTo\" ;\n\trdfs:subPropertyOf org:linkedTo ;\n\tdn:signature \"country -> country\""
    );
}

/// Objects come by their written form, `post:…` behind `person:…`, and 10 before 9; bounds by their
/// IRI, those of two relations between each other.
#[test]
fn what_is_asserted_comes_by_relation_and_written_form() {
    let relation = |name: &str, rest: &str| {
        format!("[[relation]]\nname = \"{name}\"\nlabel = \"l\"\ninverse = \"i\"\ndefinition = \"D.\"\n{rest}\n")
    };
    let dates = "value = \"date\"\nrelates = [{ domain = [\"country\"] }]";
    let entity = |id: &str| format!("[[entity]]\nid = \"{id}\"\nname = \"N\"\n");
    let mut data = relation("held", dates) + &relation("held-first", dates);
    data += &relation("rated", "value = \"number\"\nrelates = [{ domain = [\"country\"] }]");
    let kinds = "[\"working-group\", \"post\", \"person\"]";
    data += &relation("links", &format!("relates = [{{ domain = [\"country\"], range = {kinds} }}]"));
    data += &["country:a", "working-group:w", "post:b", "post:a-b", "post:a", "person:p"].map(entity).concat();
    let zeros = "0".repeat(64);
    data += &format!("[document]\nid = \"document:d\"\nname = \"D\"\nsha256 = \"{zeros}\"\n");
    data += &format!("[[passage]]\nposition = 1\nsha256 = \"{zeros}\"\nclaims = [\n");
    for object in ["working-group:w", "post:b", "post:a-b", "post:a", "person:p", "post:b"] {
        let role = if data.contains("post:b\" }") { ", role = \"again\"" } else { "" };
        data += &format!("{{ subject = \"country:a\", relation = \"links\", object = \"{object}\"{role} }},\n");
    }
    for (relation, value) in
        [("held", "2020-02"), ("held-first", "2019"), ("held", "2020"), ("rated", "9"), ("rated", "10")]
    {
        data += &format!("{{ subject = \"country:a\", relation = \"{relation}\", value = \"{value}\" }},\n");
    }
    data += "]";
    let dataset = Dataset::builder().toml("data.toml", &data).build().unwrap_or_else(|problems| panic!("{problems}"));
    let text = Export::new(&dataset).to_string(Format::Turtle).unwrap();
    let start = text.find("country:a a dn:Country").unwrap();
    let end = start + text[start..].find(" .\n").unwrap();
    assert_eq!(
        text[start..end].split(" ;\n\t").collect::<Vec<_>>(),
        [
            "country:a a dn:Country",
            "rdfs:label \"N\"",
            "dn:held \"2020\" , \"2020-02\"",
            "dn:heldFirst \"2019\"",
            "dn:links person:p , post:a , post:a-b , post:b , working-group:w",
            "dn:rated 10 , 9",
            "dn:heldEarliest \"2020-01-01\"^^xsd:date , \"2020-02-01\"^^xsd:date",
            "dn:heldFirstEarliest \"2019-01-01\"^^xsd:date",
            "dn:heldFirstLatest \"2019-12-31\"^^xsd:date",
            "dn:heldLatest \"2020-02-29\"^^xsd:date , \"2020-12-31\"^^xsd:date",
        ]
    );
}

#[test]
fn an_error_of_the_writer_is_told() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| std::io::Error::other("no room"))?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let dataset = support::dataset();
    for format in Format::ALL {
        let error = Export::new(&dataset).to_writer(*format, Full(100)).unwrap_err();
        assert_eq!(error.to_string(), "no room", "{format}");
        assert!(Export::new(&dataset).to_writer(*format, Full(1 << 20)).is_ok());
    }
}

#[test]
fn what_is_not_asserted_is_never_a_triple() {
    let store = Store::from(&support::dataset());
    let denied = "country:new-zealand dn:worksOn topic:wallets";
    let wished = "country:estonia dn:prioritizes topic:wallets";
    for triple in [denied, wished] {
        assert!(!store.ask(format!("ASK {{ {triple} }}")).unwrap());
        assert!(!store.ask(format!("ASK {{ GRAPH ?g {{ {triple} }} }}")).unwrap());
    }
    let statement = "ASK { ?c rdf:subject country:new-zealand ; rdf:predicate dn:worksOn ; dn:standing dn:Negated }";
    assert!(store.ask(statement).unwrap());
    assert!(store.ask("ASK { country:estonia dn:worksOn topic:identity }").unwrap());
    assert!(store.ask("ASK { GRAPH ?g { country:estonia dn:worksOn topic:identity } }").unwrap());
}

/// Many engines take the union of all graphs for the default graph.
#[test]
fn the_union_of_all_graphs_holds_the_asserted_claims_and_no_others() {
    use dn_rdf::oxigraph::io::{RdfFormat, RdfParser};
    use dn_rdf::oxigraph::model::GraphName;
    use std::collections::HashSet;

    let dataset = support::dataset();
    let text = Export::new(&dataset).to_string(Format::TriG).unwrap();
    let (mut union, mut default) = (HashSet::new(), HashSet::new());
    for quad in RdfParser::from_format(RdfFormat::TriG).for_slice(text.as_bytes()) {
        let quad = quad.unwrap();
        if quad.graph_name == GraphName::DefaultGraph {
            default.insert((quad.subject.clone(), quad.predicate.clone(), quad.object.clone()));
        }
        union.insert((quad.subject, quad.predicate, quad.object));
    }
    assert!(union == default, "a named graph holds a triple that the default graph has not");

    let text: Vec<String> = union.iter().map(|(s, p, o)| format!("{s} {p} {o}")).collect();
    let works_on = "https://w3id.org/digital-nations/ns#worksOn> <";
    let found: Vec<_> =
        text.iter().filter(|triple| triple.contains(works_on) && !triple.contains("predicate")).collect();
    assert_eq!(
        found,
        ["<https://w3id.org/digital-nations/country/estonia> <https://w3id.org/digital-nations/ns#worksOn> \
          <https://w3id.org/digital-nations/topic/identity>"]
    );
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let dataset = support::dataset();
    let again = Dataset::builder().toml("again", support::DATA).build().unwrap();
    for format in Format::ALL {
        assert_eq!(
            Export::new(&dataset).to_string(*format).unwrap(),
            Export::new(&again).to_string(*format).unwrap(),
            "{format}"
        );
    }
}

#[test]
fn another_base_is_used_throughout() {
    let dataset = support::dataset();
    let base = "https://example.org/data/";
    let text = Export::new(&dataset).base(base).unwrap().to_string(Format::NQuads).unwrap();
    assert!(text.contains("<https://example.org/data/country/estonia>"));
    assert!(!text.contains("<https://w3id.org/digital-nations/country"));
    assert!(Import::new().base(base).unwrap().parse("x", text.as_bytes(), Format::NQuads).unwrap() == dataset);
    let error = Export::new(&dataset).base("example.org").unwrap_err();
    assert_eq!(error.to_string(), "`example.org` is not a base: expected an absolute IRI that ends with `/` or `#`");
}
