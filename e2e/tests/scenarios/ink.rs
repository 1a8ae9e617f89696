//! Pointing and drawing on the live picture, from both sides: where it lands, how it travels, how long it stays.

use std::time::{Duration, Instant};

use farhand_e2e::{
    Stage,
    browser::{Chromium, Kind, Screen},
    find::radio,
    page::{Layer, LiveInk, Page, Ring, Spot},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk, in_call, in_call_with},
    play, see,
    see::PATIENCE,
};

const STAGE: &str = "Customer's camera";
const OWN: &str = "Your camera";

/// How far painted ink may be from its place, in CSS pixels (issue 3, "Proof").
const NEAR: f64 = 2.0;

/// Counts the strokes that a page sends by each road.
const SPY: &str = r#"
window.farhandRoads ??= (() => {
  const roads = { relay: 0, channel: 0 };
  const watch = (kind, road) => {
    const { send } = kind.prototype;
    kind.prototype.send = function (data) {
      if (typeof data === "string" && data.includes('"stroke"')) roads[road] += 1;
      return send.call(this, data);
    };
  };
  watch(WebSocket, "relay");
  watch(RTCDataChannel, "channel");
  return roads;
})();
return true;
"#;

/// One side of a call: the page, the label of the picture on it, and the colour of its ink.
#[derive(Clone, Copy)]
struct Side<'a> {
    page: &'a Page,
    label: &'a str,
    ink: LiveInk,
}

impl<'a> Side<'a> {
    const fn agent(page: &'a Page) -> Self {
        let (label, ink) = (STAGE, LiveInk::Agents);
        Self { page, label, ink }
    }

    const fn customer(page: &'a Page) -> Self {
        let (label, ink) = (OWN, LiveInk::Customers);
        Self { page, label, ink }
    }

    async fn spot(self, share: Spot) -> Spot {
        self.page.spot(self.label, share).await
    }

    /// Waits until ink of this colour is on this side's picture.
    async fn sees(self, ink: LiveInk) {
        let seen = see::until(PATIENCE, async || {
            (self.page.painted(self.label, ink).await.0 > 0).then_some(())
        });
        assert!(seen.await.is_ok(), "{} sees no {ink:?}", self.page.who());
    }

    /// Waits until nothing is painted on this side's picture.
    async fn is_clear(self) {
        let clear = see::until(PATIENCE, async || {
            (self.page.painted_near(self.label, Layer::Any, None, 0.0).await == 0).then_some(())
        });
        assert!(clear.await.is_ok(), "{} still sees ink", self.page.who());
    }

    /// Waits until this side's picture shows an end of a stroke where it belongs.
    async fn sees_end(self, ink: LiveInk, at: Spot, way: Spot, what: &str) {
        let mut last = None;
        let seen = see::until(PATIENCE, async || {
            last = self.page.painted_end(self.label, ink, at, way).await;
            last.filter(|end| distance(*end, at) <= NEAR)
        });
        if seen.await.is_err() {
            self.page.photograph(what).await;
            panic!(
                "{}: {what} belongs to {at:?} and is painted at {last:?}",
                self.page.who()
            );
        }
    }

    /// Waits until this side's picture shows a ring around this place of the picture.
    async fn sees_ring(self, ring: Ring, ink: LiveInk, share: Spot, what: &str) {
        let at = self.spot(share).await;
        let mut last = None;
        let seen = see::until(PATIENCE, async || {
            last = self.page.painted_ring(self.label, ink, at, ring).await;
            last.filter(|middle| distance(*middle, at) <= NEAR)
        });
        if seen.await.is_err() {
            self.page.photograph(what).await;
            panic!(
                "{}: {what} belongs to {at:?} and is painted at {last:?}",
                self.page.who()
            );
        }
    }
}

fn distance(a: Spot, b: Spot) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn way(from: Spot, to: Spot) -> Spot {
    (to.0 - from.0, to.1 - from.1)
}

