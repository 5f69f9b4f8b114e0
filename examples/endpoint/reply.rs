//! What is answered, before it is HTTP.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use dn_rdf::{Cut, Error};
use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

/// An answer, whose headers that every answer has are added later.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) media_type: Cow<'static, str>,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// What the log says of it besides.
    pub(crate) note: String,
}

pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
pub(crate) const HTML: &str = "text/html; charset=utf-8";

impl Reply {
    pub(crate) fn new(media_type: impl Into<Cow<'static, str>>, body: impl Into<Vec<u8>>) -> Self {
        Reply {
            status: StatusCode::OK,
            media_type: media_type.into(),
            body: body.into(),
            headers: Vec::new(),
            note: String::new(),
        }
    }

    /// A message for people.
    pub(crate) fn told(status: StatusCode, message: &str) -> Self {
        let reply = Reply::new(TEXT, format!("{}\n", message.trim_end()));
        Reply { status, note: message.lines().next().unwrap_or_default().to_owned(), ..reply }
    }

    /// That the request is at fault.
    pub(crate) fn refused(message: &str) -> Self {
        Reply::told(StatusCode::BAD_REQUEST, message)
    }

    /// That too many ask; they may come again.
    pub(crate) fn busy(message: &str) -> Self {
        Reply::told(StatusCode::SERVICE_UNAVAILABLE, message).with(hyper::header::RETRY_AFTER, "1")
    }

    /// That a method is not for this path.
    pub(crate) fn method(allowed: &'static str) -> Self {
        let message = format!("this path takes {allowed}; the data are read-only");
        Reply::told(StatusCode::METHOD_NOT_ALLOWED, &message).with(hyper::header::ALLOW, allowed)
    }

    /// What a query failed with, and the place in it.
    pub(crate) fn failed(error: &Error, query: &str) -> Self {
        let status = match error {
            Error::Deadline { .. } => StatusCode::GATEWAY_TIMEOUT,
            Error::Evaluation { .. } | Error::Write(_) | Error::Internal { .. } | Error::PanicAborts => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            _ => StatusCode::BAD_REQUEST,
        };
        Reply::told(status, &format!("{error}\n{}", error.excerpt(query).unwrap_or_default()))
    }

    /// With a header. A value that no header can have is left out.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// That it is not the whole answer, and why.
    pub(crate) fn cut(self, cut: Option<Cut>) -> Self {
        match cut {
            None => self,
            Some(cut) => self.with(HeaderName::from_static("x-answer-cut"), &cut.to_string()),
        }
    }

    /// A mark of these bytes in this format. It changes only when they do, within a version of Rust.
    pub(crate) fn tag(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.media_type, &self.body).hash(&mut hasher);
        format!("\"{:016x}\"", hasher.finish())
    }
}
