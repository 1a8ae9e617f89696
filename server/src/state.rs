//! What every handler shares.

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::password::{PasswordError, Passwords};
use crate::clock::Clock;
use crate::config::Config;
use crate::desks::Desks;
use crate::entry::{Doors, InvitationNews};
use crate::files::{self, Files};
use crate::http::assets::{Pages, Source};
use crate::http::caller::{CallerKey, WRITES};
use crate::invite::postman::Postman;
use crate::invite::providers::{ProviderError, Providers};
use crate::limits::Limiter;
use crate::room::{Rooms, Settings, Surroundings};
use crate::site::Site;
use crate::store::sqlite::SqliteStore;
use crate::store::{Scopes, Store, StoreError};
use crate::turn::{self, Relaying, SetupError};
use crate::ws::{Gate, Limits};

/// The shared state of one server: a cheap handle, cloned into every request.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The parts behind an [`AppState`].
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    /// Everything that outlives the process.
    pub store: Arc<dyn Store>,
    /// Names of counted scopes.
    pub scopes: Scopes,
    /// Requests that change something, per caller.
    pub writes: Limiter<CallerKey>,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Who delivers text messages and e-mail.
    pub providers: Providers,
    /// Sends messages in the background.
    pub postman: Postman,
    /// The built pages.
    pub pages: Pages,
    /// Every session that is awake, and the way to wake the others.
    pub rooms: Rooms,
    /// Pictures and documents.
    pub files: Files,
    /// Who sits at their desk.
    pub desks: Desks,
    /// Visitors of the organisation's website who can be invited.
    pub site: Site,
    /// How often callers may use the ways into a session.
    pub doors: Doors,
    /// Who may open another socket.
    pub gate: Gate,
    /// The TURN server and its credentials.
    pub relaying: Arc<Relaying>,
    /// Cancelled when the server stops: long-lived tasks say goodbye and end.
    pub shutdown: CancellationToken,
    /// Every long-lived task is spawned here, so that stopping can wait for it.
    pub tracker: TaskTracker,
}

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A file or folder of the data directory could not be used.
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    /// The database could not be opened.
    #[error("the database in the data folder cannot be used: {0}")]
    Store(#[from] StoreError),
    /// The TURN server could not be used.
    #[error("TURN: {0}")]
    Turn(#[from] SetupError),
    /// Passwords cannot be hashed on this machine.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A provider's settings are wrong.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// Times and sizes that no operator sets, but that tests and benchmarks do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tuning {
    /// Of rooms.
    pub rooms: Settings,
    /// Of sockets.
    pub sockets: Limits,
}

/// The database's file in the data folder.
const DATABASE: &str = "farhand.db";

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Opens everything the configuration names.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        private_folder("--data-dir", &config.data_dir)?;
        private_folder("--files-dir", &config.files.dir)?;
        let tuning = Tuning {
            rooms: Settings {
                pin_life: config.limits.pin_ttl,
                seats: config.limits.seats,
                agent_cameras: config.agents.cameras,
                pages: farhand_shared::wire::Settings {
                    photo_floor_kbit: config.photo.floor_kbit,
                    photo_after_s: config.photo.after.as_secs() as u32,
                    file_bytes: config.files.file_bytes,
                    ..farhand_shared::wire::Settings::default()
                },
                ..Settings::default()
            },
            sockets: Limits {
                sockets: config.limits.connections,
                ..Limits::default()
            },
        };
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.data_dir.join(DATABASE)).await?);
        Self::over(config, clock, store, tuning).await
    }

    /// The same over a store that is open already.
    pub async fn over(config: Config, clock: Clock, store: Arc<dyn Store>, tuning: Tuning) -> Result<Self, StartError> {
        let scopes = Scopes::open(store.as_ref()).await?;
        let (shutdown, tracker) = (CancellationToken::new(), TaskTracker::new());
        let providers = Providers::open(&config, &store, &clock)?;
        let postman = providers.postman(Arc::clone(&store), clock.clone(), tracker.clone(), shutdown.clone());
        let pages = Pages::load(
            Source::new(config.pages_dir.as_deref()),
            config.public_url.socket_origin(),
            &config.frame_origins,
        );
        let relaying = Arc::new(turn::set_up(&config, &clock).await?);
        let rooms = Rooms::new(Surroundings {
            events: store.clone(),
            pins: store.clone(),
            relaying: relaying.clone(),
            clock: clock.clone(),
            settings: tuning.rooms,
            shutdown: shutdown.clone(),
            tracker: tracker.clone(),
        });
        postman.tell(Arc::new(InvitationNews(rooms.clone())));
        let files = Files::new(files::Surroundings {
            store: store.clone(),
            rooms: rooms.clone(),
            limits: config.files.clone(),
            clock: clock.clone(),
            shutdown: shutdown.clone(),
            tracker: tracker.clone(),
        });
        let doors = Doors::new(&clock);
        let desks = Desks::new(&clock);
        let site = Site::new(config.site.as_ref(), &clock);
        let state = Self(Arc::new(Inner {
            writes: Limiter::new(WRITES, &clock),
            config,
            clock,
            store,
            scopes,
            passwords: Passwords::new().await?,
            providers,
            postman,
            pages,
            rooms,
            files,
            desks,
            site,
            doors,
            gate: Gate::new(tuning.sockets),
            relaying,
            shutdown,
            tracker,
        }));
        state.rooms.start();
        state.files.start();
        state.postman.resume().await?;
        Ok(state)
    }
}

/// Makes a folder if need be. It holds keys, people's messages or their pictures, so only our own user may look inside.
fn private_folder(option: &str, folder: &Path) -> Result<(), StartError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StartError::Io {
        what: format!("{option}: cannot make the folder {}", folder.display()),
        source,
    })
}
