//! What holds of every picture: no text on another, none outside, the same bytes each time.

use dn_model::{Dataset, Id};

use super::Picture;
use crate::graph::KnowledgeGraph;

/// All pictures of a dataset: of every country, and of paths from the first.
fn all(dataset: &Dataset) -> Vec<Picture> {
    let graph = KnowledgeGraph::new(dataset);
    let mut pictures = vec![graph.network_picture(), graph.matrix_picture(), graph.timeline_picture()];
    let countries: Vec<Id<_>> = dataset.countries().map(|country| country.id()).take(12).collect();
    for country in &countries {
        pictures.extend(graph.country_picture(country));
        pictures.extend(graph.path(&countries[0], country).map(|path| path.picture()));
    }
    pictures
}

#[track_caller]
fn check(dataset: &Dataset) {
    let again = all(dataset);
    for (picture, again) in all(dataset).iter().zip(&again) {
        let title = picture.title();
        for (n, text) in picture.texts.iter().enumerate() {
            let inside =
                text.left >= 0.0 && text.top >= 0.0 && text.right <= picture.width() && text.bottom <= picture.height();
            assert!(inside, "{title}: {text:?} in {} × {}", picture.width(), picture.height());
            for other in &picture.texts[..n] {
                assert!(!text.overlaps(other), "{title}: {text:?} on {other:?}");
            }
        }
        let svg = picture.to_string();
        assert_eq!(svg, again.to_string());
        assert!(!["\"NaN", "\"inf", "\"-inf"].iter().any(|number| svg.contains(number)), "{title}");
        assert!(svg.chars().all(crate::xml::is_allowed), "{title}");
        let name = svg.split('"').nth(3).unwrap();
        assert!(svg.contains(&format!("role=\"img\" aria-labelledby=\"{name}-title {name}-desc\"")));
        assert!(svg.contains(&format!("<title id=\"{name}-title\">")));
        assert!(svg.contains(&format!("<desc id=\"{name}-desc\">")));
        for outside in ["href", "<image", "@import", "url("] {
            assert!(!svg.contains(outside), "{title}: {outside}");
        }
    }
}

#[cfg(feature = "data")]
#[test]
fn no_text_hides_another() {
    check(Dataset::embedded());
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let dataset = Dataset::builder().build().unwrap();
    check(&dataset);
    let graph = KnowledgeGraph::new(&dataset);
    assert!(graph.network_picture().to_string().contains("There are no countries in these data."));
    assert!(graph.matrix_picture().to_string().contains("There is no topic on which a country works."));
    assert!(graph.timeline_picture().to_string().contains("There are no meetings, chairs or posts in these data."));
    assert!(graph.country_picture(&"country:none".parse().unwrap()).is_none());
}

#[test]
fn much_stays_legible() {
    let records = dn_model::synthetic::Synthetic::new(20_000).seed(7).records();
    let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
    check(&dataset);
    for picture in all(&dataset) {
        assert!(picture.width() <= 2_000.0 && picture.height() <= 3_600.0, "{}", picture.title());
    }
}

#[test]
fn hostile_names_stay_in_their_room() {
    let long = "W".repeat(300);
    let names = [
        "\u{202e}drawkcab",
        "\0<script>&\"'",
        "한국어 이름이 아주 길다 한국어 이름이 아주 길다",
        "👩‍👩‍👧‍👧🦀",
        "a\nb\tc",
        "اسم البلد",
        &long,
    ];
    let mut toml = String::new();
    let entity = |toml: &mut String, id: String, name: &str| {
        let name: String = name.chars().flat_map(char::escape_unicode).collect();
        let name = name.replace("\\u{", "\\U{");
        let name: String =
            name.split("\\U{").skip(1).map(|hex| format!("\\U{:0>8}", hex.trim_end_matches('}'))).collect();
        toml.push_str(&format!("[[entity]]\nid = \"{id}\"\nname = \"{name}\"\n"));
    };
    for (n, name) in names.iter().enumerate() {
        entity(&mut toml, format!("country:c{n}"), name);
        entity(&mut toml, format!("topic:t{n}"), name);
        entity(&mut toml, format!("meeting:m{n}"), name);
    }
    entity(&mut toml, "organization:o".to_owned(), names[1]);
    let sha = "0".repeat(64);
    toml.push_str(&format!("[document]\nid = \"document:d\"\nname = \"D\"\nsha256 = \"{sha}\"\n"));
    toml.push_str(&format!("[[passage]]\nposition = 1\nsha256 = \"{sha}\"\nclaims = [\n"));
    for n in 0..names.len() {
        for m in 0..=n {
            toml.push_str(&format!(
                "{{ subject = \"country:c{n}\", relation = \"works-on\", object = \"topic:t{m}\" }},\n"
            ));
        }
        toml.push_str(&format!("{{ subject = \"meeting:m{n}\", relation = \"date\", value = \"{}\" }},\n", 2000 + n));
        toml.push_str(&format!(
            "{{ subject = \"country:c{n}\", relation = \"chairs\", object = \"organization:o\", standing = \"planned\", from = \"{}\" }},\n",
            2000 + n
        ));
    }
    toml.push_str("]\n");
    let dataset = Dataset::builder().toml("hostile.toml", &toml).build().unwrap();
    check(&dataset);
}
