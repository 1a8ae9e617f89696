//! The usual way into a call, for scenarios that are about what happens in it.

use super::{Agent, Customer, Invite, Start, Talk};
use crate::{
    Stage,
    browser::{Chromium, Kind},
    network::Network,
    rate::KEEP_CONNECTIONS,
};

/// The phone number of the customer in scenarios, as the server writes it.
pub const NUMBER: &str = "+4915123456789";

/// Ana and Cleo in a call with picture, by a link in a text message.
pub async fn in_call(stage: &Stage) -> (Agent, Customer) {
    in_call_with(stage, Kind::laptop(), Kind::phone()).await
}

/// The same with other browsers.
pub async fn in_call_with(stage: &Stage, laptop: Kind, phone: Kind) -> (Agent, Customer) {
    let invites = async {
        let ana = Agent::first_with(stage, "Ana", laptop).await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let sms = stage.stack.phones.sms_for(NUMBER).await;
        (ana, sms)
    };
    let ((ana, sms), cleo) = tokio::join!(invites, Customer::with(stage, "Cleo", phone));
    cleo.taps_link(&sms.link()).await;
    cleo.turns_camera_on(Talk::Page).await;
    cleo.is_seen_by("Ana").await;
    ana.sees_the_customer().await;
    (ana, cleo)
}

/// The same with a phone of that network, and with connections whose rates can be looked at.
pub async fn in_call_by(stage: &Stage, phone: Chromium) -> (Agent, Customer) {
    let laptop = Network::laptop(&stage.stack.server.origin());
    let ana = Agent::first_with(stage, "Ana", laptop).await;
    ana.browser().before_every_page(KEEP_CONNECTIONS).await;
    ana.reload().await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let link = stage.stack.phones.sms_for(NUMBER).await.link();
    let cleo = Customer::with(stage, "Cleo", Kind::Chromium(phone)).await;
    cleo.browser().before_every_page(KEEP_CONNECTIONS).await;
    cleo.taps_link(&link).await;
    cleo.turns_camera_on(Talk::Page).await;
    cleo.is_seen_by("Ana").await;
    (ana, cleo)
}
