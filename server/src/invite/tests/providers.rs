//! What each provider puts on the wire, and how it reads the answer.

use std::time::{SystemTime, UNIX_EPOCH};

use super::http_provider::{Answer, HttpProvider};
use super::mail_server::MailServer;
use super::{Outcome, letter, soon, text_message};
use crate::clock::Clock;
use crate::invite::email::{Smtp, SmtpSetup};
use crate::invite::twilio::Twilio;
use crate::invite::webhook::{SIGNATURE_HEADER, TIMESTAMP_HEADER, Webhook};
use crate::invite::{Deliver as _, DeliverError, http_client};
use crate::store::secret::Private;

#[tokio::test]
async fn a_text_message_goes_out_in_twilios_form() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(201, r#"{"sid":"SM1","status":"queued"}"#)]).await?;
    let token = Private::new("t0ken");
    let twilio = Twilio::new(
        http_client()?,
        &provider.url,
        "AC1",
        token,
        "+15550001",
        "https://help.example.com",
    );
    let message = text_message();
    let receipt = twilio.send(&message).await?;
    assert_eq!(receipt.provider_id.as_deref(), Some("SM1"));

    let arrived = soon(provider.arrived.recv()).await?.ok_or("nothing arrived")?;
    assert_eq!(arrived.path, "/2010-04-01/Accounts/AC1/Messages.json");
    assert_eq!(arrived.header("authorization"), "Basic QUMxOnQwa2Vu");
    let callback = format!("https://help.example.com/api/deliveries/twilio/{}", message.id);
    let expected = [
        ("To", message.to.as_str()),
        ("From", "+15550001"),
        ("Body", message.text.as_str()),
        ("StatusCallback", callback.as_str()),
    ];
    assert_eq!(arrived.form(), expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    Ok(())
}

#[tokio::test]
async fn a_messaging_service_is_named_as_one() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(201, "{}")]).await?;
    let token = Private::new("t0ken");
    let twilio = Twilio::new(
        http_client()?,
        &provider.url,
        "AC1",
        token,
        "MG7",
        "https://help.example.com",
    );
    twilio.send(&text_message()).await?;
    let form = soon(provider.arrived.recv()).await?.ok_or("nothing arrived")?.form();
    assert!(form.contains(&("MessagingServiceSid".into(), "MG7".into())));
    assert!(!form.iter().any(|(name, _)| name == "From"));
    Ok(())
}

#[tokio::test]
async fn a_provider_cannot_send_us_elsewhere() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(302, "")]).await?;
    let token = Private::new("t0ken");
    let twilio = Twilio::new(
        http_client()?,
        &provider.url,
        "AC1",
        token,
        "+15550001",
        "https://help.example.com",
    );
    assert!(matches!(
        twilio.send(&text_message()).await,
        Err(DeliverError::Refused(_))
    ));
    provider.arrived.recv().await;
    assert!(provider.arrived.try_recv().is_err());
    Ok(())
}

#[tokio::test]
async fn a_webhook_request_is_signed_over_time_and_body() -> Outcome {
    let mut provider = HttpProvider::start(&[Answer::Say(202, r#"{"id":"x-1"}"#)]).await?;
    let url = Private::new(format!("{}/hook", provider.url));
    let webhook = Webhook::new(http_client()?, url, Private::new("s3cret"), Clock::system());
    let message = text_message();
    assert_eq!(webhook.send(&message).await?.provider_id.as_deref(), Some("x-1"));

    let arrived = soon(provider.arrived.recv()).await?.ok_or("nothing arrived")?;
    let (stamp, signature) = (arrived.header(TIMESTAMP_HEADER), arrived.header(SIGNATURE_HEADER));
    assert!(
        webhook.signed(stamp, &arrived.body, signature),
        "the receiver could not have checked it"
    );
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    assert!(now.abs_diff(stamp.parse()?) < 60);
    assert_eq!(arrived.header("idempotency-key"), message.id.to_string());
    let body: serde_json::Value = serde_json::from_slice(&arrived.body)?;
    let expected = serde_json::json!({
        "id": message.id, "channel": "sms", "to": message.to, "text": message.text
    });
    assert_eq!((arrived.path.as_str(), body), ("/hook", expected));
    Ok(())
}

#[tokio::test]
async fn a_letter_arrives_as_text_and_html_with_plain_manners() -> Outcome {
    let mut server = MailServer::start(&[]).await?;
    let url = Private::new(format!("smtp://{}", server.address));
    let smtp = Smtp::new(&url, "Help Desk <help@example.com>", "help.example.com")?;
    let message = letter();
    smtp.send(&message).await?;

    let letter = soon(server.letters.recv()).await?.ok_or("no letter")?;
    assert!(letter.from.contains("<help@example.com>") && letter.to.contains("<kim@example.org>"));
    for part in [
        "From: \"Help Desk\" <help@example.com>",
        "To: kim@example.org",
        "Subject: =?utf-8?b?",
        &format!("Message-ID: <{}@help.example.com>", message.id),
        "Auto-Submitted: auto-generated",
        "multipart/alternative",
        "text/plain",
        "Open https://h/j#s",
        "text/html",
    ] {
        assert!(
            letter.content.contains(part),
            "{part} is missing in\n{}",
            letter.content
        );
    }
    assert!(!letter.content.contains("List-Unsubscribe"));
    Ok(())
}

#[tokio::test]
async fn a_refused_recipient_is_final_and_a_busy_server_is_not() -> Outcome {
    let server = MailServer::start(&["550 5.1.1 no such user kim@example.org", "450 try later"]).await?;
    let url = Private::new(format!("smtp://{}", server.address));
    let smtp = Smtp::new(&url, "help@example.com", "help.example.com")?;
    let refused = smtp.send(&letter()).await;
    assert_eq!(
        refused,
        Err(DeliverError::Refused(
            "the mail server says the address does not exist".into()
        ))
    );
    assert!(matches!(smtp.send(&letter()).await, Err(DeliverError::Later(_))));
    smtp.send(&letter()).await?;
    Ok(())
}

#[tokio::test]
async fn where_tls_is_required_nothing_is_sent_without_it() -> Outcome {
    let mut server = MailServer::start(&[]).await?;
    let url = Private::new(format!("smtp://{}?tls=required", server.address));
    let smtp = Smtp::new(&url, "help@example.com", "help.example.com")?;
    assert!(matches!(smtp.send(&letter()).await, Err(DeliverError::Later(_))));
    assert!(server.letters.try_recv().is_err());
    Ok(())
}

#[tokio::test]
async fn a_wrong_mail_setting_is_named() {
    let smtp = |url: &str, from: &str| Smtp::new(&Private::new(url), from, "h.example");
    assert!(matches!(
        smtp("help.example.com", "help@example.com"),
        Err(SmtpSetup::Url)
    ));
    assert!(matches!(
        smtp("smtps://mail.example.com", "nobody"),
        Err(SmtpSetup::From)
    ));
}
