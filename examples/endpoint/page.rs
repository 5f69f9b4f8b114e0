//! The page for people, which asks this server and nobody else.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::data::Data;
use crate::html::escaped;
use crate::reply::{HTML, Reply};

/// What pages may do: run their own script, and ask this server.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                                 connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const INDEX: &str = include_str!("page/index.html");

pub(crate) fn index(data: &Data) -> Reply {
    let about = match data.dataset() {
        Some(dataset) => {
            let version = dataset.version().map(|version| format!(", version {version}")).unwrap_or_default();
            format!("{} claims on {} entities{version}", dataset.claims().len(), dataset.entities().len())
        }
        None => "files of RDF as they stand".to_owned(),
    };
    Reply::new(HTML, INDEX.replace("{about}", &escaped(&about)))
}

pub(crate) fn style() -> Reply {
    Reply::new("text/css; charset=utf-8", include_str!("page/style.css"))
}

pub(crate) fn script() -> Reply {
    Reply::new("text/javascript; charset=utf-8", include_str!("page/page.js"))
}

pub(crate) fn icon() -> Reply {
    Reply::new("image/svg+xml", include_str!("page/icon.svg"))
}

/// Who opens the endpoint in a browser is shown the page.
pub(crate) fn moved() -> Reply {
    let reply =
        Reply { status: StatusCode::SEE_OTHER, ..Reply::new(HTML, "<a href=\"/\">the page to ask queries</a>\n") };
    reply.with(LOCATION, "/")
}
