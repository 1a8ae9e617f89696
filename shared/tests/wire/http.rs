//! Samples of the HTTP API's bodies.

use crate::book::{Chapter, chapter};
use crate::values::device;
use farhand_shared::device::InApp;
use farhand_shared::id::{AgentId, InvitationId, PersonId, Seq, SessionId};
use farhand_shared::pin::Pin;
use farhand_shared::role::Role;
use farhand_shared::session::{Channel, Event, Mode, Record, Status, Talk};
use farhand_shared::time::Time;
use farhand_shared::wire::http::Problem;
use farhand_shared::wire::http::handovers::{AskHandover, AtDesk, Colleague, DeskStatus, Handover, Stands};
use farhand_shared::wire::http::ratings::{RateVisit, Rating, RatingRow};
use farhand_shared::wire::http::records::{
    FindSessions, Notes, PersonThere, ProblemRow, ReportProblem, SessionRecord, WriteNotes,
};
use farhand_shared::wire::http::sessions::{
    Arrival, AwayBeacon, InvitationMade, Invite, InviteLook, JoinSession, Knock, LookAtInvite, OpenInvite,
    RecentSession, Seated, SessionStarted, StartSession, WaitingCustomer, WalkIn,
};
use farhand_shared::wire::http::site::{Asked, DeclineAgent, SiteVisitor, WaitForAgent, Waited};
use farhand_shared::wire::http::visits::{
    LookAtVisit, MakeVisitLink, OpenVisit, VisitAs, VisitLink, VisitLinkMade, VisitLook, Visiting,
};
use farhand_shared::wire::{PinNow, SeatToken};

const NOW: Time = Time::from_millis(1_700_000_000_000);

pub fn chapters() -> Vec<Chapter> {
    let problem = Problem {
        error: "too_many_requests".to_owned(),
        message: "Too many wrong numbers.".to_owned(),
        next: "Wait 30 s, then try again.".to_owned(),
    };
    let mut chapters = vec![chapter("Problem", vec![problem])];
    chapters.extend(for_agents());
    chapters.extend(for_customers());
    chapters.extend(for_visitors());
    chapters.extend(ratings());
    chapters.extend(records());
    chapters.extend(handovers());
    chapters.extend(site());
    chapters
}

