//! The room's letters, one arm each.

use farhand_shared::id::{CommandId, FileId, PersonId};
use farhand_shared::session::{Command, Context, Intake, Rejection, by_person, by_server, create, stamp};
use farhand_shared::wire::FromServer;

use super::actor::{Cause, Room};
use super::counters;
use super::mail::{FileLook, Mail, NewSession, RoomError, Who};
use super::surroundings::Surroundings;
use farhand_shared::id::{Seq, SessionId};
use farhand_shared::session::{Record, begin};

impl Room {
    /// Handles one letter.
    pub(super) async fn handle(&mut self, letter: Mail) {
        match letter {
            Mail::Enter { socket, arrival } => self.enter(socket, *arrival).await,
            Mail::Gone { person, socket } => self.gone(person, socket),
            Mail::Do {
                person,
                socket,
                id,
                command,
            } => {
                if self.fanout.is_current(person, socket) {
                    self.command(person, id, &command).await;
                }
            }
            Mail::Signal {
                from,
                socket,
                to,
                frame,
            } => self.signal(from, socket, to, frame),
            Mail::Ping { person, socket, number } => self.pong(person, socket, number),
            Mail::Ink { from, socket, frame } => self.ink(from, socket, &frame),
            Mail::RenewIce { person, socket } => {
                if self.fanout.is_current(person, socket) {
                    self.send_ice(person, self.around.now());
                }
            }
            Mail::Intake { intake, reply } => drop(reply.send(self.intake(&intake).await)),
            Mail::Act { person, command, reply } => drop(reply.send(self.act(person, &command).await)),
            Mail::Stay { person, until, reply } => drop(reply.send(self.stay(person, until).await)),
            Mail::Look { reply } => drop(reply.send(Ok((self.session.clone(), self.suggested_name.clone())))),
            Mail::File { who, file, reply } => drop(reply.send(Ok(self.file(who, file)))),
            Mail::Pin { reply } => drop(reply.send(Ok(self.pin_now().await))),
            Mail::Tick => self.tick().await,
        }
    }

    /// Does a person's command once, however often it is repeated, and answers it every time.
    async fn command(&mut self, person: PersonId, id: CommandId, command: &Command) {
        let outcome = if self.history.is_done(person, id) {
            Ok(())
        } else {
            let cause = Cause::command(person, id);
            self.settle(cause, |session, ctx| by_person(session, person, command, ctx))
                .await
        };
        counters::command(outcome);
        let answer = match outcome {
            Ok(()) => {
                self.history.remember(person, id);
                FromServer::Accepted(id)
            }
            Err(why) => FromServer::Refused { id, why },
        };
        self.fanout.send(person, &answer);
    }

    async fn intake(&mut self, intake: &Intake) -> Result<(), RoomError> {
        let settled = self
            .settle(Cause::SERVER, |session, ctx| by_server(session, intake, ctx))
            .await;
        settled.map_err(RoomError::Rejected)
    }

    fn file(&self, who: Who, file: FileId) -> FileLook {
        let mut people = self.session.people().iter();
        FileLook {
            person: match who {
                Who::Person(person) => self.session.person(person).cloned(),
                // An agent who came back is still the same person.
                Who::Account(account) => people.find(|person| person.account == Some(account)).cloned(),
                Who::Server => None,
            },
            file: self.session.file(file).cloned(),
        }
    }

    async fn act(&mut self, person: PersonId, command: &Command) -> Result<(), RoomError> {
        let cause = Cause::person(person);
        let settled = self
            .settle(cause, |session, ctx| by_person(session, person, command, ctx))
            .await;
        settled.map_err(RoomError::Rejected)
    }
}

/// Writes the first records of a session.
pub(super) async fn create_log(
    around: &Surroundings,
    id: SessionId,
    new: &NewSession,
) -> Result<Vec<Record>, RoomError> {
    let now = around.now();
    let NewSession {
        creator,
        company,
        mode,
        talk,
        case_id,
        customer_name,
    } = new;
    let events = create(
        id,
        *creator,
        company,
        *mode,
        *talk,
        case_id.as_deref(),
        &Context::at(now),
    )
    .map_err(RoomError::Rejected)?;
    let records = stamp(Seq::ZERO, now, None, None, events);
    let session = records.first().and_then(begin).ok_or(RoomError::Unknown)?;
    around
        .append(&session, customer_name.as_deref(), &records)
        .await
        .map_err(|error| {
            counters::store_failure();
            tracing::error!(session = %id, %error, "a session could not be made");
            RoomError::Rejected(Rejection::NotStored)
        })?;
    Ok(records)
}