/// `drawer` draws an arrow that goes to the right and down on `viewer`'s screen (there a name tag, which stands above and
/// to the right of its start, hides neither end), and both see its ends on the same places of the picture.
async fn arrow(drawer: Side<'_>, viewer: Side<'_>, what: &str) {
    let mut ends = Vec::new();
    for wanted in [(0.42, 0.44), (0.58, 0.57)] {
        // The same corner of the *seen* picture for the viewer, whichever way it is turned.
        let (left, top) = (
            viewer.spot((0.5, 0.5)).await,
            viewer.page.spot(viewer.label, (0.5, 0.5)).await,
        );
        let side = distance(viewer.spot((0.0, 0.5)).await, viewer.spot((1.0, 0.5)).await)
            .min(distance(viewer.spot((0.5, 0.0)).await, viewer.spot((0.5, 1.0)).await));
        let seen = (left.0 + (wanted.0 - 0.5) * side, top.1 + (wanted.1 - 0.5) * side);
        let share = viewer.page.share(viewer.label, seen).await;
        // Mice go by whole pixels: what counts is the place where the pixel really lies.
        let pressed = drawer.spot(share).await;
        let pressed = (pressed.0.round(), pressed.1.round());
        ends.push((drawer.page.share(drawer.label, pressed).await, pressed));
    }
    let [(tail, tail_pressed), (tip, tip_pressed)] = ends[..] else {
        unreachable!("two ends");
    };
    drawer.page.draws(tail_pressed, tip_pressed).await;
    for side in [viewer, drawer] {
        let (from, to) = (side.spot(tail).await, side.spot(tip).await);
        side.sees_end(drawer.ink, to, way(from, to), &format!("{what}, tip"))
            .await;
        side.sees_end(drawer.ink, from, way(to, from), &format!("{what}, tail"))
            .await;
    }
}

async fn take_arrows(ana: &Agent, cleo: &Customer) {
    ana.press_button("Arrow").await;
    cleo.press(radio("Arrow")).await;
}

#[tokio::test]
async fn an_arrow_lands_on_the_same_place_however_each_side_looks_at_the_picture() {
    play("ink lands", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        take_arrows(&ana, &cleo).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        let looks: [(&str, &[&str]); 5] = [
            ("upright", &[]),
            ("mirrored", &["Mirror"]),
            ("mirrored and turned", &["Rotate"]),
            ("mirrored, turned and zoomed", &["Zoom in", "Zoom in"]),
            ("turned once more, 100 %", &["Rotate", "100 %"]),
        ];
        for (look, presses) in looks {
            for press in presses {
                ana.press_button(press).await;
            }
            arrow(customer, agent, &format!("{look}: the customer's arrow")).await;
            arrow(agent, customer, &format!("{look}: the agent's arrow")).await;
            ana.photograph(look).await;
            agent.is_clear().await;
            customer.is_clear().await;
        }
        cleo.photograph("after").await;
    })
    .await;
}

