//! Asking a server that speaks the SPARQL 1.1 Protocol.
//!
//! [`text`] is what is sent, [`request`] sends it, [`body`] bounds what comes back, and [`results`]
//! reads it.

mod body;
mod error;
mod request;
mod results;
mod text;

use std::sync::Arc;

use oxigraph::model::Triple;
use ureq::http::{HeaderName, HeaderValue, Uri};

pub use error::EndpointError;
pub use request::RequestMethod;

use crate::answer::Answer;
use crate::door::Clock;
use crate::error::Error;
use crate::iri::{Base, BaseError};
use crate::sparql::sealed::{self, Prepared};
use crate::sparql::{EachRow, Sparql};
use dn_model::suggest::shown;

/// How often a busy server is asked again, unless [`Endpoint::retries`] says otherwise.
const RETRIES: u32 = 2;
/// How many bytes of an answer are read, unless [`Endpoint::answer_limit`] says otherwise.
const ANSWER: u64 = 64 << 20;

/// A server that speaks the SPARQL 1.1 Protocol: all methods that ask are those of [`Sparql`].
///
/// The server has loaded the TriG or N-Quads export; its default graph may be apart or the union of all
/// graphs. Values are bound here as everywhere: the query is parsed, and they stand in the place of
/// their variables when it is sent. A query without bound values is sent as it is written, behind the
/// prefixes that it leaves out.
///
/// ```no_run
/// use dn_rdf::dn_model::{Country, Id};
/// use dn_rdf::{CatalogueQuery, Endpoint};
///
/// let endpoint = Endpoint::new("http://localhost:7878/query")?;
/// let country: Id<Country> = "country:estonia".parse()?;
/// let query = CatalogueQuery::find("runs")?.query().bind("country", country);
/// for row in endpoint.table(query)?.rows {
///     println!("{row:?}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Whatever the server does, a call ends: at the deadline, and after 64 MiB of answer
/// ([`answer_limit`](Self::answer_limit)). A server that answers 503 is asked again, twice, after the time that
/// it names. Of [`Limits`](crate::Limits), those of the text and of its parts, the deadline and the rows hold as
/// everywhere. The deadline is for all of a call: connecting, asking, asking again and reading the last byte; a
/// call that asks several queries, as [`hints`](Sparql::hints) does, has one for all. It is
/// [`Error::Deadline`](crate::Error::Deadline), or the end of the rows if the limits say so. What the server
/// keeps in memory is its own affair. Where it cuts its answers and says so, as Virtuoso does, the answer says so
/// too ([`Cut::Server`](crate::Cut::Server)). [`for_each_row`](Sparql::for_each_row) reads as rows arrive.
///
/// No redirect is followed, no proxy is used, no compressed answer is taken, and
/// no name or password is read from the environment. Rows are as the server writes them: a number that
/// stands as `40.50` in the data may come as `40.50` from one server and as `40.5` from another.
pub type Endpoint = Sparql<Remote>;

/// The engine of an [`Endpoint`].
#[derive(Clone)]
pub struct Remote {
    agent: ureq::Agent,
    uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
    method: RequestMethod,
    retries: u32,
    answer_limit: u64,
}

impl Endpoint {
    /// The endpoint at this address, such as `http://localhost:7878/query`. Nothing is sent yet.
    ///
    /// A query string in the address (`?default-graph-uri=…`) is kept.
    ///
    /// ```
    /// use dn_rdf::Endpoint;
    ///
    /// let error = Endpoint::new("ftp://example.org/sparql").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`ftp://example.org/sparql` is not the address of an endpoint: it does not begin with http:// or https://"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// [`EndpointError::Url`] if it is not an address of HTTP, if it holds a name or password, or if it is
    /// one of HTTPS and the feature `http-client-tls` is off.
    pub fn new(url: &str) -> Result<Self, EndpointError> {
        let uri = checked(url)?;
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .accept_encoding("identity")
            .user_agent(concat!("dn-rdf/", env!("CARGO_PKG_VERSION")))
            .build();
        let engine = Remote {
            agent: config.into(),
            uri,
            headers: Vec::new(),
            method: RequestMethod::default(),
            retries: RETRIES,
            answer_limit: ANSWER,
        };
        Ok(Sparql::over(engine, Base::default()))
    }

