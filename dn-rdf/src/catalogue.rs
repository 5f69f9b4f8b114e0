//! The queries that come with this crate, each a file in `queries/` with a header of comments.

use std::fmt;
use std::sync::OnceLock;

use dn_model::suggest::{did_you_mean, nearest, shown};

use crate::query::Query;

/// All queries of the catalogue, by name.
///
/// They run in any SPARQL 1.1 engine that has loaded the TriG export, with the same answers whether or not
/// its default graph is the union of all graphs, and as they are: each states its prefixes.
///
/// ```
/// use dn_rdf::catalogue;
///
/// for query in catalogue() {
///     println!("{}: {}", query.name(), query.title());
/// }
/// ```
#[must_use]
pub fn catalogue() -> &'static [CatalogueQuery] {
    static ALL: OnceLock<Vec<CatalogueQuery>> = OnceLock::new();
    ALL.get_or_init(|| FILES.iter().map(|(name, text)| CatalogueQuery::read(name, text)).collect())
}

macro_rules! files {
    ($($name:literal)*) => {
        /// Name and text of each file, by name.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../queries/", $name, ".rq")))),*];
    };
}

files! {
    "alone"
    "attended"
    "began"
    "borrow"
    "broadest"
    "by-countries"
    "by-stage"
    "by-topics"
    "chairs"
    "chairs-in-year"
    "claims-in"
    "commitments"
    "common"
    "countries"
    "denied"
    "differ"
    "documents"
    "ended"
    "figures"
    "find"
    "given-up"
    "held-on"
    "history"
    "holders"
    "inferred"
    "is-told"
    "kinds"
    "lessons"
    "meetings"
    "neighborhood"
    "one-source"
    "opinions"
    "pairs"
    "partners"
    "planned"
    "possibly-same"
    "profile"
    "relations"
    "responsible"
    "runs"
    "said-at"
    "said-by"
    "sharing"
    "signatures"
    "sources"
    "standings"
    "timeline"
    "unclaimed"
    "undated"
    "under"
    "where-written"
    "who-addresses"
    "who-reports"
    "work-by-kind"
    "works-on"
}

/// A query with what its header says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueQuery {
    name: &'static str,
    title: String,
    description: String,
    parameters: Vec<Parameter>,
    text: &'static str,
}

/// A variable of a query to which a value can be bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    name: String,
    example: String,
    description: String,
}