#[tokio::test]
async fn both_draw_at_once_see_each_other_at_work_and_it_fades() {
    play("ink at once", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.press_button("Draw").await;
        cleo.press(radio("Draw")).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        let places = [(0.3, 0.3), (0.5, 0.35), (0.6, 0.5)];
        let mut spots = [Vec::new(), Vec::new()];
        for place in places {
            spots[0].push(agent.spot(place).await);
            spots[1].push(customer.spot((1.0 - place.0, 1.0 - place.1)).await);
        }
        ana.touches(spots[0][0]).await;
        cleo.touches(spots[1][0]).await;
        for (agents, customers) in spots[0].iter().zip(&spots[1]).skip(1) {
            ana.slides(*agents).await;
            cleo.slides(*customers).await;
        }
        // Both pens are still down.
        for side in [agent, customer] {
            side.sees(LiveInk::Agents).await;
            side.sees(LiveInk::Customers).await;
        }
        ana.lifts(spots[0][2]).await;
        cleo.lifts(spots[1][2]).await;
        let lifted = Instant::now();
        for side in [agent, customer] {
            side.is_clear().await;
        }
        let stayed = lifted.elapsed();
        assert!(stayed >= Duration::from_millis(3_200), "gone after {stayed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_pen_holds_the_picture_still_for_who_draws_and_for_nobody_else() {
    play("ink holds", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.press_button("Draw").await;
        let agent = Side::agent(&ana);
        // Away from the stroke, which rests on the same canvas when it is finished.
        let away = agent.spot((0.7, 0.2)).await;
        let base = async || ana.painted_near(STAGE, Layer::Base, Some(away), 20.0).await;
        let from = agent.spot((0.3, 0.5)).await;
        assert_eq!(base().await, 0, "the live picture is not covered");
        ana.touches(from).await;
        ana.slides(agent.spot((0.5, 0.5)).await).await;
        let held = see::until(PATIENCE, async || (base().await > 1000).then_some(())).await;
        assert!(held.is_ok(), "no frame is held");
        // The customer's own picture and the stream go on.
        cleo.sees_the_picture_move(Some(OWN)).await;
        ana.sees_the_picture_move(Some(STAGE)).await;
        ana.lifts(agent.spot((0.5, 0.5)).await).await;
        let freed = see::until(PATIENCE, async || (base().await == 0).then_some(())).await;
        assert!(freed.is_ok(), "the frame is still held");
    })
    .await;
}

/// How many strokes this page has sent: by the relay, by channels.
async fn roads(page: &Page) -> (u32, u32) {
    let script = "return [window.farhandRoads.relay, window.farhandRoads.channel];";
    page.waits_for("the roads", script, vec![]).await
}

async fn draws_by(ana: &Agent, cleo: &Customer) {
    for page in [ana as &Page, cleo] {
        page.waits_for::<bool>("the spy", SPY, vec![]).await;
    }
    take_arrows(ana, cleo).await;
    let (agent, customer) = (Side::agent(ana), Side::customer(cleo));
    arrow(agent, customer, "the agent's arrow").await;
    arrow(customer, agent, "the customer's arrow").await;
}

#[tokio::test]
async fn ink_goes_by_the_data_channel_when_it_is_open() {
    play("ink by channel", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        draws_by(&ana, &cleo).await;
        for page in [&ana as &Page, &cleo] {
            let (relay, channel) = roads(page).await;
            assert_eq!(relay, 0, "{} used both roads", page.who());
            assert!(channel > 0, "{} sent nothing", page.who());
        }
    })
    .await;
}

#[tokio::test]
async fn ink_goes_by_the_relay_where_there_is_no_data_channel() {
    const NO_CHANNEL: &str = "delete RTCPeerConnection.prototype.createDataChannel; true;";
    play("ink by relay", async |stage: &mut Stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.browser().before_every_page(NO_CHANNEL).await;
        ana.reload().await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let sms = stage.stack.phones.sms_for(NUMBER).await;
        let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
        cleo.browser().before_every_page(NO_CHANNEL).await;
        cleo.taps_link(&sms.link()).await;
        cleo.turns_camera_on(Talk::Page).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        draws_by(&ana, &cleo).await;
        for page in [&ana as &Page, &cleo] {
            let (relay, channel) = roads(page).await;
            assert_eq!(channel, 0, "{} used a channel", page.who());
            assert!(relay > 0, "{} sent nothing", page.who());
        }
    })
    .await;
}

#[tokio::test]
async fn the_laser_follows_the_mouse_without_a_click_and_names_its_owner() {
    play("ink laser", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        let place = (0.4, 0.6);
        ana.hovers(agent.spot((0.2, 0.2)).await).await;
        ana.hovers(agent.spot(place).await).await;
        customer
            .sees_ring(Ring::Pointer, LiveInk::Agents, place, "the laser")
            .await;
        cleo.reads("Ana is pointing at the picture.").await;
        cleo.photograph("laser").await;
        // The tag is as red as the ring, and larger.
        let (with_tag, _) = cleo.painted(OWN, LiveInk::Agents).await;
        assert!(with_tag > 2_000, "a ring without a name: {with_tag} pixels");
        // A mouse that is forgotten does not cover the picture.
        customer.is_clear().await;
    })
    .await;
}

/// From the middle so many steps of 1 % to the right and up, and a mark there: Escape, arrow keys and Enter, as WebDriver
/// writes them.
fn marks_by_keys(right: usize, up: usize) -> String {
    [
        "\u{e00c}",
        &"\u{e014}".repeat(right),
        &"\u{e013}".repeat(up),
        "\u{e007}",
    ]
    .concat()
}

