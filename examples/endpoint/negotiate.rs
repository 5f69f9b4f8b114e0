//! Which format an answer has: by the path, by a parameter, or by what the client accepts.

use dn_rdf::{Format, ResultFormat};
use hyper::StatusCode;

use crate::reply::Reply;

/// A format that can be asked for, with all that stands for it.
pub(crate) struct Offer<F: 'static> {
    pub(crate) format: F,
    /// Media types in an `Accept` header, the first being that of the answer.
    media_types: &'static [&'static str],
    /// Names in the parameter `format` and after the dot of a path.
    names: &'static [&'static str],
}

/// What SELECT and ASK are answered in, the preferred first.
pub(crate) const RESULTS: &[Offer<ResultFormat>] = &[
    Offer {
        format: ResultFormat::Json,
        media_types: &["application/sparql-results+json", "application/json", "text/json"],
        names: &["json", "srj"],
    },
    Offer {
        format: ResultFormat::Xml,
        media_types: &["application/sparql-results+xml", "application/xml", "text/xml"],
        names: &["xml", "srx"],
    },
    Offer { format: ResultFormat::Csv, media_types: &["text/csv"], names: &["csv"] },
    Offer { format: ResultFormat::Tsv, media_types: &["text/tab-separated-values"], names: &["tsv"] },
];

/// What graphs are answered in, the preferred first.
pub(crate) const GRAPHS: &[Offer<Format>] = &[
    Offer {
        format: Format::Turtle,
        media_types: &["text/turtle", "application/x-turtle"],
        names: &["turtle", "ttl", "n3"],
    },
    Offer {
        format: Format::JsonLd,
        media_types: &["application/ld+json", "application/json"],
        names: &["jsonld", "json-ld", "json"],
    },
    Offer {
        format: Format::RdfXml,
        media_types: &["application/rdf+xml", "application/xml", "text/xml"],
        names: &["rdfxml", "rdf", "rdf+xml", "xml"],
    },
    Offer { format: Format::NTriples, media_types: &["application/n-triples"], names: &["ntriples", "nt"] },
    Offer { format: Format::TriG, media_types: &["application/trig"], names: &["trig"] },
    Offer { format: Format::NQuads, media_types: &["application/n-quads"], names: &["nquads", "nq"] },
];

impl<F: Copy> Offer<F> {
    /// The media type of the answer; text is UTF-8, and says so where its own default is another.
    pub(crate) fn media_type(&self) -> String {
        match self.media_types[0] {
            text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
            other => other.to_owned(),
        }
    }

    fn is_called(&self, name: &str) -> bool {
        let media_type = name.split(';').next().unwrap_or_default().trim();
        self.names.iter().chain(self.media_types).any(|known| known.eq_ignore_ascii_case(media_type))
    }
}

/// The offer of this name, or the best of those that the client accepts.
pub(crate) fn choose<F: Copy>(
    offers: &'static [Offer<F>],
    named: Option<&str>,
    accept: &Accept,
) -> Result<&'static Offer<F>, Reply> {
    if let Some(name) = named {
        return offers.iter().find(|offer| offer.is_called(name)).ok_or_else(|| {
            let names: Vec<&str> = offers.iter().map(|offer| offer.names[0]).collect();
            let given = dn_model::suggest::shown(name);
            Reply::refused(&format!("there is no format `{given}` for this answer: it has {}", names.join(", ")))
        });
    }
    // Of those that are liked best, the first.
    let liked = offers.iter().rev().map(|offer| (accept.quality(offer.media_types), offer));
    let best = liked.filter(|(quality, _)| *quality > 0).max_by_key(|(quality, _)| *quality);
    best.map(|(_, offer)| offer).ok_or_else(|| {
        let types: Vec<&str> = offers.iter().map(|offer| offer.media_types[0]).collect();
        let message = format!("none of the accepted media types can be had: there are {}", types.join(", "));
        Reply::told(StatusCode::NOT_ACCEPTABLE, &message)
    })
}

/// An `Accept` header: ranges of media types, each with its quality in thousandths.
pub(crate) struct Accept(Vec<(String, u16)>);

impl Accept {
    /// Reads the header; without one, everything is accepted. What is not understood does not count.
    pub(crate) fn read(header: &str) -> Self {
        let ranges = header.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let name = parts.next().filter(|name| name.contains('/'))?;
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok()).unwrap_or(1.0);
            Some((name, (quality.clamp(0.0, 1.0) * 1000.0).round() as u16))
        });
        let ranges: Vec<(String, u16)> = ranges.collect();
        if ranges.is_empty() { Accept(vec![("*/*".to_owned(), 1000)]) } else { Accept(ranges) }
    }

    /// How much something is liked that goes by these media types, the first being its own; 0 where it is
    /// not accepted. The most exact range that fits counts, and ranges of many types are for its own only.
    pub(crate) fn quality(&self, media_types: &[&str]) -> u16 {
        let own = media_types.first().copied().unwrap_or_default();
        let (main, _) = own.split_once('/').unwrap_or_default();
        let fitting = self.0.iter().filter_map(|(range, quality)| {
            let exactness = match range.split_once('/')? {
                ("*", "*") => 0,
                (range, "*") if range == main => 1,
                _ if media_types.contains(&&**range) => 2,
                _ => return None,
            };
            Some((exactness, *quality))
        });
        fitting.max().map_or(0, |(_, quality)| quality)
    }

    /// Whether a page for people is liked best: a browser names HTML and likes nothing more, while a program
    /// that takes anything, or HTML for want of RDF, gets RDF.
    pub(crate) fn is_for_people(&self) -> bool {
        let html = self.0.iter().find(|(range, _)| range == "text/html").map_or(0, |(_, quality)| *quality);
        html > 0 && GRAPHS.iter().all(|offer| self.quality(&offer.media_types[..1]) <= html)
    }
}
