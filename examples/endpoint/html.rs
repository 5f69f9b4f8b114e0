//! Pieces of HTML.

/// Text as it stands in elements and in quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A link to a place on this server.
pub(crate) fn link(path: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(path), escaped(text))
}

/// A whole page.
pub(crate) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0} · Digital Nations</title>\n<link rel=\"stylesheet\" href=\"/page.css\">\n\
         <link rel=\"icon\" href=\"/icon.svg\">\n</head>\n<body class=\"profile\">\n\
         <nav><a href=\"/\">Ask a query</a></nav>\n<main>\n<h1>{0}</h1>\n{body}</main>\n</body>\n</html>\n",
        escaped(title),
    )
}
