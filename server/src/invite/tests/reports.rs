//! Invitations from what an agent typed to a provider's report, through the server's own router.

use std::error::Error;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use farhand_shared::wire::http::sessions::Invite as Typed;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::Sha256;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::http_provider::{Answer, Arrived, HttpProvider};
use super::{Outcome, PATIENCE, soon};
use crate::clock::ManualClock;
use crate::config::{Config, Secret, SmsConfig};
use crate::error::ApiError;
use crate::invite::invitation::{Invitation, Target};
use crate::state::AppState;
use crate::store::{Channel, DeliveryStatus, Invite, SessionRow, StoredEvent, secret};

const NOW: u64 = 1_800_000_000;

struct Scene {
    state: AppState,
    session: Uuid,
    invite: Uuid,
    agent: Uuid,
    _folder: TempDir,
}

impl Scene {
    async fn open(sms: SmsConfig) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let mut config = Config::for_tests(folder.path());
        config.sms = sms;
        config.public_url = "https://help.example.com".parse()?;
        config.phone_country = Some(phonenumber::country::Id::GB);
        let state = AppState::open(config, ManualClock::at_ms(NOW * 1000).clock()).await?;
        let (session, agent) = (Uuid::new_v4(), Uuid::new_v4());
        let row = SessionRow {
            id: session,
            status: "confirmed".into(),
            mode: "video".into(),
            case_id: None,
            customer_name: None,
            created_by: Some(agent),
            agents: Vec::new(),
            created_at: 0,
            last_at: 0,
            ended_at: None,
        };
        let event = StoredEvent {
            seq: 1,
            at_ms: 0,
            by: None,
            cause: None,
            body: "{}".into(),
        };
        state.store.append(&row, 1, &[event]).await?;
        let invite = Invite {
            role: crate::store::InviteRole::Customer,
            id: Uuid::new_v4(),
            secret: secret::Secret::random()?.hash(),
            session_id: session,
            channel: Channel::Sms,
            created_by: Some(agent),
            created_at: 0,
            expires_at: i64::MAX,
            revoked_at: None,
        };
        state.store.put_invite(&invite).await?;
        Ok(Self {
            state,
            session,
            invite: invite.id,
            agent,
            _folder: folder,
        })
    }

    /// Sends as the agent; a refusal comes back as its code.
    async fn send(&self, typed: &str) -> Result<(), &'static str> {
        let code = |error: ApiError| error.code();
        let target = Target::read(&Typed::Sms { phone: typed.into() }, &self.state).map_err(code)?;
        target.may_send(&self.state, self.agent).await.map_err(code)?;
        let invitation = Invitation {
            session_id: self.session,
            invite_id: self.invite,
            agent_id: self.agent,
            agent_name: "Ann",
            link: "https://help.example.com/j#secret",
            pin: "482917",
        };
        target.send(&self.state, &invitation).await.map_err(code)
    }

    /// Posts a report as the provider would.
    async fn report(&self, path: &str, headers: &[(&str, String)], body: &str) -> Result<StatusCode, Box<dyn Error>> {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = crate::app(self.state.clone())
            .oneshot(request.body(Body::from(body.to_owned()))?)
            .await?;
        Ok(answer.status())
    }

    /// Waits until the session's one message has come this far.
    async fn reaches(&self, status: DeliveryStatus) -> Result<Option<String>, Box<dyn Error>> {
        tokio::time::timeout(PATIENCE, async {
            loop {
                let found = self
                    .state
                    .store
                    .deliveries_of(self.session)
                    .await?
                    .pop()
                    .ok_or("no message")?;
                if found.status == status {
                    return Ok(found.reason);
                }
                tokio::task::yield_now().await;
            }
        })
        .await?
    }
}

async fn next(provider: &mut HttpProvider) -> Result<Arrived, Box<dyn Error>> {
    soon(provider.arrived.recv())
        .await?
        .ok_or_else(|| "the provider stopped".into())
}

