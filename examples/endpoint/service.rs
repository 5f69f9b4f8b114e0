//! From a request to its answer: what is asked for, by whom, and the log.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use crate::ask::{self, Sent};
use crate::data::Data;
use crate::gate::Gate;
use crate::negotiate::Accept;
use crate::reply::Reply;
use crate::{catalogued, describe, page, resource};

/// How many bytes all headers may have. Nearer to the network they are bounded in steps only.
const HEADER_BYTES: usize = 64 << 10;
/// How many bytes a body may have, and how long it may take to arrive.
const BODY_BYTES: usize = 1 << 20;
const BODY: Duration = Duration::from_secs(10);

/// Pages of which sites may read the answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origins {
    /// Of any: the data are public.
    Any,
    /// Of this machine only.
    Local,
}

pub(crate) struct Service {
    data: Arc<Data>,
    origins: Origins,
    gate: Gate,
}

/// A request whose body has been read.
struct Whole {
    method: Method,
    path: String,
    search: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Whole {
    fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Service {
    pub(crate) fn new(data: Data, origins: Origins) -> Self {
        Service { data: Arc::new(data), origins, gate: Gate::default() }
    }

    /// How long a query may take.
    pub(crate) fn deadline(&self) -> Duration {
        self.data.limits.deadline.unwrap_or_default()
    }

    /// Answers a request, with the headers that all answers have, and a line in the log.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let start = Instant::now();
        let method = request.method().clone();
        let path: String = request.uri().path().chars().take(200).collect();
        let origin = request.headers().get(header::ORIGIN).cloned();
        let known = request.headers().get(header::IF_NONE_MATCH).cloned();
        let reply = match self.reply(request).await {
            Ok(reply) | Err(reply) => reply,
        };
        let note = reply.note.clone();
        let response = self.response(reply, &method, origin.as_ref(), known.as_ref());
        eprintln!(
            "{} {method} {path} {} {} ms{}{note}",
            humantime::format_rfc3339_seconds(SystemTime::now()),
            response.status().as_u16(),
            start.elapsed().as_millis(),
            if note.is_empty() { "" } else { " " },
        );
        Ok(response)
    }

    fn response(
        &self,
        reply: Reply,
        method: &Method,
        origin: Option<&HeaderValue>,
        known: Option<&HeaderValue>,
    ) -> Response<Full<Bytes>> {
        let is_got = reply.status == StatusCode::OK && (method == Method::GET || method == Method::HEAD);
        let tag = is_got.then(|| reply.tag());
        let mut response = Response::new(Full::default());
        *response.status_mut() = reply.status;
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(name, value);
            }
        };
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::REFERRER_POLICY, "no-referrer");
        set(header::CONTENT_SECURITY_POLICY, page::POLICY);
        set(header::VARY, "Accept, Origin");
        let allowed = match (self.origins, origin.and_then(|origin| origin.to_str().ok())) {
            (Origins::Any, _) => Some("*"),
            (Origins::Local, origin) => origin.filter(|origin| is_local_origin(origin)),
        };
        if let Some(origin) = allowed {
            set(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, X-Answer-Cut");
        }
        for (name, value) in reply.headers {
            headers.append(name, value);
        }
        if let Some(tag) = tag {
            let is_known = known.and_then(|known| known.to_str().ok()).is_some_and(|known| {
                known
                    .split(',')
                    .map(|known| known.trim().trim_start_matches("W/"))
                    .any(|known| known == tag || known == "*")
            });
            headers.extend([(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))]);
            headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
            if is_known {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        if !reply.body.is_empty() || reply.status != StatusCode::NO_CONTENT {
            headers.extend(HeaderValue::from_str(&reply.media_type).map(|value| (header::CONTENT_TYPE, value)));
            *response.body_mut() = Full::new(reply.body.into());
        }
        response
    }

    async fn reply(&self, request: Request<Incoming>) -> Result<Reply, Reply> {
        let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4);
        if headers.sum::<usize>() > HEADER_BYTES {
            let message = format!("the headers have more than {HEADER_BYTES} bytes");
            let reply = Reply::told(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, &message);
            return Err(reply.with(header::CONNECTION, "close"));
        }
        let host = host(&request)?;
        let (head, body) = request.into_parts();
        let path = head.uri.path().to_owned();
        let search = head.uri.query().unwrap_or_default().to_owned();
        let allowed = if takes_query(&path) { "GET, HEAD, POST, OPTIONS" } else { "GET, HEAD, OPTIONS" };
        if head.method == Method::OPTIONS {
            return Ok(self.preflight(allowed, &head.headers));
        }
        if !allowed.split(", ").any(|known| known == head.method.as_str()) {
            return Err(Reply::method(allowed));
        }
        let body = match head.method {
            Method::POST => read(body).await?,
            _ => Bytes::new(),
        };
        let whole = Whole { method: head.method, path, search, headers: head.headers, body };
        // What may take long waits for its turn; the rest is read from memory.
        let accept = Accept::read(whole.header(header::ACCEPT));
        let (named, format) = parted(&whole.path);
        let place = if takes_query(&whole.path) || resource::is_asked(named, format, &accept) {
            let place = self.gate.enter().await;
            Some(place.ok_or_else(|| Reply::busy("too many queries wait already; try again in a second"))?)
        } else {
            None
        };
        let data = Arc::clone(&self.data);
        let done = tokio::task::spawn_blocking(move || {
            let reply = route(&data, &whole, &accept, &host);
            drop(place);
            reply
        });
        // What panics is told there by the runtime, and here to the client.
        done.await.unwrap_or_else(|_| {
            Err(Reply::told(StatusCode::INTERNAL_SERVER_ERROR, "the request failed because of a defect of the server"))
        })
    }

    fn preflight(&self, allowed: &str, headers: &HeaderMap) -> Reply {
        let reply = Reply { status: StatusCode::NO_CONTENT, ..Reply::new("", "") };
        let asked = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS).and_then(|asked| asked.to_str().ok());
        let reply = reply
            .with(header::ALLOW, allowed)
            .with(header::ACCESS_CONTROL_ALLOW_METHODS, allowed)
            .with(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.unwrap_or("Accept, Content-Type"))
            .with(header::ACCESS_CONTROL_MAX_AGE, "600");
        // Browsers ask it of pages from the network that want to reach this machine.
        match self.origins {
            Origins::Any => reply.with(HeaderName::from_static("access-control-allow-private-network"), "true"),
            Origins::Local => reply,
        }
    }
}

