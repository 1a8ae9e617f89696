//! Samples of the values inside messages and of a whole snapshot.

use crate::book::{Chapter, chapter};
use farhand_shared::coach::Hint;
use farhand_shared::id::{AgentId, InvitationId, PersonId, Seq, SessionId};
use farhand_shared::quality::Quality;
use farhand_shared::role::Role;
use farhand_shared::session::{
    Answer, Ask, Away, Blocked, Camera, Channel, Command, Context, Creator, Delivery, Device, DeviceKind, EndReason,
    Facing, Intake, Interruption, Invitation, Lens, Mic, Mode, Seat, Session, Status, Talk, Torch, ZoomRange, apply,
    begin, by_person, by_server, create, stamp,
};
use farhand_shared::time::Time;

const NOW: Time = Time::from_millis(1_700_000_000_000);

pub fn chapters() -> Vec<Chapter> {
    let session = session();
    let mut chapters = vec![
        chapter("Person", session.people().to_vec()),
        chapter::<Invitation>("Invitation", session.invitations().to_vec()),
        chapter("Session", vec![session]),
        chapter("Device", vec![device()]),
        chapter("Lens", vec![lens()]),
        chapter("ZoomRange", lens().zoom.into_iter().collect()),
    ];
    chapters.extend(states());
    chapters.extend(words());
    chapters
}

pub fn device() -> Device {
    Device {
        kind: DeviceKind::Phone,
        system: "iOS 26.6".to_owned(),
        browser: "Safari".to_owned(),
        version: "26.6".to_owned(),
    }
}

fn lens() -> Lens {
    Lens {
        facing: Facing::Rear,
        torch: true,
        zoom: Some(ZoomRange {
            min: 1.0,
            max: 8.0,
            now: 2.5,
        }),
    }
}

fn states() -> Vec<Chapter> {
    vec![
        chapter(
            "Status",
            vec![
                Status::Requested,
                Status::Confirmed,
                Status::InProgress { since: NOW },
                Status::Done {
                    at: NOW,
                    reason: EndReason::AgentsLeft,
                },
                Status::Cancelled { at: NOW },
            ],
        ),
        chapter(
            "Seat",
            vec![
                Seat::Knocking { since: NOW },
                Seat::Lobby,
                Seat::Ready,
                Seat::Left,
                Seat::Declined,
                Seat::Ejected,
            ],
        ),
        chapter(
            "Camera",
            vec![
                Camera::Unknown,
                Camera::Asking,
                Camera::NotAnswered,
                Camera::Live(lens()),
                Camera::Off,
                Camera::Blocked(Blocked::Site),
                Camera::Busy,
                Camera::Missing,
                Camera::Unsupported,
                Camera::Interrupted(Interruption::Taken),
                Camera::Dead,
            ],
        ),
        chapter("Ask", vec![Ask::Torch(true), Ask::Flip, Ask::Zoom(1.5)]),
        chapter(
            "Creator",
            vec![Creator::Agent(AgentId::from_u128(8)), Creator::Customer],
        ),
    ]
}

/// The enums that are only a word.
fn words() -> Vec<Chapter> {
    vec![
        chapter("Mode", vec![Mode::Video, Mode::Photo]),
        chapter("Talk", vec![Talk::PhoneCall, Talk::Page]),
        chapter("Role", vec![Role::Customer, Role::Agent, Role::Guest, Role::Viewer]),
        chapter(
            "Channel",
            vec![Channel::Sms, Channel::Email, Channel::Link, Channel::Site],
        ),
        chapter(
            "Delivery",
            vec![
                Delivery::Made,
                Delivery::Sent,
                Delivery::Delivered,
                Delivery::Failed,
                Delivery::Declined,
                Delivery::Opened,
                Delivery::Revoked,
            ],
        ),
        chapter(
            "EndReason",
            vec![
                EndReason::CustomerEnded,
                EndReason::AgentEnded,
                EndReason::AgentsLeft,
                EndReason::Disconnected,
                EndReason::Abandoned,
            ],
        ),
        chapter(
            "DeviceKind",
            vec![DeviceKind::Phone, DeviceKind::Tablet, DeviceKind::Desktop],
        ),
        chapter("Facing", vec![Facing::Rear, Facing::Front, Facing::Unknown]),
        chapter("Blocked", vec![Blocked::Site, Blocked::System, Blocked::Document]),
        chapter("Interruption", vec![Interruption::Hidden, Interruption::Taken]),
        chapter("Mic", vec![Mic::None, Mic::On, Mic::Muted, Mic::Blocked]),
        chapter("Torch", vec![Torch::None, Torch::Off, Torch::On]),
        chapter("Away", vec![Away::Hidden, Away::PhoneCall]),
        chapter("Answer", vec![Answer::Done, Answer::No, Answer::Failed]),
        chapter("Hint", vec![Hint::Dark, Hint::Shaky, Hint::Covered]),
        chapter(
            "Quality",
            vec![
                Quality::Good,
                Quality::Weak,
                Quality::VeryWeak,
                Quality::Reconnecting,
                Quality::Lost,
            ],
        ),
    ]
}

/// A running call as a snapshot: made by the rules, since nothing else can make one.
pub fn session() -> Session {
    let ctx = Context::at(NOW);
    let creator = Creator::Agent(AgentId::from_u128(8));
    let id = SessionId::from_u128(100);
    let events = create(id, creator, "Acme Power", Mode::Video, Talk::Page, Some("T-1"), &ctx).expect("valid");
    let mut session = begin(&stamp(Seq::ZERO, NOW, None, None, events)[0]).expect("created");
    let [customer, agent] = [1, 2].map(PersonId::from_u128);
    let join = |person, role, name: &str| Intake::Join {
        person,
        role,
        account: (role == Role::Agent).then_some(AgentId::from_u128(8)),
        name: name.to_owned(),
        device: Some(device()),
    };
    let connect = |person| Intake::Connect { person, device: None };
    let invite = Intake::Invite {
        invitation: InvitationId::from_u128(5),
        channel: Channel::Sms,
        to: "••• 42".to_owned(),
    };
    let doors = [
        invite,
        join(agent, Role::Agent, "Ana"),
        join(customer, Role::Customer, "Bo"),
        connect(agent),
        connect(customer),
    ];
    let live = Command::ReportCamera(Camera::Live(lens()));
    let ask = Command::Ask {
        of: customer,
        what: Ask::Torch(true),
    };
    let wishes = [
        (agent, Command::Start),
        (customer, live),
        (customer, Command::Start),
        (agent, ask),
        (customer, Command::End),
    ];
    for intake in doors {
        let events = by_server(&session, &intake, &ctx).expect("allowed");
        stamp(session.seq(), NOW, None, None, events)
            .iter()
            .for_each(|record| apply(&mut session, record));
    }
    for (who, command) in wishes {
        let events = by_person(&session, who, &command, &ctx).expect("allowed");
        stamp(session.seq(), NOW, Some(who), None, events)
            .iter()
            .for_each(|record| apply(&mut session, record));
    }
    session
}
