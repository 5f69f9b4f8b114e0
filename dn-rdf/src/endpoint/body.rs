//! The body of an answer, of which no more is read than is allowed.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;

use ureq::http::Response;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use ureq::{Body, BodyReader};

use super::{EndpointError, Remote};
use crate::door::Clock;
use crate::error::Error;
use dn_model::suggest::shown;

/// An answer that says success.
pub(super) struct Bounded {
    pub(super) content_type: String,
    /// How many rows the server gives at most, if it says so; those of Virtuoso do.
    pub(super) max_rows: Option<usize>,
    /// Whether the server says that it stopped before it was done, as Virtuoso does.
    pub(super) is_partial: bool,
    pub(super) reader: Reader,
}

/// Reads up to the limit. A copy goes on where the other stopped, and knows why: whoever hands one to a
/// parser keeps another.
#[derive(Clone)]
pub(super) struct Reader(Rc<RefCell<Source>>);

struct Source {
    body: BodyReader<'static>,
    left: u64,
    remote: Remote,
    clock: Arc<Clock>,
    /// Why reading stopped before the end.
    fault: Option<Error>,
    /// The last bytes that were read.
    tail: Vec<u8>,
}

/// How many of the last bytes are kept: more than a closing tag and the end of a line take.
const TAIL: usize = 64;

impl Bounded {
    pub(super) fn new(remote: &Remote, response: Response<Body>, clock: &Arc<Clock>) -> Result<Self, Error> {
        let header = |name: HeaderName| {
            let value = response.headers().get(name).map(|value| value.as_bytes());
            value.map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        let packed = header(CONTENT_ENCODING).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
        if let Some(encoding) = packed {
            return Err(EndpointError::NotResults {
                url: remote.url(),
                expected: "as it was asked for",
                message: format!("it is packed with `{}`", shown(&remote.without_secrets(&encoding))),
            }
            .into());
        }
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let max_rows = header(HeaderName::from_static("x-sparql-maxrows")).and_then(|rows| rows.parse().ok());
        let is_partial = header(HeaderName::from_static("x-sql-state")).is_some_and(|state| state == "S1TAT");
        let body = response.into_body().into_reader();
        let (left, remote, clock) = (remote.answer_limit, remote.clone(), Arc::clone(clock));
        let source = Source { body, left, remote, clock, fault: None, tail: Vec::new() };
        Ok(Bounded { content_type, max_rows, is_partial, reader: Reader(Rc::new(RefCell::new(source))) })
    }
}

impl Reader {
    /// Why reading stopped before the end, for whoever sees only that a parser failed.
    pub(super) fn fault(&self) -> Option<Error> {
        self.0.borrow_mut().fault.take()
    }

    /// Reads what a parser has left: only at its end is an answer known to be whole.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        let Err(error) = io::copy(self, &mut io::sink()) else { return Ok(()) };
        Err(self.fault().unwrap_or_else(|| {
            let source = self.0.borrow();
            source.remote.failed(&error.into(), &source.clock)
        }))
    }

    /// Whether what was read ends with this closing tag of XML, whatever its prefix.
    pub(super) fn is_closed(&self, tag: &str) -> bool {
        let source = self.0.borrow();
        let text = String::from_utf8_lossy(source.tail.trim_ascii_end());
        let name = text.strip_suffix('>').and_then(|text| Some(text.rsplit_once("</")?.1.trim_end()));
        name.is_some_and(|name| name.rsplit(':').next() == Some(tag))
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

impl Source {
    fn stop(&mut self, error: Error) -> io::Error {
        let message = error.to_string();
        self.fault = Some(error);
        io::Error::other(message)
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        // At the limit one byte more tells whether there is more.
        let mut probe = [0; 1];
        let is_full = most == 0 && !buffer.is_empty();
        let place = if is_full { &mut probe[..] } else { &mut buffer[..most] };
        match self.body.read(place) {
            Ok(0) => Ok(0),
            Ok(_) if is_full => {
                let limit = self.remote.answer_limit;
                Err(self.stop(EndpointError::TooLarge { url: self.remote.url(), limit }.into()))
            }
            Ok(read) => {
                self.left -= read as u64;
                self.tail.extend_from_slice(&buffer[read.saturating_sub(TAIL)..read]);
                self.tail.drain(..self.tail.len().saturating_sub(TAIL));
                Ok(read)
            }
            Err(error) => {
                let error = self.remote.failed(&ureq::Error::from(error), &self.clock);
                Err(self.stop(error))
            }
        }
    }
}
