//! Samples of the accounts API's bodies.

use crate::book::{Chapter, chapter};
use farhand_shared::id::{AgentId, SessionId};
use farhand_shared::session::Channel;
use farhand_shared::time::Time;
use farhand_shared::wire::http::accounts::{
    AgentRow, AllowDomain, AuditRow, ChangeAgent, ChangeMe, ChangePassword, ConfirmReset, DomainRow, FirstAdmin, Me,
    OutboxItem, RequestReset, SignIn, SignOut, SignUp, Verify,
};

const NOW: Time = Time::from_millis(1_700_000_000_000);
const ANA: AgentId = AgentId::from_u128(8);

pub fn chapters() -> Vec<Chapter> {
    let mut chapters = for_oneself();
    chapters.extend(for_administrators());
    chapters
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn for_oneself() -> Vec<Chapter> {
    let [email, name, password, token] = ["ana@example.org", "Ana", "correct horse", "c2VjcmV0"].map(text);
    let sign_up = SignUp {
        email: email.clone(),
        name: name.clone(),
        password: password.clone(),
    };
    let sign_in = SignIn {
        email: email.clone(),
        password: password.clone(),
    };
    let verify = Verify {
        token: token.clone(),
        password: password.clone(),
    };
    let confirm = ConfirmReset {
        token: token.clone(),
        password: password.clone(),
    };
    let first = FirstAdmin {
        token,
        email: email.clone(),
        name: name.clone(),
        password: password.clone(),
    };
    let me = Me {
        id: ANA,
        email: email.clone(),
        name: name.clone(),
        admin: true,
        company: text("Acme Power"),
        site: true,
        cameras: true,
        problem_reports: true,
    };
    let change_password = ChangePassword {
        current: password.clone(),
        new: password,
    };
    let change_me = ChangeMe {
        name: Some(name),
        password: Some(change_password.clone()),
    };
    vec![
        chapter("SignUp", vec![sign_up]),
        chapter("Verify", vec![verify]),
        chapter("SignIn", vec![sign_in]),
        chapter("SignOut", vec![SignOut { everywhere: true }]),
        chapter("RequestReset", vec![RequestReset { email }]),
        chapter("ConfirmReset", vec![confirm]),
        chapter("FirstAdmin", vec![first]),
        chapter("Me", vec![me]),
        chapter("ChangeMe", vec![change_me]),
        chapter("ChangePassword", vec![change_password]),
    ]
}

fn for_administrators() -> Vec<Chapter> {
    let domain = DomainRow {
        domain: text("example.org"),
        configured: true,
    };
    let agent = AgentRow {
        id: ANA,
        email: text("ana@example.org"),
        name: text("Ana"),
        admin: false,
        disabled: false,
        verified: true,
        created_at: NOW,
    };
    let change = ChangeAgent {
        disabled: Some(true),
        admin: None,
    };
    let audit = AuditRow {
        at: NOW,
        by: Some(ANA),
        action: text("domain.allowed"),
        target: text("example.org"),
        note: String::new(),
    };
    let message = OutboxItem {
        session: Some(SessionId::from_u128(100)),
        channel: Channel::Email,
        to: text("bo@example.org"),
        subject: text("Help"),
        text: text("Open the link."),
        at: NOW,
    };
    vec![
        chapter("DomainRow", vec![domain]),
        chapter(
            "AllowDomain",
            vec![AllowDomain {
                domain: text("@Example.org"),
            }],
        ),
        chapter("AgentRow", vec![agent]),
        chapter("ChangeAgent", vec![change]),
        chapter("AuditRow", vec![audit]),
        chapter("OutboxItem", vec![message]),
    ]
}
