//! One click from the organisation's own website. Its logged-in visitors wait here while they have a page open, and an
//! agent invites one of them by a click: in a CRM, or on the console's home page.
//!
//! | Who | Does |
//! |---|---|
//! | the website's server | signs who is logged in ([`token`]) and puts the token into its pages, with one script of ours |
//! | that script | shows a small frame of ours (`pages`), which waits (`POST /api/site/wait`) |
//! | an agent | presses **Join**: a session with an invitation for this visitor |
//! | the frame | shows who asks and the terms; **Accept** opens the invite link in a tab of its own |
//!
//! Nothing is kept on disk: who waits says so again within seconds.

pub mod token;

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use farhand_shared::id::{InvitationId, SessionId};
use farhand_shared::time::Time;
use farhand_shared::wire::http::site::{Asked, SiteVisitor, WaitForAgent, Waited};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::SiteConfig;
use crate::error::ApiError;
use token::{Tokens, Visitor};

/// How long one request waits; below the limit for all requests and those of common proxies.
const WAIT: Duration = Duration::from_secs(25);
/// A page asks again at once; who has not after this has gone.
const GRACE: Duration = Duration::from_secs(5);
/// How long an asking is shown.
const ASKED_FOR: Duration = Duration::from_secs(120);
/// Visitors who can wait at the same time.
const MOST: usize = 20_000;
/// So many of them have codes of four digits.
const FOUR_DIGITS_FOR: usize = 5_000;

/// Those who have a page of the website open.
pub struct Site {
    tokens: Option<Tokens>,
    terms: String,
    clock: Clock,
    here: Mutex<Here>,
}

/// By the website's name for them.
#[derive(Default)]
struct Here {
    waiting: HashMap<String, Waiting>,
    /// The codes that are taken.
    codes: HashSet<String>,
}

struct Waiting {
    name: String,
    /// What the visitor can read out to an agent on the phone.
    code: String,
    since: Time,
    /// Requests of theirs that wait now: one for each page.
    pages: usize,
    /// When the last one ended.
    left_at: Time,
    asked: watch::Sender<Option<Posted>>,
}

/// What an agent asks.
#[derive(Clone)]
struct Posted {
    session: SessionId,
    asked: Asked,
    until: Time,
}

/// One waiting request; its end counts, however it ends.
struct Page<'a> {
    site: &'a Site,
    visitor: &'a str,
    asked: watch::Receiver<Option<Posted>>,
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if let Some(one) = self.site.lock().waiting.get_mut(self.visitor) {
            one.pages = one.pages.saturating_sub(1);
            one.left_at = self.site.clock.now();
        }
    }
}

impl Site {
    /// Nobody waits. Without a configuration nobody can.
    pub fn new(config: Option<&SiteConfig>, clock: &Clock) -> Self {
        Self {
            tokens: config.and_then(|config| Tokens::signed_with(&config.secret)),
            terms: config.map(|config| config.terms.clone()).unwrap_or_default(),
            clock: clock.clone(),
            here: Mutex::default(),
        }
    }

    /// Whether visitors can be invited by a click.
    pub const fn is_on(&self) -> bool {
        self.tokens.is_some()
    }

    /// What visitors agree to by going on.
    pub fn terms(&self) -> &str {
        &self.terms
    }

    /// Whom the website's token names.
    ///
    /// # Errors
    /// `site_off`, `token_expired` or `token_not_valid`.
    pub fn who(&self, token: &str) -> Result<Visitor, ApiError> {
        let tokens = self.tokens.as_ref().ok_or_else(off)?;
        tokens.read(token, self.clock.now_secs())
    }

    /// Waits until what is asked is no longer `known`: another asking, or none any more. Answers with what is asked then; none
    /// also when nothing has changed for a while. A page that knows another code than the visitor's, or an empty one, is told at once.
    ///
    /// # Errors
    /// `site_full`.
    pub async fn wait(&self, visitor: &Visitor, knows: &WaitForAgent) -> Result<Waited, ApiError> {
        let (mut page, code) = self.open_page(visitor)?;
        let valid = |posted: &Option<Posted>| {
            let posted = posted.as_ref().filter(|posted| self.clock.now() < posted.until);
            posted.map(|posted| posted.asked.clone())
        };
        let is_new_here = knows.code.as_ref().is_some_and(|known| *known != code);
        let is_news =
            |posted: &Option<Posted>| is_new_here || valid(posted).map(|asked| asked.invitation) != knows.known;
        let news = tokio::time::timeout(WAIT, page.asked.wait_for(is_news)).await;
        let asked = match news.map(|news| news.map(|posted| valid(&posted))) {
            Ok(Ok(asked)) => asked,
            // The entry has gone meanwhile.
            Ok(Err(_)) => None,
            // Nothing has changed: what is known is still asked.
            Err(_) => valid(&page.asked.borrow()),
        };
        Ok(Waited { code, asked })
    }

