//! The ways that picture and sound take between two browsers.

use farhand_e2e::{person::in_call, play_with, sound::Voice, stack::Options};

#[tokio::test]
async fn private_mode_relays_everything_through_the_embedded_server() {
    play_with(
        "relay only",
        Options::default().with("ice-policy", "relay"),
        async |stage| {
            let (ana, _cleo) = in_call(stage).await;
            ana.hears(Voice::Phone).await;
        },
    )
    .await;
}