/// Reads the body, within its bounds.
async fn read(body: Incoming) -> Result<Bytes, Reply> {
    let closing = |reply: Reply| reply.with(header::CONNECTION, "close");
    let large = || {
        let message = format!("the body has more than {BODY_BYTES} bytes");
        closing(Reply::told(StatusCode::PAYLOAD_TOO_LARGE, &message))
    };
    // Where its length is told, it need not be read to be refused.
    if body.size_hint().lower() > BODY_BYTES as u64 {
        return Err(large());
    }
    match tokio::time::timeout(BODY, Limited::new(body, BODY_BYTES).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(large()),
        Ok(Err(error)) => Err(closing(Reply::refused(&format!("the body cannot be read: {error}")))),
        Err(_) => {
            let message = format!("the body did not arrive within {} seconds", BODY.as_secs());
            Err(closing(Reply::told(StatusCode::REQUEST_TIMEOUT, &message)))
        }
    }
}

/// The name under which the server was called. A page of another site could have its own name lead here
/// (DNS rebinding), and read what it likes: none but the names of this machine are answered.
fn host(request: &Request<Incoming>) -> Result<String, Reply> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        (None, None) if request.version() == hyper::Version::HTTP_10 => "127.0.0.1",
        _ => return Err(Reply::refused("a request has one Host")),
    };
    let authority = request.uri().authority().map(|authority| authority.as_str());
    if !is_local(host) || !authority.is_none_or(is_local) {
        let message = "this server answers to localhost, 127.0.0.1 and [::1] only";
        return Err(Reply::told(StatusCode::MISDIRECTED_REQUEST, message));
    }
    Ok(host.to_owned())
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_local_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some_and(is_local)
}

/// A path and the name of a format behind its last dot.
fn parted(path: &str) -> (&str, Option<&str>) {
    match path.rsplit_once('.') {
        Some((path, name)) if !path.is_empty() && !name.contains('/') => (path, Some(name)),
        _ => (path, None),
    }
}

/// Whether the path is that of the endpoint, or of hints for a query.
fn takes_query(path: &str) -> bool {
    matches!(parted(path).0, "/query" | "/sparql" | "/hints")
}

fn route(data: &Data, whole: &Whole, accept: &Accept, host: &str) -> Result<Reply, Reply> {
    match &*whole.path {
        "/" => return Ok(page::index(data)),
        "/page.css" => return Ok(page::style()),
        "/page.js" => return Ok(page::script()),
        "/icon.svg" => return Ok(page::icon()),
        "/catalogue.json" => return Ok(catalogued::as_json()),
        "/.well-known/void" => return describe::void(data, None, accept),
        _ => {}
    }
    let (path, named) = parted(&whole.path);
    match path {
        "/query" | "/sparql" | "/hints" => {
            let sent = Sent {
                method: &whole.method,
                search: &whole.search,
                content_type: whole.header(header::CONTENT_TYPE),
                body: &whole.body,
            };
            let (form, body) = ask::parameters(&sent)?;
            // The same under the names that other servers have for it.
            let mut other = ["format", "output"].into_iter().filter_map(|name| form.all(name).next());
            let named = named.or_else(|| other.next());
            match ask::query(data, &form, body)? {
                Some(query) if path == "/hints" => Ok(ask::hints(data, &query)),
                Some(query) => Ok(ask::answer(data, &query, named, accept)),
                None if path == "/hints" || whole.method == Method::POST => {
                    Err(Reply::refused("there is no query: it is the parameter `query`, or the body of a POST"))
                }
                None if named.is_none() && accept.is_for_people() => Ok(page::moved()),
                None => describe::service(data, host, named, accept),
            }
        }
        "/ns" => describe::ontology(data, named, accept),
        path => resource::answer(data, path, named, accept),
    }
}
