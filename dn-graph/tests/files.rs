//! Graph files, written out by hand: what stands in each format, and what is told to be missing.

use dn_graph::dn_model::Dataset;
use dn_graph::{GraphFormat, KnowledgeGraph};

/// Two countries, a topic under another, a claim told twice, one planned, a value told once and one told in two ways.
const DATA: &str = r#"
[[entity]]
id = "country:a"
name = 'A "quoted" & <b>'
iso_alpha2 = "AA"
[[entity]]
id = "country:b"
name = "B\u0001\n한"
[[entity]]
id = "topic:t"
name = "T\\"
broader = ["topic:u"]
[[entity]]
id = "topic:u"
name = "U"
[[entity]]
id = "meeting:m"
name = "M"
[[entity]]
id = "commitment:c"
name = "C"

[document]
id = "document:d"
name = "D"
issued = "2021-03"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"

[[passage]]
position = 2
heading = "H & K"
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:a", relation = "works-on", object = "topic:t", from = "2020-02", to = ".." },
  { subject = "country:a", relation = "works-on", object = "topic:t", as_of = "2021" },
  { subject = "country:b", relation = "works-on", object = "topic:t", standing = "planned" },
  { subject = "meeting:m", relation = "date", value = "2021-11" },
  { subject = "meeting:m", relation = "theme", value = "One" },
  { subject = "meeting:m", relation = "theme", value = "Two" },
  { subject = "commitment:c", relation = "target", value = "40.50" },
]
"#;

fn dataset() -> Dataset {
    Dataset::builder().toml("data.toml", DATA).build().unwrap()
}

fn written(format: GraphFormat) -> (String, String) {
    let dataset = dataset();
    let mut file = Vec::new();
    let account = KnowledgeGraph::new(&dataset).write_file(format, &mut file).unwrap();
    (String::from_utf8(file).unwrap(), account.to_string())
}

/// The ids of the two claims that are edges, in canonical order: the one that lasts, and the one as of 2021.
fn ids() -> [String; 2] {
    let dataset = dataset();
    let graph = KnowledgeGraph::new(&dataset);
    let id = |lasts: bool| {
        let found = graph.claims().find(|claim| claim.from().is_some() == lasts).unwrap();
        found.id().to_string()
    };
    [id(true), id(false)]
}

#[track_caller]
fn has(file: &str, line: &str) {
    assert!(file.lines().any(|known| known.trim() == line), "no line\n{line}\nin\n{file}");
}

/// What it says of its positions, taken off: they are those of `KnowledgeGraph::layout`.
fn unplaced(file: &str) -> String {
    let mut text = file.to_owned();
    for (open, close) in [
        (", pos=\"", "\""),
        ("<viz:position", "/>"),
        ("<data key=\"n_x\">", "</data>"),
        ("<data key=\"n_y\">", "</data>"),
        (",\"position\":{", "}"),
        (",\"x\":", ","),
        ("\"y\":", "}"),
    ] {
        while let Some(start) = text.find(open) {
            let end = start + open.len() + text[start + open.len()..].find(close).unwrap() + close.len();
            text.replace_range(start..end, if close == "}" && open.starts_with('"') { "}" } else { "" });
        }
    }
    text
}

