//! From a configuration to a server that answers, and back to silence without losing anybody.
//!
//! | State | Enters | What happens |
//! |---|---|---|
//! | starting | [`start`] | ports are taken first, then the state is opened; any failure ends here |
//! | ready | everything is open | requests are answered, `/readyz` says yes |
//! | stopping | [`Server::stop`] | `/readyz` says no, long-lived tasks hear it and tell their browsers to come back |
//! | stopped | all of them are done, or the grace is over | the store is closed |

mod banner;
mod tls;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::middleware::AddExtension;
use axum_server::accept::{Accept, NoDelayAcceptor};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, service::SendService};
use hyper_util::rt::TokioTimer;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::clock::Clock;
use crate::config::Config;
use crate::router;
use crate::state::{AppState, StartError};
use crate::telemetry::metrics;

pub use banner::banner;
pub use tls::{TlsError, check_files, install_crypto};

/// A browser that has connected must ask within this time; it keeps idle sockets from piling up.
const ASK_WITHIN: Duration = Duration::from_secs(15);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{option}: cannot listen on {address}: {source}. Stop the program that does, or choose another address")]
    Listen {
        option: &'static str,
        address: SocketAddr,
        source: io::Error,
    },
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("signals cannot be received: {0}")]
    Signals(io::Error),
    #[error("serving ended: {0}")]
    Serving(io::Error),
}

/// A server that answers.
pub struct Server {
    state: AppState,
    address: SocketAddr,
    listeners: Vec<Listener>,
}

/// The router as one connection sees it, which knows who calls.
type Connected = AddExtension<Router, ConnectInfo<SocketAddr>>;

/// One address that is listened on.
struct Listener {
    handle: Handle<SocketAddr>,
    task: JoinHandle<io::Result<()>>,
}

/// Starts a server. When this returns, its port answers.
///
/// # Errors
/// [`ServeError`] names the option that stands in the way.
pub async fn start(mut config: Config, clock: Clock) -> Result<Server, ServeError> {
    install_crypto();
    let (main, address) = listen("--listen", config.listen)?;
    config.settle_port(address.port());
    let figures = config
        .metrics
        .listen
        .map(|wanted| listen("--metrics-listen", wanted))
        .transpose()?;
    let state = AppState::open(config, clock).await?;
    let tls = tls::certificate(&state.config, &state.clock).await?;

    if let (Some(files), Some(shown)) = (state.config.tls.clone(), tls.clone()) {
        let stop = state.shutdown.clone().cancelled_owned();
        state.tracker.spawn(async move {
            tokio::select! {
                () = stop => {}
                () = tls::follow(files, shown) => {}
            }
        });
    }
    metrics::start(&state);
    let mut listeners = vec![serve(main, tls, router::app(state.clone()))];
    if let Some((socket, _)) = figures {
        listeners.push(serve(socket, None, router::metrics_app(state.clone())));
    }
    tracing::info!(%address, tls = state.config.serves_tls(), "ready");
    Ok(Server {
        state,
        address,
        listeners,
    })
}

/// Serves until the process is told to stop (SIGTERM or SIGINT); a second signal ends it at once.
///
/// # Errors
/// [`ServeError`], before the server is ready or when listening fails later.
pub async fn run(config: Config) -> Result<(), ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let server = start(config, Clock::system()).await?;
    println!("{}", banner(&server.state).await);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tokio::select! {
        stopped = server.stop() => stopped,
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}

impl Server {
    /// Where it listens, with the port that the system chose.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its handlers share.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Says goodbye to everybody, within the configured grace.
    ///
    /// # Errors
    /// When listening had failed before.
    pub async fn stop(self) -> Result<(), ServeError> {
        let grace = self.state.config.shutdown_grace;
        tracing::info!("stopping");
        self.state.shutdown.cancel();
        for listener in &self.listeners {
            listener.handle.graceful_shutdown(Some(grace));
        }
        self.state.tracker.close();
        if timeout(grace, self.state.tracker.wait()).await.is_err() {
            tracing::warn!(tasks = self.state.tracker.len(), "some tasks did not end in time");
        }
        for listener in self.listeners {
            listener
                .task
                .await
                .map_err(io::Error::other)
                .flatten()
                .map_err(ServeError::Serving)?;
        }
        self.state.store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

fn listen(option: &'static str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let open = || {
        let socket = TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let taken = socket.local_addr()?;
        Ok((socket, taken))
    };
    open().map_err(|source| ServeError::Listen {
        option,
        address,
        source,
    })
}

/// Small messages must not wait for more to fill a packet, hence no delay on every socket.
fn serve(socket: TcpListener, tls: Option<RustlsConfig>, app: Router) -> Listener {
    match tls {
        Some(config) => spawn(
            socket,
            RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new()),
            app,
        ),
        None => spawn(socket, NoDelayAcceptor::new(), app),
    }
}

fn spawn<A>(socket: TcpListener, acceptor: A, app: Router) -> Listener
where
    A: Accept<tokio::net::TcpStream, Connected> + Clone + Send + Sync + 'static,
    A::Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send,
    A::Service: SendService<hyper::Request<hyper::body::Incoming>> + Send,
    A::Future: Send,
{
    let handle = Handle::new();
    let ours = handle.clone();
    let task = tokio::spawn(async move {
        let mut server = axum_server::from_tcp(socket)?.acceptor(acceptor).handle(ours);
        server
            .http_builder()
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(ASK_WITHIN);
        server
            .http_builder()
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(100);
        server
            .serve(app.into_make_service_with_connect_info::<SocketAddr>())
            .await
    });
    Listener { handle, task }
}