#[tokio::test]
async fn keys_point_and_mark_and_a_tap_leaves_a_ring() {
    play("ink keys", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        ana.press(farhand_e2e::find::Thing::new("group", STAGE)).await;
        customer.sees(LiveInk::Agents).await;
        customer.is_clear().await;
        ana.keys(&marks_by_keys(10, 5)).await;
        let place = (0.5 + 0.1, 0.5 - 0.05);
        customer
            .sees_ring(Ring::Dot, LiveInk::Agents, place, "the mark by key")
            .await;
        agent.is_clear().await;
        // In a view turned clockwise right is the picture's up, and up its left.
        customer.is_clear().await;
        ana.press_button("Rotate").await;
        ana.press(farhand_e2e::find::Thing::new("group", STAGE)).await;
        customer.sees(LiveInk::Agents).await;
        customer.is_clear().await;
        ana.keys(&marks_by_keys(10, 5)).await;
        let turned = (0.5 - 0.05, 0.5 - 0.1);
        customer
            .sees_ring(Ring::Dot, LiveInk::Agents, turned, "the mark by key in a turned view")
            .await;
        agent.is_clear().await;

        let tap = (0.7, 0.3);
        cleo.taps(customer.spot(tap).await).await;
        agent.sees_ring(Ring::Dot, LiveInk::Customers, tap, "the tap").await;
        customer
            .sees_ring(Ring::Dot, LiveInk::Customers, tap, "the own tap")
            .await;
        agent.is_clear().await;
        cleo.press(farhand_e2e::find::Thing::new("group", "Your picture").loosely())
            .await;
        agent.sees(LiveInk::Customers).await;
        agent.is_clear().await;
        cleo.keys(&marks_by_keys(10, 5)).await;
        agent
            .sees_ring(Ring::Dot, LiveInk::Customers, place, "the customer's mark by key")
            .await;
    })
    .await;
}

/// How opaque the ink at a place of this page is, as often as it can be looked at, until it is gone.
async fn opacities(side: Side<'_>, at: Spot) -> Vec<f64> {
    let mut seen = Vec::new();
    let gone = see::until(PATIENCE, async || {
        seen.push(side.page.opacity(side.label, at).await);
        seen.last().filter(|most| **most < 0.05).map(drop)
    });
    assert!(gone.await.is_ok(), "{} still sees ink", side.page.who());
    seen
}

#[tokio::test]
async fn who_wants_calm_sees_ink_whole_or_not_at_all() {
    play("ink calm", async |stage| {
        let mut phone = Chromium::on(Screen::PHONE);
        phone.flags.push("--force-prefers-reduced-motion".to_owned());
        let (ana, cleo) = in_call_with(stage, Kind::laptop(), Kind::Chromium(phone)).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        cleo.press(radio("Draw")).await;
        let (start, end) = ((0.2, 0.7), (0.7, 0.3));
        for (side, fades) in [(agent, true), (customer, false)] {
            cleo.draws(customer.spot(start).await, customer.spot(end).await).await;
            side.sees(LiveInk::Customers).await;
            let seen = opacities(side, side.spot(start).await).await;
            assert_eq!(seen.iter().any(|most| (0.1..0.9).contains(most)), fades, "{seen:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_sight_is_shown_by_an_arrow_at_the_edge() {
    play("ink edge", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let (agent, customer) = (Side::agent(&ana), Side::customer(&cleo));
        for _ in 0..6 {
            ana.press_button("Zoom in").await;
        }
        let corner = (0.05, 0.05);
        let out = agent.spot(corner).await;
        cleo.taps(customer.spot(corner).await).await;
        agent.sees(LiveInk::Customers).await;
        let (_, most) = ana.painted(STAGE, LiveInk::Customers).await;
        assert!(most > 0.9, "the arrow is opaque");
        assert_eq!(
            ana.painted_near(STAGE, Layer::Any, Some(out), 20.0).await,
            0,
            "the ring itself is outside of the stage"
        );
        ana.photograph("edge arrow").await;
    })
    .await;
}
