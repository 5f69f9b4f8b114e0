//! Finds the slip because of which a text is not SPARQL.
//!
//! The parser fails at the farthest place that some rule of its grammar reaches, and tells what that rule
//! expects, which is seldom what is wrong. Here common slips are looked for one by one, in a text that the
//! parser has refused.

use std::collections::HashSet;

use dn_model::suggest::{did_you_mean, nearest, shown};

use super::tokens::{Sort, Token};
use super::words::{AGGREGATES, FUNCTIONS, KEYWORDS};
use crate::iri::Base;

/// A slip: the byte at which it stands, and what to say.
pub(super) type Slip = (usize, String);

/// The first slip that is found.
pub(super) fn find(query: &str, tokens: &[Token<'_>], base: &Base) -> Option<Slip> {
    let (partners, unpaired) = pairs(tokens);
    let reader = Reader { query, tokens, partners, base };
    let body = match reader.prologue() {
        Ok(body) => body,
        Err(slip) => return Some(slip),
    };
    // A text that is not closed hides what follows.
    if let Some(open) = tokens.iter().find(|token| token.sort == Sort::Text { is_closed: false }) {
        return Some((open.at, "the text that begins here is not closed".to_owned()));
    }
    let found = [reader.marks(), unpaired, reader.select(body), reader.words(body), reader.triples()];
    found.into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// The partner of each bracket, and the first bracket that has none.
fn pairs(tokens: &[Token<'_>]) -> (Vec<Option<usize>>, Option<Slip>) {
    let mut partners = vec![None; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut wrong = None;
    for (n, token) in tokens.iter().enumerate().filter(|(_, token)| token.sort == Sort::Sign) {
        let partner = match token.text {
            "{" | "(" | "[" => {
                open.push(n);
                continue;
            }
            "}" => "{",
            ")" => "(",
            "]" => "[",
            _ => continue,
        };
        match open.pop() {
            Some(last) if tokens[last].text == partner => partners[last] = Some(n),
            Some(last) => {
                wrong.get_or_insert((tokens[last].at, format!("this `{}` is not closed", tokens[last].text)));
            }
            None => {
                wrong.get_or_insert((token.at, format!("this `{}` closes nothing", token.text)));
            }
        }
    }
    let left = open.last().map(|last| (tokens[*last].at, format!("this `{}` is not closed", tokens[*last].text)));
    (partners, wrong.or(left))
}

pub(super) struct Reader<'r> {
    query: &'r str,
    pub(super) tokens: &'r [Token<'r>],
    /// Where the bracket at a place is closed.
    partners: Vec<Option<usize>>,
    base: &'r Base,
}

/// So far back a variable is looked for.
const BACK: usize = 2000;

/// What stands behind the last token.
const END: Token<'static> = Token { sort: Sort::Sign, text: "", at: usize::MAX };

impl<'r> Reader<'r> {
    pub(super) fn at(&self, n: usize) -> Token<'r> {
        self.tokens.get(n).copied().unwrap_or(Token { at: self.query.len(), ..END })
    }

    fn slip<T>(&self, n: usize, message: impl Into<String>) -> Result<T, Slip> {
        Err((self.at(n).at, message.into()))
    }

    /// What stands before the query itself; the place of its first word.
    fn prologue(&self) -> Result<usize, Slip> {
        let mut n = 0;
        loop {
            let token = self.at(n);
            if token.sort == Sort::Language && ["@prefix", "@base"].contains(&&*token.text.to_ascii_lowercase()) {
                return self.slip(
                    n,
                    format!(
                        "in SPARQL it is {} without @, and without a full stop at its end",
                        token.text[1..].to_ascii_uppercase()
                    ),
                );
            }
            if token.is("BASE") {
                n += 2;
            } else if token.is("PREFIX") {
                let (prefix, namespace) = (self.at(n + 1), self.at(n + 2));
                if prefix.sort == Sort::Word {
                    return self
                        .slip(n + 1, format!("a prefix ends with a colon; did you mean `{}:`?", shown(prefix.text)));
                }
                if prefix.sort == Sort::Name && !prefix.text.ends_with(':') {
                    return self.slip(n + 1, "a prefix ends with a colon, and a namespace in `<` and `>` follows");
                }
                if prefix.sort == Sort::Name && namespace.sort != Sort::Iri {
                    return self.slip(n + 2, "the namespace of a prefix stands in `<` and `>`");
                }
                n += 3;
                if self.at(n).is(".") {
                    return self.slip(n, "no full stop stands behind a PREFIX in SPARQL");
                }
            } else if ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].iter().any(|word| token.is(word)) {
                return Ok(n);
            } else {
                break;
            }
        }
        let word = self.at(n);
        if UPDATES.iter().any(|update| word.is(update)) {
            return self.slip(n, "this would change the data; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE");
        }
        let meant = nearest(word.text, ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"]);
        self.slip(n, format!("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE{}", did_you_mean(meant)))
    }

    /// Texts that are not closed, and signs that SPARQL does not have.
    fn marks(&self) -> Option<Slip> {
        let mut parens = 0;
        for (n, token) in self.tokens.iter().enumerate() {
            let next = self.at(n + 1);
            let is_beside = next.at == token.at + token.text.len();
            let message = match token.sort {
                Sort::Number if parens == 0 && next.is("-") && is_beside => "a date is a text: `\"2025-11\"`",
                Sort::Iri if token.text == "<>" && parens > 0 => "unequal is written `!=`",
                Sort::Sign => match token.text {
                    "(" => {
                        parens += 1;
                        continue;
                    }
                    ")" => {
                        parens -= 1;
                        continue;
                    }
                    "=" if next.is("=") && is_beside => "equal is written `=`",
                    "&" => "`and` is written `&&`",
                    "“" | "”" | "„" | "‘" | "’" | "«" | "»" => {
                        "a text stands in straight quotes: `\"` or `'`"
                    }
                    "-" | "/" if next.text == token.text && is_beside => "a comment begins with `#`",
                    "<" if is_beside && matches!(next.sort, Sort::Name | Sort::Word) && parens == 0 => {
                        "an IRI in `<` and `>` has no spaces in it"
                    }
                    _ => continue,
                },
                Sort::Name if token.text.starts_with("http://") || token.text.starts_with("https://") => {
                    "an IRI stands in `<` and `>`"
                }
                Sort::Name if matches!(token.text, "http:" | "https:") && next.is("/") && is_beside => {
                    "an IRI stands in `<` and `>`"
                }
                _ => continue,
            };
            return Some((token.at, message.to_owned()));
        }
        None
    }

    /// The clause of SELECT, from its word to the group.
    fn select(&self, body: usize) -> Option<Slip> {
        if !self.at(body).is("SELECT") {
            return None;
        }
        let mut n = body + 1;
        if self.at(n).is("DISTINCT") || self.at(n).is("REDUCED") {
            n += 1;
        }
        let first = n;
        loop {
            let token = self.at(n);
            let message = match token.sort {
                Sort::Variable => {
                    n += 1;
                    continue;
                }
                Sort::Sign if token.text == "*" => {
                    n += 1;
                    continue;
                }
                Sort::Sign if token.text == "(" => {
                    let end = self.closing(n)?;
                    if !self.has_name(n, end) {
                        let message = "an expression of SELECT has a name: `(… AS ?name)`";
                        return Some((token.at, message.to_owned()));
                    }
                    n = end + 1;
                    continue;
                }
                Sort::Sign if token.text == "," => "between the variables of SELECT stand no commas".to_owned(),
                Sort::Word if AGGREGATES.iter().chain(FUNCTIONS).any(|word| token.is(word)) => {
                    format!("an expression of SELECT stands in brackets and has a name: `({}(…) AS ?name)`", token.text)
                }
                Sort::Word if token.is("WHERE") || token.is("FROM") => break,
                Sort::Word if n == first => {
                    format!("a variable begins with a question mark; did you mean `?{}`?", shown(token.text))
                }
                _ => break,
            };
            return Some((token.at, message));
        }
        if n == first {
            return Some((self.at(n).at, "SELECT names the variables to return, or `*` for all".to_owned()));
        }
        while self.at(n).is("FROM") {
            n += if self.at(n + 1).is("NAMED") { 2 } else { 1 };
            if !matches!(self.at(n).sort, Sort::Iri | Sort::Name) {
                return Some((self.at(n).at, "FROM names a graph by its IRI".to_owned()));
            }
            n += 1;
        }
        let is_group = self.at(n).is("{") || self.at(n).is("WHERE");
        (!is_group).then(|| (self.at(n).at, "here the patterns begin, in `{` and `}`".to_owned()))
    }

    /// Keywords without what belongs to them, names without a prefix, functions that there are not.
    fn words(&self, body: usize) -> Option<Slip> {
        let declared: HashSet<&str> = self
            .tokens
            .windows(2)
            .filter(|two| two[0].is("PREFIX"))
            .filter_map(|two| two[1].text.strip_suffix(':'))
            .collect();
        for n in body..self.tokens.len() {
            let (token, next) = (self.at(n), self.at(n + 1));
            if token.sort == Sort::Name {
                let (prefix, _) = token.text.split_once(':')?;
                let is_blank = prefix == "_";
                if !is_blank
                    && !declared.contains(prefix)
                    && !self.base.prefixes().iter().any(|(name, _)| *name == prefix)
                {
                    let meant = nearest(prefix, self.base.prefixes().iter().map(|(name, _)| *name));
                    let meant = meant.map(|name| format!("{name}:"));
                    let message = format!("there is no prefix `{}:`{}", shown(prefix), did_you_mean(meant.as_deref()));
                    return Some((token.at, message));
                }
                continue;
            }
            if token.sort != Sort::Word {
                continue;
            }
            let word = token.text.to_ascii_uppercase();
            let missing = |what: &str| Some((next.at, format!("`{what}` is missing behind {word}")));
            let before = if n == 0 { END } else { self.at(n - 1) };
            match &*word {
                "WHERE" | "OPTIONAL" | "MINUS" | "UNION" if !next.is("{") => return missing("{"),
                "UNION" if !before.is("}") => {
                    return Some((token.at, "UNION stands between two groups in `{` and `}`".to_owned()));
                }
                "EXISTS" if !next.is("{") => return missing("{"),
                "EXISTS" | "NOT" if self.is_alone(n) => {
                    return Some((token.at, format!("`FILTER` is missing before {word}")));
                }
                "GRAPH" if !matches!(next.sort, Sort::Variable | Sort::Iri | Sort::Name) => {
                    return Some((
                        next.at,
                        "GRAPH names a graph, or has a variable for it: `GRAPH ?claim { … }`".to_owned(),
                    ));
                }
                "GRAPH" if !self.at(n + 2).is("{") => {
                    return Some((self.at(n + 2).at, "`{` is missing behind GRAPH and its name".to_owned()));
                }
                "ORDER" | "GROUP" if !next.is("BY") => return missing("BY"),
                "LIMIT" | "OFFSET" if next.sort != Sort::Number => {
                    return Some((next.at, format!("{word} takes a whole number")));
                }
                "IN" if !next.is("(") => {
                    return Some((next.at, "the list of IN stands in brackets: `IN (…, …)`".to_owned()));
                }
                "AND" => return Some((token.at, "`and` is written `&&`".to_owned())),
                "OR" => return Some((token.at, "`or` is written `||`".to_owned())),
                "FILTER" if !self.is_condition(n + 1) => {
                    return Some((next.at, "the condition of a FILTER stands in brackets: `FILTER(…)`".to_owned()));
                }
                "BIND" if next.is("(") => {
                    let end = self.closing(n + 1)?;
                    if !self.has_name(n + 1, end) {
                        return Some((token.at, "BIND gives its value a name: `BIND(… AS ?name)`".to_owned()));
                    }
                    let name = self.at(end - 1);
                    if self.is_in_this_group(name.text, n) {
                        let message = format!("{} is bound already; BIND takes a new name", shown(name.text));
                        return Some((name.at, message));
                    }
                }
                "BIND" => return missing("("),
                "VALUES" => {
                    if let Some(slip) = self.values(n + 1) {
                        return Some(slip);
                    }
                }
                _ if token.text == "a" || token.text == "true" || token.text == "false" => {}
                _ if KEYWORDS.contains(&&*word) => {}
                _ if next.is("(") && !FUNCTIONS.contains(&&*word) && !AGGREGATES.contains(&&*word) => {
                    let known = FUNCTIONS.iter().chain(AGGREGATES).copied();
                    let meant = did_you_mean(nearest(&word, known));
                    return Some((token.at, format!("there is no function {}{meant}", shown(token.text))));
                }
                _ if FUNCTIONS.contains(&&*word) || AGGREGATES.contains(&&*word) => {}
                _ => return Some((token.at, self.unknown(token.text))),
            }
        }
        None
    }

    /// What to say of a word that is no keyword.
    fn unknown(&self, word: &str) -> String {
        let relation = dn_model::Relation::builtin()
            .iter()
            .map(|relation| self.base.prefixed(crate::terms::property(relation, false).as_str()));
        let names: Vec<String> =
            relation.chain(dn_model::Kind::ALL.iter().map(|kind| format!("dn:{}", kind.class()))).collect();
        let local = |name: &'_ String| name.rsplit(':').next().is_some_and(|local| local.eq_ignore_ascii_case(word));
        if let Some(name) = names.iter().find(|name| local(name)) {
            return format!("`{}` has no prefix; did you mean `{name}`?", shown(word));
        }
        let meant = nearest(word, KEYWORDS.iter().copied());
        match meant {
            Some(_) => format!("`{}` is not a word of SPARQL{}", shown(word), did_you_mean(meant)),
            None => format!(
                "`{}` is not a word of SPARQL: a name has a prefix, a variable a question mark, and a text quotes",
                shown(word)
            ),
        }
    }

    /// The table of VALUES: its variables, and rows of as many values.
    fn values(&self, n: usize) -> Option<Slip> {
        let mut at = n;
        let columns = if self.at(n).is("(") {
            at = self.closing(n)?;
            Some(at - n - 1)
        } else {
            None
        };
        if !self.at(at + 1).is("{") {
            return Some((self.at(at + 1).at, "the values of VALUES stand in `{` and `}`".to_owned()));
        }
        let columns = columns?;
        let end = self.closing(at + 1)?;
        let mut row = at + 2;
        while row < end {
            if !self.at(row).is("(") {
                return Some((
                    self.at(row).at,
                    "the values of several variables stand in brackets, row by row".to_owned(),
                ));
            }
            let close = self.closing(row)?;
            // A datatype or language belongs to its text.
            let inner = &self.tokens[row + 1..close];
            let types = inner.iter().filter(|token| token.is("^^")).count();
            let languages = inner.iter().filter(|token| token.sort == Sort::Language).count();
            let signs = inner.iter().filter(|token| token.is("-") || token.is("+")).count();
            let values = inner.len().saturating_sub(2 * types + languages + signs);
            if values != columns {
                let message = format!("this row has {values} of {columns} values; UNDEF leaves one open");
                return Some((self.at(row).at, message));
            }
            row = close + 1;
        }
        None
    }

    /// Whether an EXISTS or NOT stands where a pattern should.
    fn is_alone(&self, n: usize) -> bool {
        let before = if n == 0 { END } else { self.at(n - 1) };
        let is_not = self.at(n).is("NOT");
        if is_not && !self.at(n + 1).is("EXISTS") {
            return false;
        }
        let begins = before.is("{") || before.is("}") || before.is(".");
        begins || matches!(before.sort, Sort::Variable | Sort::Iri | Sort::Name | Sort::Number | Sort::Text { .. })
    }

    fn is_condition(&self, n: usize) -> bool {
        let (token, next) = (self.at(n), self.at(n + 1));
        match token.sort {
            Sort::Sign => token.text == "(",
            Sort::Word => token.is("EXISTS") || token.is("NOT") || next.is("("),
            Sort::Name | Sort::Iri => next.is("("),
            _ => false,
        }
    }

    /// Whether what stands in these brackets ends with `AS ?name`.
    fn has_name(&self, open: usize, close: usize) -> bool {
        close >= open + 3 && self.at(close - 1).sort == Sort::Variable && self.at(close - 2).is("AS")
    }

    /// Whether a variable stands before in the same group, outside of groups that are closed.
    fn is_in_this_group(&self, name: &str, n: usize) -> bool {
        let mut depth = 0;
        for token in self.tokens[..n].iter().rev().take(BACK) {
            match token.text {
                "}" => depth += 1,
                "{" if depth == 0 => return false,
                "{" => depth -= 1,
                text if text == name && depth == 0 => return true,
                _ => {}
            }
        }
        false
    }

    /// The partner of the bracket at this place.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        self.partners.get(open).copied().flatten()
    }
}

/// What begins an update.
const UPDATES: &[&str] = &["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"];
