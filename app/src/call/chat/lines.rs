//! What the chat shows, drawn from the session by plain functions.

use farhand_shared::client::View;
use farhand_shared::id::{FileId, PersonId, Seq};
use farhand_shared::role::{Act, Role};
use farhand_shared::session::{Message, Person, Session};
use farhand_shared::time::Time;

/// How far a message of mine has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Not answered by the relay yet.
    Sending,
    /// The relay has it. So is what others wrote.
    There,
    /// The last of mine that somebody else has read.
    Seen,
}

/// One bubble.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The same for the same bubble in the same state.
    pub key: (u64, usize, Way),
    /// Mine stand on my side.
    pub mine: bool,
    /// Who wrote it: the colour.
    pub role: Role,
    /// As they are called; empty when they gave no name.
    pub name: String,
    /// When, by the relay's clock.
    pub at: Time,
    /// The words.
    pub text: String,
    /// What came with it.
    pub file: Option<FileId>,
    /// How far it has come.
    pub way: Way,
}

/// Whether this browser may write now.
pub fn can_write(view: &View) -> bool {
    let Some((session, you)) = view.session.as_ref().zip(view.you) else {
        return false;
    };
    let may = |me: &Person| me.holds_seat() && me.may(Act::Say);
    !session.status().is_over() && session.person(you).is_some_and(may)
}

/// All bubbles, oldest first.
pub fn lines(view: &View) -> Vec<Line> {
    let Some((session, you)) = view.session.as_ref().zip(view.you) else {
        return Vec::new();
    };
    let messages = session.messages();
    let there = messages.len().saturating_sub(view.sending);
    let read = session
        .people()
        .iter()
        .filter(|person| person.id != you)
        .map(|person| person.seen);
    let read = read.max().unwrap_or_default();
    let mine_read = |message: &&Message| message.by == you && message.seq <= read;
    let seen = messages[..there]
        .iter()
        .rev()
        .find(mine_read)
        .map(|message| message.seq);
    let line = |(place, message): (usize, &Message)| {
        let author = session.person(message.by);
        let way = match () {
            () if place >= there => Way::Sending,
            () if seen == Some(message.seq) => Way::Seen,
            () => Way::There,
        };
        Line {
            // What is on its way has no place of its own yet.
            key: (message.seq.0, place.saturating_sub(there.saturating_sub(1)), way),
            mine: message.by == you,
            role: author.map_or(Role::Viewer, |author| author.role),
            name: author.map(|author| author.name.clone()).unwrap_or_default(),
            at: message.at,
            text: message.text.clone(),
            file: message.file,
            way,
        }
    };
    // What was written before an agent let a guest see the chat has no words here.
    let has_words = |(_, message): &(usize, &Message)| !message.text.is_empty() || message.file.is_some();
    messages.iter().enumerate().filter(has_words).map(line).collect()
}

/// What others wrote after `from`, oldest first.
pub fn from_others(session: &Session, you: PersonId, from: Seq) -> impl Iterator<Item = &Message> {
    let messages = session.messages().iter();
    messages.filter(move |message| message.by != you && message.seq > from)
}

/// How much I have not read; `read` is what this page knows beyond the relay.
pub fn unread(view: &View, read: Seq) -> usize {
    let Some((session, you)) = view.session.as_ref().zip(view.you) else {
        return 0;
    };
    let known = session.person(you).map_or(Seq::ZERO, |me| me.seen);
    from_others(session, you, known.max(read)).count()
}

/// The place of the newest message of somebody else.
pub fn newest(view: &View) -> Seq {
    let Some((session, you)) = view.session.as_ref().zip(view.you) else {
        return Seq::ZERO;
    };
    from_others(session, you, Seq::ZERO)
        .last()
        .map_or(Seq::ZERO, |message| message.seq)
}