    /// Adds a header to each request: `authorization` with `Bearer …` or `Basic …`, say. No message and
    /// no `Debug` shows its value. Over `http://` everybody on the way can read it.
    ///
    /// ```
    /// # let token = "secret";
    /// use dn_rdf::Endpoint;
    ///
    /// let endpoint = Endpoint::new("http://localhost:7878/query")?.header("authorization", &format!("Bearer {token}"))?;
    /// assert!(!format!("{endpoint:?}").contains(token));
    /// # Ok::<(), dn_rdf::EndpointError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EndpointError::Header`] if name or value cannot stand in a request, or if it is a header that the
    /// protocol sets: `accept`, `accept-encoding`, `content-type`, `content-length`, `host`,
    /// `transfer-encoding`.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, EndpointError> {
        let refused = |reason| EndpointError::Header { name: shown(name), reason };
        let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused("it is not the name of a header"))?;
        if OURS.contains(&known.as_str()) {
            return Err(refused("the protocol sets it"));
        }
        let value = HeaderValue::from_str(value).map_err(|_| refused("its value has characters that no header has"))?;
        self.engine.headers.push((known, value));
        Ok(self)
    }

    /// Sets how queries are sent; as a form, if this is not called.
    #[must_use]
    pub fn request_method(mut self, method: RequestMethod) -> Self {
        self.engine.method = method;
        self
    }

    /// Sets how often a server that answers 503 is asked again; twice, if this is not called.
    ///
    /// It is asked after the seconds that its `Retry-After` names, or after a quarter of a second and
    /// then twice as long each time. If that is later than the deadline, or than a minute from now, the answer
    /// 503 is the error.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.engine.retries = retries;
        self
    }

    /// Sets how many bytes of an answer are read; 64 MiB, if this is not called. More is an error.
    #[must_use]
    pub fn answer_limit(mut self, bytes: u64) -> Self {
        self.engine.answer_limit = bytes;
        self
    }

    /// Sets under which base the data of the server stand; [`dn_model::vocabulary::BASE`], if this is not
    /// called.
    ///
    /// # Errors
    ///
    /// If it is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }
}

/// Headers that are the protocol's own.
const OURS: [&str; 6] = ["accept", "accept-encoding", "content-type", "content-length", "host", "transfer-encoding"];

fn checked(url: &str) -> Result<Uri, EndpointError> {
    // What stands before an @ may be a password.
    let given = || {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
        shown(&if scheme.is_empty() { rest.to_owned() } else { format!("{scheme}://{rest}") })
    };
    let refused = |reason| EndpointError::Url { given: given(), reason };
    let is = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if !is("http://") && !is("https://") {
        return Err(refused("it does not begin with http:// or https://"));
    }
    if is("https://") && !cfg!(feature = "http-client-tls") {
        return Err(refused("HTTPS needs the feature `http-client-tls`"));
    }
    let uri: Uri = url.parse().map_err(|_| refused("it is not an address"))?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return Err(refused("name and password belong into a header"));
    }
    if uri.host().is_none_or(str::is_empty) || (authority.rsplit_once(':').is_some() && has_bad_port(&uri)) {
        return Err(refused("it is not an address"));
    }
    if url.contains('#') {
        return Err(refused("an endpoint has no fragment"));
    }
    Ok(uri)
}

/// Whether something stands behind the last colon of the authority that is not a port.
fn has_bad_port(uri: &Uri) -> bool {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    !authority.ends_with(']') && uri.port_u16().is_none_or(|port| port == 0)
}

impl sealed::Evaluate for Remote {
    fn rows(
        &self,
        query: Prepared<'_>,
        clock: &Arc<Clock>,
        answer: &mut Answer,
        row: &mut EachRow<'_>,
    ) -> Result<(), Error> {
        results::rows(self, &text::of(&query)?, clock, answer, row)
    }

    fn ask(&self, query: Prepared<'_>, clock: &Arc<Clock>) -> Result<bool, Error> {
        results::truth(self, &text::of(&query)?, clock)
    }

    fn triples(&self, query: Prepared<'_>, clock: &Arc<Clock>, limit: usize) -> Result<Vec<Triple>, Error> {
        results::triples(self, &text::of(&query)?, clock, limit)
    }
}
