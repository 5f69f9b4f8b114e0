//! What can go wrong between us and a server.

/// An endpoint does not answer, or not as it should. That it takes too long is
/// [`Error::Deadline`](crate::Error::Deadline).
///
/// No message shows the value of a header that the caller has set, even if the server sends it back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The address is not one that can be asked.
    #[error("`{given}` is not the address of an endpoint: {reason}")]
    Url {
        /// The address, without what stands before an `@`.
        given: String,
        /// Why not.
        reason: &'static str,
    },
    /// A header cannot be sent.
    #[error("the header `{name}` cannot be sent: {reason}")]
    Header {
        /// Its name; the value is not told.
        name: String,
        /// Why not.
        reason: &'static str,
    },
    /// There is no connection, or it broke before the answer was whole.
    #[error("{url}: {message}")]
    Connection {
        /// The endpoint.
        url: String,
        /// What is known of it.
        message: String,
    },
    /// The server refuses, or fails.
    #[error("{url}: the server answers {status}{}", told(.message))]
    Status {
        /// The endpoint.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what the server says, escaped; empty if it says nothing.
        message: String,
    },
    /// The server sends us elsewhere. We do not go there: who asks decides whom to ask.
    #[error("{url}: the server answers {status} and points to `{location}`; make that the address if it is meant")]
    Redirect {
        /// The endpoint.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// Where it points to; empty if it does not say.
        location: String,
    },
    /// The answer is larger than is read.
    #[error("{url}: the answer has more than {limit} bytes; a higher answer limit lets it through")]
    TooLarge {
        /// The endpoint.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The answer is not one to a SPARQL query of this kind.
    #[error("{url}: the answer is not {expected}: {message}")]
    NotResults {
        /// The endpoint.
        url: String,
        /// What is expected.
        expected: &'static str,
        /// What is wrong.
        message: String,
    },
}

fn told(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}
