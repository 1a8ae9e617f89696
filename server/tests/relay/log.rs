//! What the log never says.

use farhand_server::telemetry::capture::Capture;
use farhand_shared::session::Command;
use farhand_shared::wire::{FromClient, FromServer, Signal, SignalKind};

use crate::desk::{secret_of, sms};
use crate::harness::Relay;

#[tokio::test]
async fn a_whole_session_leaves_no_pin_token_secret_phone_number_or_description_in_the_log() {
    let log = Capture::start();
    let relay = Relay::start().await;
    let ann = relay.agent_desk().await;
    let started = ann.start(sms("+44 7400 123456")).await;
    let agent = relay.holder(&started.seat).await;
    let (mut agents, _) = relay.enter(&agent).await;
    let desk = relay.customer_desk();
    let customer = relay.seated(desk.open(&started.invitation, None).await).await;
    let (mut customers, _) = relay.enter(&customer).await;
    customers.accepted(Command::Start).await;
    let kind = SignalKind::Offer {
        sdp: "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\n".to_owned(),
    };
    let signal = Signal {
        connection: 1,
        to_connection: 0,
        round: 0,
        kind,
    };
    let to = customer.person;
    agents.send(&FromClient::Signal { to, signal }).await;
    customers
        .find(|m| matches!(m, FromServer::Signal { .. }).then_some(()))
        .await;
    desk.knock("000000").await;
    desk.knock(&started.pin.pin.digits()).await;
    customers.text("nonsense 482917").await;
    customers.closing().await;
    relay.state.shutdown.cancel();
    agents.closing().await;
    log.assert_never_says(&[
        &started.pin.pin.digits(),
        &started.pin.pin.grouped(),
        &started.seat.0,
        &customer.token.0,
        &secret_of(&started.invitation),
        "7400",
        "asd88fgpdd777uzjYhagZg",
        "482917",
        "Mia",
    ]);
}
