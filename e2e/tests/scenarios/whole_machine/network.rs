//! Lines that the kernel makes thin or cuts: the picture gets smaller, gives way to photos, and comes back.

use std::time::{Duration, Instant};

use farhand_e2e::{
    Stage,
    browser::{Kind, Screen},
    find::{button, tab},
    network::Network,
    person::{Agent, Customer, in_call_by, in_call_with},
    play_alone,
    rate::Rate,
    scene::Scene,
    see::PATIENCE,
    sound::Voice,
    stack::Options,
};

const STEP: Duration = Duration::from_millis(500);
/// What the server is told, instead of ten seconds.
const PHOTO_AFTER: Duration = Duration::from_secs(3);
/// For the estimate to fall, the words to travel and two busy cores.
const SLACK: Duration = Duration::from_secs(5);

/// Ana in front of a laptop, Cleo with a phone behind the line, a call with a picture that uses what it is given.
async fn in_call(stage: &Stage, network: &Network) -> (Agent, Customer) {
    let mut phone = network.phone(&stage.stack.server.origin());
    phone.screen = Screen {
        width: 360,
        height: 640,
        ..Screen::PHONE
    };
    phone.flags.push(Scene::Grain.flag());
    in_call_by(stage, phone).await
}

/// What Cleo's phone sends during `span`, one line a look and the mean.
async fn sent_during(cleo: &Customer, span: Duration, story: &mut String, when: &str) -> f64 {
    let mut kbit = Vec::new();
    cleo.watches_rates(STEP, span, |at, rate| {
        tell(story, when, at, &rate);
        kbit.push(rate.sent_kbit);
        None::<()>
    })
    .await;
    kbit.iter().sum::<f64>() / kbit.len().max(1) as f64
}

fn tell(story: &mut String, when: &str, at: Duration, rate: &Rate) {
    *story += &format!(
        "{when:<10} {:>5.1} s: {:>5.0} kbit/s of video ({:>4.0} once more), {:>4.1} pictures/s of {:>3.0} lines; the browser believes in {:>5.0} kbit/s\n",
        at.as_secs_f64(),
        rate.sent_kbit,
        rate.resent_kbit,
        rate.sent_fps,
        rate.side,
        rate.room_kbit
    );
}

#[tokio::test]
async fn a_thin_line_switches_to_photos_and_video_comes_back_when_it_would_hold() {
    let Some(network) = Network::open_or_skip() else { return };
    let options = Options::default()
        .reached_at(network.near())
        .with("photo-after", &format!("{}s", PHOTO_AFTER.as_secs()));
    play_alone("thin line", options, async |stage| {
        let (ana, cleo) = in_call(stage, &network).await;
        let mut story = String::new();
        // A picture that has just begun is not judged.
        let before = sent_during(&cleo, Duration::from_secs(12), &mut story, "open").await;

        network.limit(120);
        let narrowed = Instant::now();
        let thin = sent_during(&cleo, PHOTO_AFTER, &mut story, "120 kbit/s").await;
        cleo.reads("Weak connection – we switched to photos. You can keep talking.").await;
        let switched = narrowed.elapsed();
        let mut looks_without_pictures = 0;
        let ended = cleo.watches_rates(STEP, SLACK, |at, rate| {
            tell(&mut story, "switched", at, &rate);
            looks_without_pictures = if rate.sent_fps > 0.0 { 0 } else { looks_without_pictures + 1 };
            (looks_without_pictures == 4).then_some(())
        });
        assert!(ended.await.is_some(), "pictures are still made in photo mode\n{story}");
        ana.reads("The customer's connection is weak: switched to photo mode.").await;
        cleo.photograph("switched to photos").await;
        ana.photograph("switched to photos").await;
        cleo.is_accessible("switched to photos").await;
        assert!(switched < PHOTO_AFTER + SLACK, "it took {switched:?}");

        // What the browser had in its queue when the line became thin, and what the other side asks for again, takes seconds
        // on that line; nothing that a page can set makes it go.
        let mut more_pictures = 0.0;
        let silent = cleo.watches_rates(STEP, PATIENCE, |at, rate| {
            tell(&mut story, "leftovers", at, &rate);
            more_pictures += rate.sent_fps;
            (rate.sent_kbit < 1.0).then_some(())
        });
        assert!(silent.await.is_some(), "live video goes on in photo mode\n{story}");
        assert!(more_pictures == 0.0, "pictures are made again in photo mode\n{story}");
        let bytes = network.bytes_from_inside();
        let span = Duration::from_secs(6);
        let off = sent_during(&cleo, span, &mut story, "photos").await;
        let line = (network.bytes_from_inside() - bytes) as f64 / 125.0 / span.as_secs_f64();
        assert!(off < 1.0, "live video is off for good, yet {off:.1} kbit/s were sent\n{story}");
        ana.hears(Voice::Phone).await;
        for words in ["The picture stopped", "Reconnecting", "Connection lost"] {
            ana.reads_no_more(words).await;
            cleo.reads_no_more(words).await;
        }

        network.release();
        let released = Instant::now();
        let patience = Duration::from_secs(40);
        cleo.reads_within(patience, "Your connection is better. Video would work again.").await;
        let offered = released.elapsed();
        ana.reads("The customer's connection is better: video would work again.").await;
        ana.photograph("video is offered").await;
        cleo.press_button("Back to video").await;
        let pressed = Instant::now();
        let back = ana
            .watches_rates(STEP, patience, |_, rate| (rate.received_kbit > 0.5 * before).then_some(()))
            .await;
        let took = pressed.elapsed();
        let after = sent_during(&cleo, Duration::from_secs(3), &mut story, "free").await;
        let summary = format!(
            "video before {before:.0} kbit/s; on a line of 120 kbit/s it had {thin:.0} kbit/s, photos after {switched:.1?} (set to \
             {PHOTO_AFTER:?}), then video {off:.0} kbit/s and {line:.0} kbit/s on the line in all; after its release video was offered after \
             {offered:.1?}, was back {took:.1?} after the press, and has {after:.0} kbit/s\n"
        );
        print!("{summary}{story}");
        stage.evidence().note("rates.txt", &format!("{summary}{story}"));
        assert!(back.is_some(), "video did not come back within {took:.1?}");
    })
    .await;
}