#[tokio::test]
async fn an_invitation_is_followed_from_the_typed_number_to_the_signed_report() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(201, r#"{"sid":"SM1"}"#)]).await?;
    let scene = Scene::open(SmsConfig::Twilio {
        base_url: provider.url.clone(),
        account: "AC1".into(),
        token: Secret::new("t0ken"),
        from: "+15550001".into(),
    })
    .await?;
    scene.send("07400 123456").await?;
    let form = next(&mut provider).await?.form();
    let field = |name: &str| {
        form.iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.clone())
            .unwrap_or_default()
    };
    assert_eq!(field("To"), "+447400123456");
    assert!(
        field("Body").ends_with("enter 482917.\n@help.example.com #482917"),
        "{}",
        field("Body")
    );
    scene.reaches(DeliveryStatus::Sent).await?;

    let callback = field("StatusCallback");
    let path = callback
        .strip_prefix("https://help.example.com")
        .ok_or("not our address")?;
    let body = "ErrorCode=30003&MessageSid=SM1&MessageStatus=undelivered";
    let mut mac = Hmac::<Sha1>::new_from_slice(b"t0ken")?;
    mac.update(format!("{callback}ErrorCode30003MessageSidSM1MessageStatusundelivered").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let signed = [("x-twilio-signature", signature)];
    assert_eq!(scene.report(path, &[], body).await?, StatusCode::FORBIDDEN);
    let forged = body.replace("undelivered", "delivered");
    assert_eq!(scene.report(path, &signed, &forged).await?, StatusCode::FORBIDDEN);
    assert_eq!(scene.report(path, &signed, body).await?, StatusCode::NO_CONTENT);
    let reason = scene.reaches(DeliveryStatus::Failed).await?;
    assert_eq!(reason.as_deref(), Some("the phone is switched off or out of reach"));
    assert_eq!(
        scene.report("/api/deliveries/webhook", &[], "{}").await?,
        StatusCode::NOT_FOUND
    );
    Ok(())
}

#[tokio::test]
async fn a_webhooks_report_is_believed_when_signed_lately() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(200, "")]).await?;
    let scene = Scene::open(SmsConfig::Webhook {
        url: provider.url.clone(),
        secret: Secret::new("s3cret"),
    })
    .await?;
    scene.send("+44 7400 123456").await?;
    let sent: serde_json::Value = serde_json::from_slice(&next(&mut provider).await?.body)?;
    scene.reaches(DeliveryStatus::Sent).await?;

    let path = "/api/deliveries/webhook";
    let report = |status: &str| serde_json::json!({ "id": sent["id"], "status": status }).to_string();
    let signed = |at: u64, body: &str| -> Result<[(&'static str, String); 2], Box<dyn Error>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"s3cret")?;
        mac.update(format!("{at}.{body}").as_bytes());
        let hex: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok([
            ("farhand-timestamp", at.to_string()),
            ("farhand-signature", format!("v1={hex}")),
        ])
    };
    let body = report("delivered");
    assert_eq!(scene.report(path, &[], &body).await?, StatusCode::FORBIDDEN);
    assert_eq!(
        scene.report(path, &signed(NOW - 301, &body)?, &body).await?,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        scene.report(path, &signed(NOW, "{}")?, "{}").await?,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    for _ in 0..2 {
        assert_eq!(
            scene.report(path, &signed(NOW, &body)?, &body).await?,
            StatusCode::NO_CONTENT,
            "a repeat is fine"
        );
    }
    scene.reaches(DeliveryStatus::Delivered).await?;
    Ok(())
}

#[tokio::test]
async fn a_number_that_cannot_be_reached_is_refused_before_anything_is_made() -> Outcome {
    let scene = Scene::open(SmsConfig::Outbox).await?;
    for (typed, code) in [
        ("12", "phone_not_valid"),
        ("call me", "phone_not_valid"),
        ("0909 8790000", "phone_premium"),
    ] {
        let refused = scene.send(typed).await.err();
        assert_eq!(refused, Some(code), "{typed}");
    }
    assert!(scene.state.store.deliveries_of(scene.session).await?.is_empty());
    for _ in 0..6 {
        scene.send("07400 123456").await?;
    }
    assert_eq!(scene.send("07400 123456").await.err(), Some("too_many_requests"));
    Ok(())
}
