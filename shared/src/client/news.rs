//! What the link tells: the replica grows by it, and nothing else does.

use super::Notice;
use super::report::is_pressed;
use super::step::{Client, Turn, Wish};
use crate::link::{Entry, News};
use crate::role::Role;
use crate::session::{self, Command, Event, File, Person, Record, Rejection, Session};
use crate::wire::Signal;
use core::time::Duration;

/// An interruption shorter than this is not worth a word.
const WORTH_A_WORD: Duration = Duration::from_secs(3);

impl Client {
    pub(super) fn news(&mut self, news: Vec<News>, turn: &mut Turn<'_>) {
        for one in news {
            match one {
                News::Welcomed {
                    you,
                    clock_offset,
                    settings,
                } => {
                    self.you = Some(you);
                    self.settings = settings;
                    self.clock_offset = clock_offset;
                    self.welcomed(turn);
                }
                News::Knocking { clock_offset, noticed } => {
                    self.clock_offset = clock_offset;
                    self.knocking = true;
                    self.noticed = noticed;
                }
                News::Snapshot(session) => self.session = Some(*session),
                News::Happened(record) => self.happened(&record, turn),
                News::Settled { entry, refused } => self.settled(entry, refused),
                News::Signal { from, signal } => self.signal(from, signal),
                News::Ink { from, ink } => self.heard_ink(from, ink),
                News::Ice(config) => {
                    self.ice = Some(config);
                    self.with_peers(|peer, scene| peer.ice_came(scene));
                }
                News::Pin(pin) => self.pin = pin,
                News::Lost => self.lost_at = self.lost_at.or(Some(turn.now)),
                News::Closed(why) => self.closed = Some(why),
            }
        }
    }

    fn welcomed(&mut self, turn: &Turn<'_>) {
        self.knocking = false;
        self.new_here = self.session.is_none();
        self.refused_reports.clear();
        let away_for = self.lost_at.take().map(|lost_at| turn.now.since(lost_at));
        if !self.new_here && away_for.is_some_and(|time| time >= WORTH_A_WORD) {
            self.notices.add(Notice::BackAgain);
        }
    }

    fn happened(&mut self, record: &Record, turn: &mut Turn<'_>) {
        let Some(mut session) = self.session.take() else {
            self.session = session::begin(record);
            return;
        };
        self.notice_answers(&session, &record.event);
        self.notice_refusal(&session, &record.event);
        self.notice_opened(&session, record);
        match record.event {
            Event::Connected { person, .. } => self.with_peer(person, |peer, _| peer.came_back()),
            // Another lens: what was impossible with the last one may be possible now.
            Event::CameraChanged { person, .. } if Some(person) == self.you => self.refused_reports.clear(),
            _ => {}
        }
        self.notice_coming(&session, &record.event);
        session::apply(&mut session, record);
        self.session = Some(session);
        let age = self.relay_time(self.now).since(record.at);
        self.together(&record.event, age, turn);
    }

    /// Called and told no: calling again needs a new press.
    fn notice_refusal(&mut self, before: &Session, event: &Event) {
        let mine = before.ringing().is_some_and(|(by, _)| Some(by) == self.you);
        if matches!(event, Event::RingStopped { by: Some(_) }) && mine {
            self.wish = Wish::Nothing;
        }
    }

    /// A fresh picture opens by itself, which its taking says; that an older one is looked at again needs a word.
    fn notice_opened(&mut self, before: &Session, record: &Record) {
        let by = record.by.filter(|by| Some(*by) != self.you);
        if let (Some(by), Event::FileOpened { file }) = (by, &record.event)
            && before.file(*file).is_some_and(File::is_there)
        {
            self.notices.add(Notice::Opened(by, *file));
        }
    }

    /// Who comes and goes is said to everybody. Agents hear of the customer in more detail anyway.
    fn notice_coming(&mut self, before: &Session, event: &Event) {
        let role_of = |who| before.person(who).map(|person| person.role);
        let (who, role, notice) = match *event {
            Event::Joined { person, role, .. } => (person, Some(role), Notice::Came(person)),
            Event::Admitted { person } => (person, role_of(person), Notice::Came(person)),
            Event::Left { person } | Event::Ejected { person }
                if before.person(person).is_some_and(Person::holds_seat) =>
            {
                (person, role_of(person), Notice::Went(person))
            }
            _ => return,
        };
        let heard_anyway = role == Some(Role::Customer) && self.you.and_then(role_of) == Some(Role::Agent);
        if Some(who) != self.you && !heard_anyway {
            self.notices.add(notice);
        }
    }

    fn settled(&mut self, entry: Entry, refused: Option<Rejection>) {
        let Some(why) = refused else { return };
        if entry.command == Command::Start {
            self.wish = Wish::Nothing;
        }
        if is_pressed(&entry.command) {
            self.notices.add(Notice::Refused(why));
        } else if !matches!(entry.command, Command::AnswerAsk { .. }) {
            self.report_refused(entry.command, why);
        }
    }

    fn signal(&mut self, from: crate::id::PersonId, signal: Signal) {
        self.with_peer(from, |peer, scene| peer.signal(signal, scene));
    }
}
