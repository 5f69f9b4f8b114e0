//! The body of an answer, of which no more is read than is allowed.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use ureq::http::Response;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use ureq::{Body, BodyReader};

use super::{EndpointError, Remote};
use dn_model::suggest::shown;

/// An answer that says success.
pub(super) struct Bounded {
    pub(super) content_type: String,
    /// How many rows the server gives at most, if it says so; those of Virtuoso do.
    pub(super) max_rows: Option<usize>,
    /// Whether the server says that it stopped before it was done, as Virtuoso does.
    pub(super) is_partial: bool,
    pub(super) reader: Reader,
    pub(super) fault: Fault,
}

/// Why reading stopped, for whoever sees only that a parser failed.
#[derive(Clone, Default)]
pub(super) struct Fault(Rc<RefCell<Option<EndpointError>>>);

/// Reads up to the limit.
pub(super) struct Reader {
    body: BodyReader<'static>,
    left: u64,
    fault: Fault,
    remote: Remote,
}

impl Bounded {
    pub(super) fn new(remote: &Remote, response: Response<Body>) -> Result<Self, EndpointError> {
        let header = |name: HeaderName| {
            let value = response.headers().get(name).map(|value| value.as_bytes());
            value.map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        let packed = header(CONTENT_ENCODING).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
        if let Some(encoding) = packed {
            return Err(EndpointError::NotResults {
                url: remote.url(),
                expected: "as it was asked for",
                message: format!("it is packed with `{}`", shown(&encoding)),
            });
        }
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let max_rows = header(HeaderName::from_static("x-sparql-maxrows")).and_then(|rows| rows.parse().ok());
        let is_partial = header(HeaderName::from_static("x-sql-state")).is_some_and(|state| state == "S1TAT");
        let fault = Fault::default();
        let body = response.into_body().into_reader();
        let reader = Reader { body, left: remote.answer_limit, fault: fault.clone(), remote: remote.clone() };
        Ok(Bounded { content_type, max_rows, is_partial, reader, fault })
    }
}

impl Fault {
    pub(super) fn take(&self) -> Option<EndpointError> {
        self.0.borrow_mut().take()
    }

    fn stop(&self, error: EndpointError) -> io::Error {
        let message = error.to_string();
        *self.0.borrow_mut() = Some(error);
        io::Error::other(message)
    }
}

impl Read for Reader {
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
                Err(self.fault.stop(EndpointError::TooLarge { url: self.remote.url(), limit }))
            }
            Ok(read) => {
                self.left -= read as u64;
                Ok(read)
            }
            Err(error) => {
                let error = self.remote.failed(&ureq::Error::from(error));
                Err(self.fault.stop(error))
            }
        }
    }
}