impl CatalogueQuery {
    /// The query of this name.
    ///
    /// ```
    /// use dn_rdf::CatalogueQuery;
    ///
    /// let sharing = CatalogueQuery::find("sharing")?;
    /// assert_eq!(sharing.parameters()[0].name(), "topic");
    /// let error = CatalogueQuery::find("sharring").unwrap_err();
    /// assert_eq!(error.to_string(), "there is no query `sharring`; did you mean `sharing`?");
    /// # Ok::<(), dn_rdf::UnknownQuery>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none; the error names the nearest.
    pub fn find(name: &str) -> Result<&'static Self, UnknownQuery> {
        let names = catalogue().iter().map(|query| query.name);
        let found = catalogue().iter().find(|query| query.name == name);
        found.ok_or_else(|| UnknownQuery { given: shown(name), nearest: nearest(name, names) })
    }

    /// The name of its file, without `.rq`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it answers, as a question or a heading.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the answer holds, in a sentence or more.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The variables to which values can be bound, in the order of the header. A parameter that is left
    /// open ranges over everything.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The text, with its header.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The query, to bind values to and to run.
    ///
    /// ```
    /// use dn_model::{Country, Dataset, Id, Topic};
    /// use dn_rdf::{CatalogueQuery, Store};
    ///
    /// # #[cfg(feature = "data")] {
    /// #[derive(serde::Deserialize)]
    /// struct Row {
    ///     country: Id<Country>,
    /// }
    ///
    /// let topic: Id<Topic> = "topic:digital-identity".parse()?;
    /// let query = CatalogueQuery::find("sharing")?.query().bind("topic", topic);
    /// let rows = Store::from(Dataset::embedded()).select::<Row>(query)?;
    /// let countries: Vec<Id<Country>> = rows.map(|row| Ok(row?.country)).collect::<Result<_, dn_rdf::Error>>()?;
    /// assert_eq!(countries[0].to_string(), "country:canada");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query(&self) -> Query {
        Query::new(self.text)
    }

    /// Reads the header: `# key: value`, and more of a value on lines that are indented.
    fn read(name: &'static str, text: &'static str) -> Self {
        let mut query =
            CatalogueQuery { name, title: String::new(), description: String::new(), parameters: Vec::new(), text };
        let lines = text.lines().map_while(|line| line.strip_prefix("# "));
        let mut last: Option<&mut String> = None;
        for line in lines {
            let value = line.split_once(": ").filter(|_| !line.starts_with(' '));
            match (value, &mut last) {
                (None, Some(text)) => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                (None, None) => {}
                (Some(("title", title)), _) => {
                    query.title = title.to_owned();
                    last = Some(&mut query.title);
                }
                (Some(("description", description)), _) => {
                    query.description = description.to_owned();
                    last = Some(&mut query.description);
                }
                (Some((_, parameter)), _) => {
                    let (name, example) = parameter.split_once(" = ").unwrap_or((parameter, ""));
                    query.parameters.push(Parameter {
                        name: name.trim_start_matches('?').to_owned(),
                        example: example.to_owned(),
                        description: String::new(),
                    });
                    last = query.parameters.last_mut().map(|parameter| &mut parameter.description);
                }
            }
        }
        for parameter in &mut query.parameters {
            parameter.description = parameter.description.trim().to_owned();
        }
        query
    }
}

impl Parameter {
    /// The variable, without its question mark.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A value, as it is written: an id such as `topic:digital-identity`, a number, a date, or a text.
    #[must_use]
    pub fn example(&self) -> &str {
        &self.example
    }

    /// What it is, and what it means to leave it open.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

impl fmt::Display for CatalogueQuery {
    /// The title.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.title)
    }
}

/// There is no query of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no query `{given}`{}", did_you_mean(*.nearest))]
pub struct UnknownQuery {
    given: String,
    nearest: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_catalogue() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "rq"));
        let mut files: Vec<String> = files.map(|file| file.file_stem().unwrap().display().to_string()).collect();
        files.sort();
        assert_eq!(catalogue().iter().map(|query| query.name).collect::<Vec<_>>(), files);
    }

    /// Of each query the header is whole, and its parameters are variables that it has.
    #[test]
    fn every_header_says_what_the_query_is() {
        for query in catalogue() {
            let CatalogueQuery { name, title, description, parameters, text } = query;
            assert!(!title.is_empty() && !title.ends_with('.'), "{name}: {title}");
            assert!(description.ends_with('.'), "{name}: {description}");
            for Parameter { name: parameter, example, description } in parameters {
                assert!(!example.is_empty() && description.ends_with('.'), "{name}: {parameter}");
                let body = text.lines().filter(|line| !line.trim_start().starts_with('#'));
                assert!(body.into_iter().any(|line| line.contains(&format!("?{parameter}"))), "{name}: {parameter}");
            }
            query.query().kind().unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn a_header_is_read() {
        let text = "# title: Who\n# description: Each who\n#   there is.\n# parameter: ?a = country:x\n#   One; open,\n#   all.\nSELECT ?a {}\n# title: no";
        let query = CatalogueQuery::read("who", text);
        assert_eq!((query.title(), query.description()), ("Who", "Each who there is."));
        let parameter =
            Parameter { name: "a".into(), example: "country:x".into(), description: "One; open, all.".into() };
        assert_eq!(query.parameters(), [parameter]);
    }
}
