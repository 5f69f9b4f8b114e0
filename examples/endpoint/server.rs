//! Connections: who may connect, how long they may take, and the end.

use std::io::{self, Read};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::common::{Stop, print};
use crate::service::Service;

/// How many connections are open at a time.
const CONNECTIONS: u32 = 256;
/// How long a client may take to send the head of a request, the wait for it included.
const HEAD: Duration = Duration::from_secs(10);
/// How many bytes a head may have.
const HEAD_BYTES: usize = 64 << 10;
const HEADERS: usize = 64;
/// How long a connection may last, besides the time that a query may.
const CONNECTION: Duration = Duration::from_secs(120);
/// How long requests may take to end, once the server is to stop or their connection is too old.
const GRACE: Duration = Duration::from_secs(5);

/// What ends the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Ctrl-C, and on Unix SIGTERM.
    OnSignal,
    /// These, and the end of standard input.
    WithInput,
}

/// Serves until the end.
pub(crate) fn run(port: u16, end: End, service: Service) -> Result<(), Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(16).build()?;
    let served = runtime.block_on(serve(port, end, Arc::new(service)));
    // A query that still runs need not end first.
    runtime.shutdown_background();
    served
}

async fn serve(port: u16, end: End, service: Arc<Service>) -> Result<(), Stop> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        let advice = if error.kind() == io::ErrorKind::AddrInUse { "; --port 0 takes a free one" } else { "" };
        Stop::Failure(format!("port {port} cannot be had: {error}{advice}"))
    })?;
    let address = listener.local_addr()?;
    print(&format!("http://{address}/ answers queries; http://{address}/query is the endpoint. Ctrl-C ends it.\n"));

    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let (stop, stopping) = watch::channel(false);
    let ended = ended(end);
    tokio::pin!(ended);
    loop {
        let stream = tokio::select! {
            why = &mut ended => {
                eprintln!("stopping: {}", why?);
                break;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Such as too many open files: what is open now will end.
                    eprintln!("a connection failed: {error}");
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            let _ = stream.try_write(
                b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            );
            eprintln!("a connection is refused: {CONNECTIONS} are open");
            continue;
        };
        let (service, stopping) = (Arc::clone(&service), stopping.clone());
        tokio::spawn(async move {
            connection(stream, service, stopping).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = stop.send(true);
    let all = timeout(GRACE, places.acquire_many(CONNECTIONS)).await;
    eprintln!("stopped{}", if all.is_err() { "; requests that took too long were given up" } else { "" });
    Ok(())
}

/// Serves a connection. What a client does wrong is told to it where that is possible, and ends only this.
async fn connection(stream: TcpStream, service: Arc<Service>, mut stopping: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let lifetime = CONNECTION + service.deadline();
    let answer = service_fn(move |request| Arc::clone(&service).answer(request));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), answer);
    tokio::pin!(served);
    tokio::select! {
        ended = served.as_mut() => {
            // That a client goes away, or lets its connection rest, is its own affair; what is no HTTP is told.
            if let Err(error) = ended
                && error.is_parse()
            {
                eprintln!("a connection failed: {error}");
            }
            return;
        }
        _ = stopping.wait_for(|stop| *stop) => {}
        () = sleep(lifetime) => {}
    }
    served.as_mut().graceful_shutdown();
    let _ = timeout(GRACE, served).await;
}

/// Waits until the server is to end, and says why.
async fn ended(end: End) -> io::Result<&'static str> {
    let input = Arc::new(Notify::new());
    if end == End::WithInput {
        let input = Arc::clone(&input);
        std::thread::spawn(move || {
            let mut bytes = [0; 1024];
            while !matches!(io::stdin().lock().read(&mut bytes), Ok(0) | Err(_)) {}
            input.notify_one();
        });
    }
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let terminated = async move { terminated.recv().await };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.map(|()| "Ctrl-C"),
        _ = terminated => Ok("SIGTERM"),
        () = input.notified() => Ok("standard input has ended"),
    }
}
