//! What was asked for on the command line: names, and the options that an example knows.

use crate::common::{Stop, usage};

/// The arguments of an example, its options apart.
pub(crate) struct Asked {
    names: Vec<String>,
    options: Vec<(String, String)>,
}

impl Asked {
    /// The arguments, with these options; one that ends in `=` takes a value, as in `--format csv` or
    /// `--format=csv`. That `cargo run` hands on a `--` which comes behind a name does not matter.
    ///
    /// ```text
    /// let asked = Asked::new(arguments, &["--json", "--format="])?;
    /// let [a, b] = asked.names("name two countries: compare A B")?;
    /// if asked.has("--json") { … }
    /// let format = asked.value("--format").unwrap_or("text");
    /// ```
    pub(crate) fn new(arguments: &[String], known: &[&str]) -> Result<Self, Stop> {
        let mut asked = Asked { names: Vec::new(), options: Vec::new() };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                continue;
            }
            if !argument.starts_with("--") {
                asked.names.push(argument.clone());
            } else {
                let (option, value) = match argument.split_once('=') {
                    Some((option, value)) => (option, Some(value.to_owned())),
                    None => (argument.as_str(), None),
                };
                let takes_value = known.iter().any(|known| known.strip_suffix('=') == Some(option));
                let value = match value {
                    None if takes_value => match arguments.next() {
                        Some(value) => value.clone(),
                        None => return usage(&format!("{option} needs a value")),
                    },
                    Some(_) if known.contains(&option) => return usage(&format!("{option} takes no value")),
                    Some(value) if takes_value => value,
                    None if known.contains(&option) => String::new(),
                    _ => return usage(&format!("there is no option `{option}`")),
                };
                asked.options.push((option.to_owned(), value));
            }
        }
        Ok(asked)
    }

    /// Whether the option was given.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.value(option).is_some()
    }

    /// The value of the option, the last one if it was given several times.
    pub(crate) fn value(&self, option: &str) -> Option<&str> {
        self.options.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }

    /// All values of an option that may be given several times, in order.
    #[allow(dead_code, reason = "each example takes what it needs of this module")]
    pub(crate) fn values(&self, option: &str) -> Vec<&str> {
        self.options.iter().filter(|(name, _)| name == option).map(|(_, value)| value.as_str()).collect()
    }

    /// So many names; otherwise the message says how to call the example.
    pub(crate) fn names<const N: usize>(&self, message: &str) -> Result<[&str; N], Stop> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        match names.try_into() {
            Ok(names) => Ok(names),
            Err(names) if names.len() > N => usage(&format!("{message}; put a name of several words in quotes")),
            Err(_) => usage(message),
        }
    }

    /// The names, however many.
    pub(crate) fn all_names(&self) -> &[String] {
        &self.names
    }
}
