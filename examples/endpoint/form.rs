//! Parameters, in the query of an address or in the body of a form.

use percent_encoding::percent_decode_str;

use crate::reply::Reply;

/// The parameters in their order, names and values decoded.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=b&c=d`.
    pub(crate) fn read(text: &str) -> Result<Self, Reply> {
        let decoded = |text: &str| {
            let spaced = text.replace('+', " ");
            let decoded = percent_decode_str(&spaced).decode_utf8().map(|text| text.into_owned());
            decoded.map_err(|_| Reply::refused("a parameter is not UTF-8"))
        };
        let parts = text.split('&').filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decoded(name)?, decoded(value)?))
        });
        Ok(Form(pairs.collect::<Result<_, Reply>>()?))
    }

    /// With the parameters of another behind them.
    pub(crate) fn and(mut self, other: Form) -> Self {
        self.0.extend(other.0);
        self
    }

    /// All values of a parameter.
    pub(crate) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The value of a parameter that may be given once.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Reply> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (Some(_), Some(_)) => Err(Reply::refused(&format!("`{name}` is given more than once"))),
            (value, _) => Ok(value),
        }
    }

    /// The parameters `$name`, without that sign.
    pub(crate) fn bound(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix('$')?, &**value)))
    }
}