#[tokio::test]
async fn a_narrow_line_carries_a_smaller_picture_and_a_free_one_the_whole() {
    let Some(network) = Network::open_or_skip() else { return };
    play_alone(
        "narrow line",
        Options::default().reached_at(network.near()).with("photo-after", "10m"),
        async |stage| {
            let (ana, cleo) = in_call(stage, &network).await;
            let mut story = String::new();
            sent_during(&cleo, Duration::from_secs(5), &mut story, "open").await;
            network.limit(300);
            let patience = Duration::from_secs(20);
            let mut smaller = async |wanted: &dyn Fn(&Rate) -> bool, when: &str| {
                let seen = cleo.watches_rates(STEP, patience, |at, rate| {
                    tell(&mut story, when, at, &rate);
                    wanted(&rate).then_some(at)
                });
                seen.await
            };
            let narrow = smaller(
                &|rate| rate.side > 0.0 && rate.side < 700.0 && rate.sent_fps > 0.0,
                "narrow",
            )
            .await;
            ana.sees(Agent::stage()).await;
            network.release();
            let free = smaller(&|rate| rate.side >= 700.0 && rate.sent_fps > 15.0, "free").await;
            print!("{story}");
            stage.evidence().note("rates.txt", &story);
            assert!(
                narrow.is_some() && free.is_some(),
                "smaller after {narrow:?}, whole after {free:?}"
            );

            // Where it does not switch by itself the agent is told to, with the button.
            network.limit(100);
            let hint = "The customer's connection is weak. Photos would be clearer than this video.";
            ana.reads_within(2 * PATIENCE, hint).await;
            ana.is_accessible("photos would be clearer").await;
            ana.photograph("photos would be clearer").await;
            ana.press_button("Switch to photos").await;
            cleo.sees(button("Take photo")).await;
        },
    )
    .await;
}

#[tokio::test]
async fn ten_seconds_without_network_are_survived_on_both_screens() {
    let Some(network) = Network::open_or_skip() else { return };
    let options = Options::default().reached_at(network.near());
    play_alone("network cut", options, async |stage| {
        let origin = stage.stack.server.origin();
        let phone = Kind::Chromium(network.phone(&origin));
        let (ana, cleo) = in_call_with(stage, Network::laptop(&origin), phone).await;
        network.cut();
        ana.sees_the_picture_stop(Some("Customer's camera")).await;
        cleo.reads("No internet. We go on as soon as it is back.").await;
        // What is pressed meanwhile is done once the network is back.
        cleo.press_button("Camera off").await;
        network.is_silent_for(Duration::from_secs(10)).await;
        // The server waits for a sign of life first.
        ana.reads_within(2 * PATIENCE, "The customer's connection is lost.")
            .await;
        ana.photograph("connection lost").await;

        network.mend();
        cleo.reads_no_more("No internet.").await;
        ana.reads_no_more("The customer's connection is lost.").await;
        ana.press(tab("Customer")).await;
        ana.reads("Switched off by the customer").await;
        cleo.press_button("Camera on").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}