    fn open_page<'a>(&'a self, visitor: &'a Visitor) -> Result<(Page<'a>, String), ApiError> {
        let now = self.clock.now();
        let mut here = self.lock();
        let Here { waiting, codes } = &mut *here;
        // Not with every page: going through all of them is work for when there is no more room.
        let crowded = waiting.len() >= MOST || codes.len() >= FOUR_DIGITS_FOR;
        if crowded && !waiting.contains_key(&visitor.id) {
            waiting.retain(|_, one| one.is_here(now) || one.is_asked(now));
            *codes = waiting.values().map(|one| one.code.clone()).collect();
            if waiting.len() >= MOST {
                return Err(full());
            }
        }
        let one = waiting.entry(visitor.id.clone()).or_insert_with(|| Waiting {
            name: String::new(),
            code: free_code(codes),
            since: now,
            pages: 0,
            left_at: now,
            asked: watch::Sender::new(None),
        });
        if !one.is_here(now) && !one.is_asked(now) {
            one.since = now;
        }
        one.name.clone_from(&visitor.name);
        one.pages += 1;
        let page = Page {
            site: self,
            visitor: &visitor.id,
            asked: one.asked.subscribe(),
        };
        Ok((page, one.code.clone()))
    }

    /// Everybody who has a page open, longest first.
    pub fn visitors(&self) -> Vec<SiteVisitor> {
        let now = self.clock.now();
        let here = self.lock();
        let mut here: Vec<_> = here.waiting.iter().filter_map(|(id, one)| one.shown(id, now)).collect();
        here.sort_by(|a, b| (a.since, &a.id).cmp(&(b.since, &b.id)));
        here
    }

    /// This visitor, if they have a page open.
    pub fn visitor(&self, id: &str) -> Option<SiteVisitor> {
        self.lock().waiting.get(id)?.shown(id, self.clock.now())
    }

    /// Shows an asking on the visitor's pages. One that is shown already gives way.
    ///
    /// # Errors
    /// `visitor_gone`.
    pub fn ask(&self, visitor: &str, session: SessionId, asked: Asked) -> Result<(), ApiError> {
        let now = self.clock.now();
        let mut here = self.lock();
        let one = here
            .waiting
            .get_mut(visitor)
            .filter(|one| one.is_here(now))
            .ok_or_else(gone)?;
        one.asked.send_replace(Some(Posted {
            session,
            asked,
            until: now.plus(ASKED_FOR),
        }));
        Ok(())
    }

    /// Takes an asking off the visitor's pages: they said not now. Answers with the session it was for.
    pub fn decline(&self, visitor: &Visitor, invitation: InvitationId) -> Option<SessionId> {
        let session = self.session_of(visitor, invitation)?;
        self.withdraw(invitation);
        Some(session)
    }

    /// Takes an asking off all pages: its link was opened, or taken back.
    pub fn withdraw(&self, invitation: InvitationId) {
        for one in self.lock().waiting.values() {
            one.asked.send_if_modified(|posted| {
                let shown = posted
                    .as_ref()
                    .is_some_and(|posted| posted.asked.invitation == invitation);
                if shown {
                    *posted = None;
                }
                shown
            });
        }
    }

    /// The session of an asking that is shown to this visitor.
    pub fn session_of(&self, visitor: &Visitor, invitation: InvitationId) -> Option<SessionId> {
        let here = self.lock();
        let posted = here.waiting.get(&visitor.id)?.asked.borrow();
        let shown = posted.as_ref().filter(|posted| posted.asked.invitation == invitation);
        shown.map(|posted| posted.session)
    }

    fn lock(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn is_here(&self, now: Time) -> bool {
        self.pages > 0 || now < self.left_at.plus(GRACE)
    }

    fn is_asked(&self, now: Time) -> bool {
        self.asked.borrow().as_ref().is_some_and(|posted| now < posted.until)
    }

    fn shown(&self, id: &str, now: Time) -> Option<SiteVisitor> {
        self.is_here(now).then(|| SiteVisitor {
            id: id.to_owned(),
            name: self.name.clone(),
            code: self.code.clone(),
            since: self.since,
        })
    }
}

/// A code that nobody has: four digits while they are easily found, else six. It opens nothing; it only says to an agent
/// who of those that wait is on the phone.
fn free_code(codes: &mut HashSet<String>) -> String {
    let (digits, all) = if codes.len() < FOUR_DIGITS_FOR {
        (4, 10_000)
    } else {
        (6, 1_000_000)
    };
    // The next free one after a random one; there are always more of them than visitors.
    let start = getrandom::u32().unwrap_or_default() % all;
    let mut tried = (0..all).map(|step| format!("{:0digits$}", (start + step) % all));
    tried.find(|code| codes.insert(code.clone())).unwrap_or_default()
}

fn off() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "site_off",
        "Visitors of a website cannot be invited here.",
        "Set --site-secret to switch it on.",
    )
}

fn full() -> ApiError {
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "site_full",
        "Too many visitors wait already.",
        "Try again in a minute.",
    )
}

/// The visitor has no page of the website open.
pub fn gone() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "visitor_gone",
        "This visitor has no page of your website open right now.",
        "Ask them to open it, or invite them by text message or e-mail.",
    )
}
