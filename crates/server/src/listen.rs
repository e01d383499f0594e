//! Connections: how many, how long, and how they end.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use crate::app::App;
use crate::library::{Intake, Library};
use crate::settings::{Bounds, Error, Settings};

/// Threads that make answers and parse files.
const MAKING_THREADS: usize = 16;

/// hyper takes no smaller room for the head of a request.
const SMALLEST_HEAD_BYTES: usize = 8 << 10;

/// A server that has its address and does not answer yet.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    address: SocketAddr,
}

/// Serves until the process is told to stop (by Ctrl-C or a signal to end). `ready` is
/// called with the address before the first answer.
///
/// # Errors
///
/// As [`Server::new`] and [`Server::run`].
pub fn serve(
    settings: Settings,
    intake: Box<dyn Intake>,
    ready: impl FnOnce(SocketAddr) -> std::io::Result<()>,
) -> Result<(), Error> {
    let server = Server::new(settings, intake)?;
    ready(server.address()).map_err(Error::System)?;
    server.run(stop_signal())
}

impl Server {
    /// Opens the index and takes the address.
    ///
    /// # Errors
    ///
    /// [`Error::NoToken`] and [`Error::ShortToken`] before anything else,
    /// [`Error::Index`] where there is an index and it cannot be read, [`Error::Bind`].
    pub fn new(settings: Settings, intake: Box<dyn Intake>) -> Result<Self, Error> {
        settings.check()?;
        let library = Library::open(settings.index.clone())?;
        let cannot = |source| Error::Bind { address: settings.address, source };
        let listener = TcpListener::bind(settings.address).map_err(cannot)?;
        listener.set_nonblocking(true).map_err(Error::System)?;
        let address = listener.local_addr().map_err(Error::System)?;
        let app = Arc::new(App::new(settings, library, intake));
        Ok(Self { app, listener, address })
    }

    /// Returns the address, with the port that was taken where none was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is ready, then lets answers that are under way come to
    /// their end.
    ///
    /// # Errors
    ///
    /// [`Error::System`] where no threads can be had.
    pub fn run(self, stop: impl Future<Output = ()>) -> Result<(), Error> {
        let n_threads = std::thread::available_parallelism().map_or(2, |n| n.get().max(2));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(n_threads)
            .max_blocking_threads(MAKING_THREADS)
            .thread_name("gangmu-serve")
            .enable_all()
            .build()
            .map_err(Error::System)?;
        let answered = runtime.block_on(self.answer(stop));
        // A file that is still parsed is let go.
        runtime.shutdown_background();
        answered
    }

    async fn answer(self, stop: impl Future<Output = ()>) -> Result<(), Error> {
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::System)?;
        let bounds = self.app.settings.bounds;
        let router = crate::api::routes(Arc::clone(&self.app));
        let watch = tokio::spawn(refresh_often(Arc::clone(&self.app), bounds));
        let connections = Arc::new(Semaphore::new(bounds.max_connections));
        let graceful = GracefulShutdown::new();
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(bounds.head_time)
            .max_buf_size(bounds.max_head_bytes.max(SMALLEST_HEAD_BYTES));
        let mut stop = std::pin::pin!(stop);
        loop {
            let permit = tokio::select! {
                permit = Arc::clone(&connections).acquire_owned() => permit,
                () = &mut stop => break,
            };
            let Ok(permit) = permit else { break };
            let stream = tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // Too many files are open, or the other end is gone already.
                    Err(_) => {
                        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                        continue;
                    }
                },
                () = &mut stop => break,
            };
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            // Who does not take the answer does not keep the connection.
            stream.set_write_timeout(Some(bounds.body_time));
            let service = TowerToHyperService::new(router.clone());
            let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // A connection that breaks is its own end.
                let _ = connection.await;
                drop(permit);
            });
        }
        drop(listener);
        watch.abort();
        let _ = tokio::time::timeout(bounds.farewell_time, graceful.shutdown()).await;
        Ok(())
    }
}

/// Looks again and again whether there is a newer state of the index.
async fn refresh_often(app: Arc<App>, bounds: Bounds) {
    loop {
        tokio::time::sleep(bounds.reload_time).await;
        let app = Arc::clone(&app);
        let _ = tokio::task::spawn_blocking(move || app.refresh()).await;
    }
}

async fn stop_signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending::<()>().await,
            }
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