fn site() -> Vec<Chapter> {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmVk".to_owned();
    let invitation = InvitationId::from_u128(5);
    let wait = WaitForAgent {
        token: token.clone(),
        known: Some(invitation),
        code: some("4821"),
    };
    let asked = Asked {
        invitation,
        agent: "Ana".to_owned(),
        company: "Acme Power".to_owned(),
        terms: "You can stop at any time.".to_owned(),
        link: "https://help.example.org/j#c2VjcmV0".to_owned(),
    };
    let visitor = SiteVisitor {
        id: "4711".to_owned(),
        name: "Bo".to_owned(),
        code: "4821".to_owned(),
        since: NOW,
    };
    let waited = |asked| Waited {
        code: "4821".to_owned(),
        asked,
    };
    vec![
        chapter("WaitForAgent", vec![wait]),
        chapter("Waited", vec![waited(None), waited(Some(asked))]),
        chapter("DeclineAgent", vec![DeclineAgent { token, invitation }]),
        chapter("SiteVisitor", vec![visitor]),
    ]
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn seat() -> SeatToken {
    SeatToken("dGhlIHNlYXQ".to_owned())
}

fn invitation_made() -> InvitationMade {
    InvitationMade {
        invitation: InvitationId::from_u128(5),
        channel: Channel::Link,
        link: "https://help.example.org/j#c2VjcmV0".to_owned(),
    }
}

fn recent() -> RecentSession {
    RecentSession {
        session: SessionId::from_u128(100),
        status: Status::Confirmed,
        mode: Mode::Photo,
        customer_name: some("Bo"),
        case_id: None,
        created_at: NOW,
        last_at: NOW,
        customer_waiting: true,
        waiting: Some(WaitingCustomer {
            since: NOW,
            device: Some(device()),
        }),
        open: true,
        asked_by: some("Ana"),
        with: some("Ana"),
    }
}

fn arrival() -> Arrival {
    Arrival {
        device: device(),
        in_app: Some(InApp::Facebook),
        no_program: true,
        at: NOW,
    }
}

fn handovers() -> Vec<Chapter> {
    let colleague = Colleague {
        id: AgentId::from_u128(8),
        name: "Ben".to_owned(),
        status: DeskStatus::Online,
    };
    let statuses = [
        DeskStatus::Online,
        DeskStatus::Busy,
        DeskStatus::Away,
        DeskStatus::Offline,
    ];
    let ask = AskHandover {
        colleague: colleague.id,
    };
    let stands = [Stands::Rings, Stands::Accepted, Stands::Declined, Stands::NotAnswered];
    let handovers = stands.map(|stands| Handover {
        colleague: "Ben".to_owned(),
        stands,
    });
    vec![
        chapter("Colleague", vec![colleague]),
        chapter("AtDesk", statuses.map(|status| AtDesk { status }).to_vec()),
        chapter("AskHandover", vec![ask]),
        chapter("Handover", handovers.to_vec()),
        chapter("Arrival", vec![arrival()]),
    ]
}

fn records() -> Vec<Chapter> {
    let record = SessionRecord {
        session: recent(),
        people: vec![PersonThere {
            person: PersonId::from_u128(1),
            role: Role::Customer,
            name: "Bo".to_owned(),
        }],
        opened: vec![arrival()],
        happened: vec![Record {
            seq: Seq(1),
            at: NOW,
            by: None,
            cause: None,
            event: Event::CallStarted,
        }],
    };
    let notes = Notes {
        text: "0.4 bar, refilled to 1.5".to_owned(),
        version: 3,
        by: some("Ana"),
    };
    let write = WriteNotes {
        text: notes.text.clone(),
        version: 2,
    };
    let problem = ProblemRow {
        session: SessionId::from_u128(100),
        by: "Ana".to_owned(),
        text: "No picture on an iPad".to_owned(),
        at: NOW,
    };
    let report = ReportProblem {
        text: problem.text.clone(),
    };
    let find = FindSessions {
        text: "T-1001".to_owned(),
    };
    vec![
        chapter("SessionRecord", vec![record.clone()]),
        chapter("PersonThere", record.people),
        chapter("Notes", vec![notes]),
        chapter("WriteNotes", vec![write]),
        chapter("FindSessions", vec![find]),
        chapter("ReportProblem", vec![report]),
        chapter("ProblemRow", vec![problem]),
    ]
}

fn ratings() -> Vec<Chapter> {
    let rating = Rating {
        stars: 4,
        text: "It went well".to_owned(),
    };
    let row = RatingRow {
        session: SessionId::from_u128(100),
        role: Role::Customer,
        rating: rating.clone(),
        at: NOW,
    };
    let visit = RateVisit {
        seat: seat(),
        rating: rating.clone(),
    };
    vec![
        chapter("Rating", vec![rating]),
        chapter("RateVisit", vec![visit]),
        chapter("RatingRow", vec![row]),
    ]
}

fn for_visitors() -> Vec<Chapter> {
    let secret = "c2VjcmV0".to_owned();
    let id = InvitationId::from_u128(5);
    let link = VisitLink {
        id,
        role: VisitAs::Viewer,
        made_at: NOW,
        visitors: 2,
    };
    let look = VisitLook {
        agent: "Ana".to_owned(),
        company: "Acme Power".to_owned(),
        role: VisitAs::Guest,
    };
    let open = OpenVisit {
        secret: secret.clone(),
        seat: Some(seat()),
        name: "Gil".to_owned(),
        device: Some(device()),
    };
    let visiting = Visiting {
        session: SessionId::from_u128(100),
        seat: seat(),
        role: VisitAs::Guest,
        code: "4821".to_owned(),
    };
    let made = VisitLinkMade {
        id,
        link: "https://help.example.org/visit#c2VjcmV0".to_owned(),
    };
    vec![
        chapter("VisitAs", vec![VisitAs::Guest, VisitAs::Viewer]),
        chapter("MakeVisitLink", vec![MakeVisitLink { role: VisitAs::Guest }]),
        chapter("VisitLinkMade", vec![made]),
        chapter("VisitLink", vec![link]),
        chapter("LookAtVisit", vec![LookAtVisit { secret }]),
        chapter("VisitLook", vec![look]),
        chapter("OpenVisit", vec![open]),
        chapter("Visiting", vec![visiting]),
    ]
}

fn for_agents() -> Vec<Chapter> {
    let started = SessionStarted {
        session: SessionId::from_u128(100),
        seat: seat(),
        invitation: invitation_made(),
        pin: PinNow {
            pin: Pin::from_dice(482_917),
            expires_at: NOW,
        },
    };
    let recent = recent();
    let invites = vec![
        Invite::Sms {
            phone: "+49 171 123456".to_owned(),
        },
        Invite::Email {
            email: "bo@example.org".to_owned(),
        },
        Invite::Link,
        Invite::Site {
            visitor: "4711".to_owned(),
        },
    ];
    let start = StartSession {
        mode: Mode::Video,
        talk: Talk::PhoneCall,
        case_id: some("T-1"),
        customer_name: None,
        invite: Invite::Link,
    };
    vec![
        chapter("StartSession", vec![start]),
        chapter("Invite", invites),
        chapter("SessionStarted", vec![started]),
        chapter("InvitationMade", vec![invitation_made()]),
        chapter(
            "JoinSession",
            vec![
                JoinSession::Pin("482 917".to_owned()),
                JoinSession::Session(SessionId::from_u128(100)),
            ],
        ),
        chapter("RecentSession", vec![recent]),
    ]
}

fn for_customers() -> Vec<Chapter> {
    let look = InviteLook {
        agent: "Ana".to_owned(),
        company: "Acme Power".to_owned(),
        mode: Mode::Video,
        talk: Talk::Page,
        status: Status::Confirmed,
        customer_name: some("Bo"),
    };
    let open = OpenInvite {
        secret: "c2VjcmV0".to_owned(),
        seat: Some(seat()),
        name: some("Bo"),
        device: Some(device()),
    };
    let walk_in = WalkIn {
        mode: Mode::Video,
        name: None,
        device: Some(device()),
    };
    let knock = Knock {
        pin: "482 917".to_owned(),
        name: some("Bo"),
        device: None,
    };
    let secret = "c2VjcmV0".to_owned();
    let seated = Seated {
        session: SessionId::from_u128(100),
        seat: seat(),
    };
    vec![
        chapter(
            "LookAtInvite",
            vec![LookAtInvite {
                secret,
                no_program: true,
            }],
        ),
        chapter("InviteLook", vec![look]),
        chapter("OpenInvite", vec![open]),
        chapter("WalkIn", vec![walk_in]),
        chapter("Knock", vec![knock]),
        chapter("Seated", vec![seated]),
        chapter("AwayBeacon", vec![AwayBeacon { seat: seat() }]),
    ]
}
