//! The console outside of a session.

use farhand_shared::session::{EndReason, Mode, Status};
use farhand_shared::wire::http::handovers::DeskStatus;
use farhand_shared::wire::http::sessions::RecentSession;

pub const PRODUCT: &str = "Farhand";
pub const CLAIM: &str = "See what your customer sees.";
pub const UNKNOWN_TITLE: &str = "There is no such page";
pub const GO_HOME: &str = "Go to your sessions";

// Header
pub const HOME_LINK: &str = "Farhand, your sessions";
pub const GO_ONLINE: &str = "Go online";
pub const ONLINE: &str = "Online";
pub const BUSY: &str = "In a call";
pub const AWAY: &str = "Away";
pub const OFFLINE: &str = "Offline";
pub const NO_RING: &str = "No ring for 15 minutes";
pub const NO_RING_NOW: &str = "Nothing rings for 15 minutes. Who waits is still shown.";
pub const RING_AGAIN: &str = "Ring again";
pub const RINGS_AGAIN: &str = "Customers who wait ring again.";
pub const RING_SOFTLY: &str = "Ring softly";
pub const RING_LOUDLY: &str = "Ring loudly";
pub const SILENT: &str = " · silent";
pub const GO_AWAY: &str = "Away for a moment";
pub const GO_BACK: &str = "I'm back";
pub const NOW_AWAY: &str = "You are away. Waiting customers don't ring until you are back.";
pub const NOW_BACK: &str = "You are back. Waiting customers ring.";
pub const SOMEBODY_WAITS: &str = "A customer waits for you";
pub const SOUND_ON: &str = "You are online. Sound is on: waiting customers ring.";
pub const NO_SOUND: &str = "You are online. This browser has no sound: watch the list.";
pub const NOW_OFFLINE: &str = "You are offline. Waiting customers don't ring here.";
pub const SIGN_OUT: &str = "Sign out";
pub const OUTBOX: &str = "Outbox";
pub const ADMIN: &str = "Administration";
pub const PROFILE: &str = "Profile";

// Home
pub const HOME_TITLE: &str = "Your sessions";
pub const START_TITLE: &str = "Start session";
pub const MODE: &str = "Mode";
pub const VIDEO: &str = "Video";
pub const PHOTO: &str = "Photo";
pub const WAY: &str = "Invite by";
pub const BY_SMS: &str = "Text message";
pub const BY_EMAIL: &str = "E-mail";
pub const BY_LINK: &str = "Link only";
pub const BY_SITE: &str = "Your website";
pub const PHONE: &str = "Customer's phone number";
pub const PHONE_HINT: &str = "With country code, such as +49 151 23456789.";
pub const EMAIL: &str = "Customer's e-mail address";
pub const LINK_HINT: &str = "You get a link and a number to pass on yourself.";
pub const CASE: &str = "Case ID";
pub const CASE_HINT: &str = "Your ticket's number. You can leave this empty.";
pub const CUSTOMER: &str = "Customer's name";
pub const CUSTOMER_HINT: &str = "You can leave this empty.";
pub const TALK: &str = "Talk by";
pub const BY_PHONE: &str = "Phone call";
pub const BY_PAGE: &str = "This page";
pub const PREVIEW: &str = "This is what the customer gets";
pub const SPEAKER_TIP: &str = "Ask the customer to put the phone on speaker before they tap the link.";
pub const SEND: &str = "Send & join";
pub const CREATE: &str = "Create link & join";
pub const JOIN_TITLE: &str = "Join existing session";
pub const PIN: &str = "Session number (PIN)";
pub const PIN_HINT: &str = "Six digits, read out by the customer or a colleague.";
pub const PIN_INCOMPLETE: &str = "The number has six digits.";
pub const JOIN: &str = "Join";
pub const LIVE_TITLE: &str = "Colleagues in a session now";
pub const RECENT_TITLE: &str = "Recent sessions";
pub const NO_RECENT: &str = "No sessions yet. Start one above: the customer needs nothing but a phone.";
pub const LOADING: &str = "Loading…";
pub const NO_NAME: &str = "Customer";
pub const REJOIN: &str = "Rejoin";
pub const CLOSED: &str = "Closed";
pub const INCOMING_TITLE: &str = "Incoming";
pub const WAITS: &str = "waits for you";
pub const ACCEPT: &str = "Accept";
pub const OUTBOX_NOTICE: &str = "Messages are not sent yet: no provider for them is set up on this server.";
pub const OUTBOX_LINK: &str = "See what would be sent";

// Visitors of the organisation's website
pub const SITE_TITLE: &str = "On your website now";
pub const SITE_NOBODY: &str = "No visitor who is logged in has a page of your website open.";
pub const SITE_FIND: &str = "Find a visitor";
pub const SITE_FIND_HINT: &str = "The code that your website shows them, their name or their number.";
pub const SITE_NOT_FOUND: &str = "No visitor who is here has this code, name or number.";
pub const SITE_CODE: &str = "code";
pub const SITE_OFF: &str =
    "Visitors of your website cannot be invited by one click here: it is not set up on this server.";
