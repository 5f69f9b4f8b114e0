//! What pictures show, on networks small enough to draw by hand, and of the embedded data what was worked out by
//! reading.

mod network;

use dn_graph::dn_model::EntityId;
use dn_graph::{KnowledgeGraph, Picture, Theme};
use network::network;

/// The texts of a picture, in the order in which they are drawn.
fn texts(picture: &Picture) -> Vec<String> {
    let svg = picture.to_string();
    let texts = svg.split("<text ").skip(1).map(|rest| rest.split_once('>').unwrap().1);
    texts.map(|text| text.split_once("</text>").unwrap().0.to_owned()).collect()
}

#[track_caller]
fn shows(picture: &Picture, expected: &[&str]) {
    let texts = texts(picture);
    for text in expected {
        assert!(texts.iter().any(|known| known == text), "no `{text}` in {texts:?}");
    }
}

#[test]
fn the_network_has_a_line_for_each_two_that_share_a_topic() {
    let dataset = network(&[
        "country:a works-on topic:t",
        "country:b works-on topic:t",
        "country:a works-on topic:u",
        "country:b works-on topic:u",
        "country:c works-on topic:u",
        "country:d works-on topic:v",
    ]);
    let picture = KnowledgeGraph::new(&dataset).network_picture();
    let svg = picture.to_string();
    // a and b share two topics, a and c one, b and c one; d shares none. Three samples would be 1, 1 and 2.
    assert_eq!(svg.matches("<line ").count(), 3 + 2);
    assert!(svg.contains("<title>a and b: 2 topics&#10;t:&#10;  a works on t ["), "{svg}");
    assert!(svg.contains("<title>d works on 1 topic</title>"), "{svg}");
    assert!(picture.description().contains("4 countries, 3 lines. Those that share most: a and b 2;"));
    shows(&picture, &["a", "b", "c", "d", "2 topics"]);
}

#[test]
fn the_matrix_tells_the_very_topic_from_the_narrower() {
    let dataset = network(&[
        "country:a works-on topic:t",
        "country:b works-on topic:n",
        "country:a works-on topic:n",
        "topic:n < topic:t",
        "country:c works-on topic:alone",
    ]);
    let picture = KnowledgeGraph::new(&dataset).matrix_picture();
    let svg = picture.to_string();
    assert!(svg.contains("<title>a works on t&#10;"), "{svg}");
    assert!(svg.contains("<title>b works on something narrower than t&#10;"), "{svg}");
    // Filled: a on t, a and b on n. Ring: b on t.
    assert_eq!((svg.matches("r=\"6.0\"").count(), svg.matches("r=\"5.0\"").count()), (3, 1));
    shows(&picture, &["n", "t", "and 1 more topic on which one country works alone"]);
}

#[test]
fn a_country_has_its_relations_around_it() {
    let dataset =
        network(&["country:a works-on topic:t", "country:a works-on topic:u", "organization:o part-of country:a"]);
    let graph = KnowledgeGraph::new(&dataset);
    let picture = graph.country_picture(&"country:a".parse().unwrap()).unwrap();
    shows(&picture, &["a: what is told of it", "works on", "t", "u", "has the part", "o"]);
    assert!(picture.description().ends_with("3 claims. works on 2, has the part 1."), "{}", picture.description());
    assert!(graph.country_picture(&"country:z".parse().unwrap()).is_none());
}

#[test]
fn a_path_stands_with_its_evidence() {
    // Three more countries, so that what two run is no hub.
    let dataset = network(&[
        "country:a runs initiative:i",
        "country:b runs initiative:i",
        "country:c works-on topic:t",
        "country:d works-on topic:t",
        "country:e works-on topic:t",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let (a, b): (EntityId, EntityId) = ("country:a".parse().unwrap(), "country:b".parse().unwrap());
    let picture = graph.path(&a, &b).unwrap().picture();
    shows(&picture, &["How a and b are connected", "a runs i", "b runs i", "initiative"]);
    // One arrow down to the initiative, one up to it.
    assert_eq!(picture.to_string().matches("<polygon points=\"50.0,").count(), 2);
    let nowhere = graph.path(&a, &a).unwrap().picture();
    shows(&nowhere, &["How a and a are connected", "a"]);
}

/// Post of 2020, p4 and p11: Canada has the chair from 2019 on, Korea was to have it in 2022. Page on the summit,
/// p2: the United Kingdom had it in 2021. Tallinn, p4: Lauri's post.
#[cfg(feature = "data")]
#[test]
fn the_timeline_marks_what_was_planned() {
    let graph = KnowledgeGraph::new(dn_graph::dn_model::Dataset::embedded());
    let picture = graph.timeline_picture();
    shows(
        &picture,
        &["Meetings", "Chair of Digital Nations", "Posts", "from 2019, as of 2020-12-17", "2022 (planned)"],
    );
    let svg = picture.to_string();
    assert!(svg.contains("<title>Republic of Korea: 2022 (planned)&#10;"), "{svg}");
    assert!(svg.contains("<title>Lauri, Deputy director general for digital services, data, AI and regulation of Estonia: as of 2025-11-12&#10;"));
    // Planned: the chairs of the United Kingdom and of Korea.
    assert_eq!(svg.matches("stroke-dasharray=\"5 4\"").count(), 2);
}

#[test]
fn of_many_bodies_the_chairs_of_some_are_drawn() {
    let lines: Vec<String> = (1..=10).map(|n| format!("country:a chairs organization:o{n} from=2020")).collect();
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    // Of the last in order most is told.
    lines.push("country:b chairs organization:o9 from=2021");
    let picture = KnowledgeGraph::new(&network(&lines)).timeline_picture();
    shows(&picture, &["Chair of o9", "Other chairs", "2 more bodies were chaired"]);
    assert_eq!(texts(&picture).iter().filter(|text| text.starts_with("Chair of ")).count(), 8);
}

#[test]
fn colors_follow_the_reader_unless_a_theme_is_chosen() {
    let dataset = network(&["country:a works-on topic:t"]);
    let picture = KnowledgeGraph::new(&dataset).matrix_picture();
    let (light, dark) = ("fill:#ffffff", "fill:#0d1117");
    let auto = picture.to_string();
    let (first, second) = auto.split_once("@media (prefers-color-scheme:dark){").unwrap();
    assert!(first.contains(light) && !first.contains(dark) && second.contains(dark) && !second.contains(light));
    let chosen = picture.clone().theme(Theme::Light).to_string();
    assert!(chosen.contains(light) && !chosen.contains(dark) && !chosen.contains("@media"));
    let chosen = picture.theme(Theme::Dark).to_string();
    assert!(!chosen.contains(light) && chosen.contains(dark) && !chosen.contains("@media"));
}
