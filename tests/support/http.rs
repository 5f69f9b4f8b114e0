//! A server that an example runs, and a client that sends it bytes, good or bad.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

/// An example that serves until it is dropped.
pub(crate) struct Server {
    child: Child,
    input: Option<ChildStdin>,
    pub(crate) port: u16,
}

impl Server {
    /// Starts the example with these options on a free port.
    pub(crate) fn start(name: &str, options: &[&str]) -> Self {
        let mut child = Command::new(crate::support::program(name))
            .args(["--port", "0", "--until-eof"])
            .args(options)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split_once('/')).map(|(port, _)| port);
        let port = port.unwrap_or_else(|| panic!("no address in `{line}`")).parse().unwrap();
        let input = child.stdin.take();
        Server { child, input, port }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends its input, and returns its log.
    pub(crate) fn stop(mut self) -> String {
        self.input.take();
        self.log()
    }

    /// Waits for its end, and returns its log.
    pub(crate) fn log(&mut self) -> String {
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends these bytes, and reads the answer until the server closes the connection.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may answer and close before it has read all.
        let _ = stream.write_all(bytes);
        Answer::read(stream)
    }

    /// A request with these headers, each on a line of its own.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &str, body: &[u8]) -> Answer {
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let mut host = format!("Host: localhost:{}\r\n", self.port);
        if headers.contains("Host: ") {
            host.clear();
        }
        let headers = headers.lines().map(|line| format!("{}\r\n", line.trim())).collect::<String>();
        let head = format!("{method} {target} HTTP/1.1\r\n{host}{headers}{length}Connection: close\r\n\r\n");
        self.send(&[head.as_bytes(), body].concat())
    }

    pub(crate) fn get(&self, target: &str, accept: &str) -> Answer {
        self.ask("GET", target, &format!("Accept: {accept}"), b"")
    }

    /// The answer to a query, in the format of the path.
    pub(crate) fn query(&self, path: &str, query: &str) -> Answer {
        self.ask("POST", path, "Content-Type: application/sparql-query", query.as_bytes())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that failed before the end leaves no server behind.
        self.input.take();
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            std::thread::sleep(Duration::from_millis(100));
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// An answer; its status is 0 where the connection was closed without one.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A reset after the answer has come does not matter.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return Answer { status: 0, headers: Vec::new(), body: text };
        };
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        Answer {
            status: status.unwrap_or_else(|| panic!("no status in {head}")),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: body.to_owned(),
        }
    }

    /// The value of a header, empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The media type without its parameters.
    pub(crate) fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or_default()
    }
}