pub const VISITOR_TITLE: &str = "Visitor of your website";
pub const VISITOR_HERE: &str = "is on your website now. When you join, they are asked to come.";
pub const VISITOR_GONE: &str = "This visitor has no page of your website open right now. This page keeps looking.";
pub const VISITOR: &str = "Visitor";
pub const VISITOR_LINK_BAD: &str = "This link names no visitor. It should end in #id= and the visitor's ID.";

/// Whether an agent takes calls.
pub const fn desk_status(status: DeskStatus) -> &'static str {
    match status {
        DeskStatus::Online => ONLINE,
        DeskStatus::Busy => BUSY,
        DeskStatus::Away => AWAY,
        DeskStatus::Offline => OFFLINE,
    }
}

/// What a colleague's session is.
pub fn live_with(colleague: &str, how: Mode) -> String {
    ["With ", colleague, " · ", mode(how)].concat()
}

/// The button for one of several visitors or sessions.
pub fn join_visitor(name: &str) -> String {
    [JOIN, " ", name].concat()
}

// Outbox
pub const OUTBOX_TITLE: &str = "Outbox";
pub const OUTBOX_LEAD: &str =
    "What would have been sent, the latest first. It stays here until a provider for text messages or mail is set up.";
pub const OUTBOX_EMPTY: &str = "Nothing is waiting here.";
pub const OPEN_LINK: &str = "Link in this message";
pub const COPY_LINK: &str = "Copy link";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "Copying didn't work. Select the text instead.";

// Administration
pub const ADMIN_TITLE: &str = "Administration";
pub const DOMAINS_TITLE: &str = "Allowed e-mail domains";
pub const DOMAINS_LEAD: &str = "People with an address of these domains can create an account.";
pub const NO_DOMAINS: &str = "None yet: nobody can create an account.";
pub const DOMAIN: &str = "Domain";
pub const DOMAIN_HINT: &str = "Such as example.org";
pub const ALLOW: &str = "Allow";
pub const REMOVE: &str = "Remove";
pub const CONFIGURED: &str = "Set in the server's configuration";
pub const AGENTS_TITLE: &str = "Agents";
pub const DISABLE: &str = "Lock out";
pub const ENABLE: &str = "Let in again";
pub const MAKE_ADMIN: &str = "Make administrator";
pub const UNMAKE_ADMIN: &str = "Make agent";
pub const IS_ADMIN: &str = "Administrator";
pub const IS_AGENT: &str = "Agent";
pub const IS_DISABLED: &str = "Locked out";
pub const NOT_VERIFIED: &str = "Address not confirmed";

/// The text message that the customer will get, with dots where link and number are not known yet. `host` may have a port,
/// which is left out where the customer types.
pub fn sms_preview(company: &str, agent: &str, host: &str) -> String {
    let company = if company.is_empty() { PRODUCT } else { company };
    let agent = if agent.is_empty() { "Your agent" } else { agent };
    let name = host.split(':').next().unwrap_or(host);
    let link = ["https://", host, "/j#…"].concat();
    let ask = [
        company,
        " help: ",
        agent,
        " would like to see the problem through your phone. ",
    ]
    .concat();
    [
        &ask,
        "Open ",
        &link,
        " or go to ",
        name,
        " and enter ••••••.\n@",
        name,
        " #••••••",
    ]
    .concat()
}

/// The word on a session's status pill.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Requested => "Requested",
        Status::Confirmed => "Confirmed",
        Status::InProgress { .. } => "In progress",
        Status::Done { reason, .. } => match reason {
            EndReason::Abandoned => "Nobody came",
            EndReason::CustomerEnded | EndReason::AgentEnded | EndReason::AgentsLeft | EndReason::Disconnected => {
                CLOSED
            }
        },
        Status::Cancelled { .. } => "Cancelled",
    }
}

/// How long a customer has been waiting; `clock` is the time like on a clock.
pub fn waiting(minutes: u64, clock: &str) -> String {
    let words = match minutes {
        0 => "waiting ",
        1 => "waiting long, ",
        _ => "waiting too long, ",
    };
    [words, clock].concat()
}

/// A mode.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Video => VIDEO,
        Mode::Photo => PHOTO,
    }
}

/// The customer of a session in a list.
pub fn customer(session: &RecentSession) -> String {
    let name = session.customer_name.clone().filter(|name| !name.is_empty());
    name.unwrap_or_else(|| NO_NAME.to_owned())
}

/// The button that leads back into a session: which one, in which mode.
pub fn back_in(over: bool, who: &str, as_mode: Mode) -> String {
    [if over { REJOIN } else { JOIN }, " ", who, ", ", mode(as_mode)].concat()
}

/// How long ago, in words.
pub fn ago(length: &str) -> String {
    [length, " ago"].concat()
}
