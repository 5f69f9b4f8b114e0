//! Sends a query, again if the server is busy, and takes the head of the answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Body;
use ureq::http::header::{ACCEPT, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, Response, StatusCode};

use super::body::Bounded;
use super::{EndpointError, Remote};
use crate::door::Clock;
use crate::error::Error;
use dn_model::suggest::shown;

/// How a query is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestMethod {
    /// `POST` of a form. Every server takes it.
    #[default]
    UrlEncodedPost,
    /// `GET`, with the query in the address. Caches know it, and long queries are refused.
    Get,
    /// `POST` of the query itself. Virtuoso 7 never answers it.
    DirectPost,
}

/// The longest wait before a busy server is asked again.
const WAIT: Duration = Duration::from_secs(60);

/// How much is read of what a server says of its refusal.
const REFUSAL: u64 = 4096;

impl Remote {
    /// The address, for messages.
    pub(super) fn url(&self) -> String {
        shown(&self.uri.to_string())
    }

    /// Sends the query until there is an answer that says success.
    pub(super) fn send(&self, query: &str, accept: &'static str, clock: &Arc<Clock>) -> Result<Bounded, Error> {
        let left = || clock.end().map(|end| end.saturating_duration_since(Instant::now()));
        let mut attempt = 0;
        loop {
            let left_now = left();
            if left_now.is_some_and(|left| left.is_zero()) {
                return Err(clock.late());
            }
            let response = self.once(query, accept, left_now).map_err(|error| self.failed(&error, clock))?;
            let status = response.status();
            if status == StatusCode::SERVICE_UNAVAILABLE && attempt < self.retries {
                let wait = wait(response.headers(), attempt);
                if wait <= WAIT && left().is_none_or(|left| wait < left) {
                    drop(response);
                    std::thread::sleep(wait);
                    attempt += 1;
                    continue;
                }
            }
            return match status.as_u16() {
                200..=299 => Bounded::new(self, response, clock),
                300..=399 => {
                    let location = response.headers().get(LOCATION).map(|value| value.as_bytes().to_vec());
                    let location = String::from_utf8_lossy(&location.unwrap_or_default()).into_owned();
                    let location = shown(&self.without_secrets(&location));
                    Err(EndpointError::Redirect { url: self.url(), status: status.as_u16(), location }.into())
                }
                status => {
                    Err(EndpointError::Status { url: self.url(), status, message: self.refusal(response) }.into())
                }
            };
        }
    }

    fn once(&self, query: &str, accept: &'static str, left: Option<Duration>) -> Result<Response<Body>, ureq::Error> {
        let with_headers = |headers: Option<&mut HeaderMap>| {
            if let Some(headers) = headers {
                headers.insert(ACCEPT, ureq::http::HeaderValue::from_static(accept));
                for (name, value) in &self.headers {
                    headers.append(name, value.clone());
                }
            }
        };
        let uri = self.uri.clone();
        match self.method {
            RequestMethod::Get => {
                let mut request = self.agent.get(uri).query("query", query);
                with_headers(request.headers_mut());
                request.config().timeout_global(left).build().call()
            }
            RequestMethod::UrlEncodedPost => {
                let mut request = self.agent.post(uri);
                with_headers(request.headers_mut());
                request.config().timeout_global(left).build().send_form([("query", query)])
            }
            RequestMethod::DirectPost => {
                let mut request = self.agent.post(uri).content_type("application/sparql-query");
                with_headers(request.headers_mut());
                request.config().timeout_global(left).build().send(query)
            }
        }
    }

    pub(super) fn failed(&self, error: &ureq::Error, clock: &Clock) -> Error {
        let message = match error {
            ureq::Error::Timeout(_) if clock.end().is_some() => return clock.late(),
            ureq::Error::HostNotFound => "the host is not known".to_owned(),
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                "the connection is refused".to_owned()
            }
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut && clock.end().is_some() => {
                return clock.late();
            }
            error => shown(&self.without_secrets(&error.to_string())),
        };
        EndpointError::Connection { url: self.url(), message }.into()
    }

    /// The beginning of what a server says of its refusal: without the tags of HTML, on one line.
    fn refusal(&self, response: Response<Body>) -> String {
        use std::io::Read;
        let mut bytes = Vec::new();
        // What has come until it broke will do.
        let _ = response.into_body().into_reader().take(REFUSAL).read_to_end(&mut bytes);
        self.excerpt(&bytes)
    }

    /// The beginning of an answer as a message may show it.
    pub(super) fn excerpt(&self, bytes: &[u8]) -> String {
        const LONGEST: usize = 300;
        let text = self.without_secrets(&String::from_utf8_lossy(bytes));
        let text = if text.trim_start().starts_with('<') { without_tags(&text) } else { text };
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        let mut out: String = text.chars().take(LONGEST).map(|c| shown(c.encode_utf8(&mut [0; 4]))).collect();
        if text.chars().nth(LONGEST).is_some() {
            out.push('…');
        }
        out
    }

    /// The text without the values of the caller's headers, which a server may send back.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (_, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            // `Bearer` and `Basic` are no secret, what follows is.
            for secret in [&*value, value.split_once(' ').map_or("", |(_, secret)| secret.trim())] {
                if !secret.is_empty() {
                    text = text.replace(secret, "…");
                }
            }
        }
        text
    }
}

/// How long to wait before asking again.
fn wait(headers: &HeaderMap, attempt: u32) -> Duration {
    let named = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    named.map_or_else(|| Duration::from_millis(250) * 2_u32.saturating_pow(attempt), Duration::from_secs)
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    for (n, piece) in html.split('<').enumerate() {
        let text = piece.split_once('>').map(|(_, text)| text);
        out.push_str(text.unwrap_or(if n == 0 { piece } else { "" }));
        out.push(' ');
    }
    out
}