#[test]
fn dot_is_quoted_for_graphviz() {
    let (file, account) = written(GraphFormat::Dot);
    let file = unplaced(&file);
    let [lasting, _] = ids();
    has(
        &file,
        r#""country:a" [label="A \"quoted\" &amp; <b>", shape=ellipse, dn_name="A \"quoted\" & <b>", dn_kind="country", dn_iso_alpha2="AA"];"#,
    );
    has(&file, r#""topic:t" [label="T\\", shape=ellipse, dn_name="T\\", dn_kind="topic", dn_broader="topic:u"];"#);
    has(&file, r#""commitment:c" [label="C", shape=box, dn_name="C", dn_kind="commitment", dn_target=40.5];"#);
    assert!(
        file.contains("\"country:b\" [label=\"B\u{FFFD}\\n한\", shape=ellipse, dn_name=\"B\u{FFFD}\n한\""),
        "{file}"
    );
    let edge = format!(
        r#""country:a" -> "topic:t" [id="{lasting}", label="works on", tooltip="A \"quoted\" &amp; <b> works on T\\ [d-p2, H &amp; K]", dn_claim="{lasting}", dn_relation="works-on", dn_standing="stated", dn_from="2020-02", dn_from_earliest="2020-02-01", dn_from_latest="2020-02-29", dn_to="..", dn_as_of="2021-03", dn_as_of_earliest="2021-03-01", dn_as_of_latest="2021-03-31", dn_told="2021-03", dn_told_earliest="2021-03-01", dn_told_latest="2021-03-31", dn_passage="d-p2", dn_document="document:d", dn_position=2, dn_heading="H & K", dn_relation_iri="https://w3id.org/digital-nations/ns#worksOn", dn_work="yes"];"#
    );
    has(&file, &edge);
    assert_eq!(file.matches(" -> ").count(), 2);
    assert_eq!(
        account,
        "left out: the evidence of 4 values; 1 attribute whose values differ (meeting:m theme); the written form of 1 \
         number; 1 claim that is not asserted; all but place and heading of 1 passage; characters that the format \
         cannot hold, in 1 text"
    );
}

#[test]
fn graphml_has_types_and_leaves_out_what_is_missing() {
    let (file, account) = written(GraphFormat::GraphMl);
    let file = unplaced(&file);
    has(&file, r#"<key id="n_target" for="node" attr.name="target" attr.type="double"/>"#);
    has(&file, r#"<key id="n_date_latest" for="node" attr.name="date_latest" attr.type="string"/>"#);
    has(&file, r#"<key id="e_position" for="edge" attr.name="position" attr.type="long"/>"#);
    assert!(!file.contains("n_theme"), "{file}");
    has(
        &file,
        r#"<node id="meeting:m"><data key="n_name">M</data><data key="n_kind">meeting</data><data key="n_date">2021-11</data><data key="n_date_earliest">2021-11-01</data><data key="n_date_latest">2021-11-30</data></node>"#,
    );
    has(
        &file,
        "<node id=\"country:b\"><data key=\"n_name\">B\u{FFFD}&#10;한</data><data key=\"n_kind\">country</data></node>",
    );
    let [_, known] = ids();
    let edge = format!(
        r#"<edge id="{known}" source="country:a" target="topic:t"><data key="e_label">works on</data><data key="e_claim">{known}</data><data key="e_relation">works-on</data><data key="e_standing">stated</data><data key="e_as_of">2021</data><data key="e_as_of_earliest">2021-01-01</data><data key="e_as_of_latest">2021-12-31</data>"#
    );
    assert!(file.lines().any(|line| line.starts_with(&edge)), "no {edge}\nin {file}");
    assert_eq!(file.matches("<edge ").count(), 2);
    assert!(account.ends_with("characters that the format cannot hold, in 1 text"), "{account}");
}

#[test]
fn gexf_calls_attributes_by_number() {
    let (file, _) = written(GraphFormat::Gexf);
    has(&file, r#"<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">"#);
    has(&file, r#"<attribute id="1" title="kind" type="string"/>"#);
    has(
        &unplaced(&file),
        r#"<node id="topic:u" label="U"><attvalues><attvalue for="0" value="U"/><attvalue for="1" value="topic"/></attvalues></node>"#,
    );
    assert_eq!(file.matches("<viz:position ").count(), 7, "every entity stands somewhere");
}

#[test]
fn json_keeps_every_character() {
    let (file, account) = written(GraphFormat::NodeLink);
    assert!(!account.contains("characters"), "{account}");
    let parsed: serde_json::Value = serde_json::from_str(&file).unwrap();
    let node = |id: &str| parsed["nodes"].as_array().unwrap().iter().find(|node| node["id"] == id).unwrap();
    assert_eq!(node("country:b")["name"], "B\u{1}\n한");
    assert_eq!(node("commitment:c")["target"], 40.5);
    assert_eq!(parsed["edges"].as_array().unwrap().len(), 2);
    let (links, _) = written(GraphFormat::D3);
    assert_eq!(links, file.replace("\n\"edges\": [", "\n\"links\": ["));

    let cytoscape: serde_json::Value = serde_json::from_str(&written(GraphFormat::Cytoscape).0).unwrap();
    let data = &cytoscape["elements"]["nodes"][0]["data"];
    // Kinds come in the order of the model: countries first.
    assert_eq!((&data["id"], &data["value"]), (&"country:a".into(), &"country:a".into()));
    let edge = &cytoscape["elements"]["edges"][0]["data"];
    assert_eq!(edge["id"], edge["key"]);
}

#[test]
fn the_countries_stand_where_the_picture_has_them() {
    let dataset = dataset();
    let layout = KnowledgeGraph::new(&dataset).layout().unwrap();
    let position = |id: &str| layout.position(dataset.resolve(id).unwrap()).unwrap();
    // Two countries face each other; the radius of the picture's circle is 210.
    assert_eq!((position("country:a"), position("country:b")), ((840.0, 0.0), (-840.0, 0.0)));
    let (file, _) = written(GraphFormat::Gexf);
    assert!(file.contains(r#"<viz:position x="840.0" y="0.0" z="0"/></node>"#), "{file}");
    let (again, _) = written(GraphFormat::Gexf);
    assert_eq!(file, again);
}

#[test]
fn a_large_graph_has_no_positions_and_says_so() {
    let records = dn_graph::dn_model::synthetic::Synthetic::new(6_000).seed(1).records();
    let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
    let graph = KnowledgeGraph::new(&dataset);
    let entities = dataset.entities().len() as u64;
    assert!(entities > 1_000 && graph.layout().is_none());
    for format in GraphFormat::ALL {
        let mut file = Vec::new();
        assert_eq!(graph.write_file(format, &mut file).unwrap().positions, entities);
        let file = String::from_utf8(file).unwrap();
        assert!(
            !["pos=", "viz:position", "\"n_x\"", "\"position\":{", "\"x\":"].iter().any(|mark| file.contains(mark))
        );
    }
}

#[test]
fn a_view_says_what_it_hides() {
    let dataset = dataset();
    let graph = KnowledgeGraph::new(&dataset).as_of("2019-01-01".parse().unwrap());
    let mut file = Vec::new();
    let account = graph.write_file(GraphFormat::Dot, &mut file).unwrap();
    // On that day the claim from 2020 on does not hold; nothing excludes the other.
    assert_eq!((account.hidden, account.not_asserted), (1, 1));
    assert_eq!(String::from_utf8(file).unwrap().matches(" -> ").count(), 1);
}

#[test]
fn formats_are_known_by_name() {
    for format in GraphFormat::ALL {
        assert_eq!(format.to_string().parse::<GraphFormat>().unwrap(), format);
    }
    let long = "x".repeat(10_000);
    assert!(long.parse::<GraphFormat>().unwrap_err().to_string().len() < 300);
}

#[test]
fn a_writer_that_fails_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let dataset = dataset();
    for format in GraphFormat::ALL {
        let error = KnowledgeGraph::new(&dataset).write_file(format, Full).unwrap_err();
        assert_eq!(error.to_string(), "the disk is full", "{format}");
    }
}
