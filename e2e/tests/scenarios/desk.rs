//! What agents find beside the call: compatible browsers, help, and stars after a session.

use farhand_e2e::{
    find::{Thing, button, heading, link},
    page::{MOUSE, Page, THUMB},
    person::{Agent, Customer, Invite, Start, Talk, in_call},
    play, play_with,
    stack::Options,
};

fn stars(count: &str) -> Thing {
    Thing::new("radio", count)
}

async fn rates(page: &Page, count: &str, words: &str) {
    page.press(stars(count)).await;
    page.fill("What was good, what should be better?", words).await;
    page.press_button("Send rating").await;
    page.reads("Thank you. You can still change it.").await;
}

#[tokio::test]
async fn both_sides_rate_a_session_with_stars_and_words() {
    play("rating", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.ends().await;
        cleo.sees(heading("Session ended")).await;
        assert!(!cleo.sees_now(&button("Send rating")).await, "first the stars");
        rates(&cleo, "4 stars", "It froze once").await;
        cleo.is_accessible("rating").await;
        cleo.photograph("rating").await;
        rates(&ana, "5 stars, the best", "She knew the part").await;
        ana.is_accessible("rating").await;
        ana.photograph("rating").await;

        // From home as well, in place of what was said before.
        ana.goes_home().await;
        rates(&ana, "3 stars", "On second thought").await;
        let script = "const key = 'farhandRatings';
            window[key] ??= fetch('/api/admin/ratings').then((answer) => answer.json()).then((rows) => (window[key].rows = rows));
            return window[key].rows?.map((row) => [row.role, row.rating.stars, row.rating.text]) ?? null;";
        let mut said: Vec<(String, u8, String)> = ana.waits_for("the ratings", script, vec![]).await;
        said.sort();
        let expected = [("agent", 3, "On second thought"), ("customer", 4, "It froze once")];
        let expected = expected.map(|(role, stars, text)| (role.to_owned(), stars, text.to_owned()));
        assert_eq!(said, expected);
    })
    .await;
}

#[tokio::test]
async fn compatible_browsers_and_help_are_found_from_home() {
    play("help", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.reads("Once a session of yours has ended, you can rate it here")
            .await;
        ana.press(link("View compatible browsers for customer")).await;
        ana.sees(heading("Compatible browsers")).await;
        ana.reads("Samsung Internet").await;
        ana.is_accessible_in_every_light("browsers").await;
        ana.fits_however_looked_at(MOUSE, "browsers").await;
        ana.photograph("browsers").await;
        ana.goes_home().await;
        ana.press(link("Help")).await;
        ana.sees(heading("Help")).await;
        for words in ["What it is for", "The camera does not start", "Further questions"] {
            ana.reads(words).await;
        }
        ana.is_accessible_in_every_light("help").await;
        ana.fits_however_looked_at(MOUSE, "help").await;
        ana.photograph("help").await;
        ana.press(link("View compatible browsers for customer")).await;
        ana.sees(heading("Compatible browsers")).await;
    })
    .await;
}

#[tokio::test]
async fn sessions_follow_one_another_on_one_page_and_two_tabs_do_not_fight() {
    play("one after the other", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let mark = "return (window.farhandSamePage = true);";
        ana.waits_for::<bool>("the page", mark, vec![]).await;
        ana.ends().await;
        cleo.sees(heading("Session ended")).await;
        ana.press_button("New session").await;
        ana.is_home().await;
        let start = Start {
            customer_name: "Dora".to_owned(),
            ..Start::video(Invite::Link)
        };
        ana.starts_session(&start).await;
        let second = ana.copies_link().await;
        let dora = Customer::with_phone(stage, "Dora").await;
        dora.taps_link(&second).await;
        dora.turns_camera_on(Talk::PhoneCall).await;
        ana.sees_the_customer().await;
        ana.ends().await;
        dora.sees(heading("Session ended")).await;

        // Back into the first one, from the list.
        ana.goes_home().await;
        ana.press(button("Rejoin Cleo").loosely()).await;
        cleo.press_button("Rejoin session").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        assert_eq!(
            ana.try_script::<bool>("return window.farhandSamePage === true;", vec![])
                .await,
            Some(true),
            "all on one page"
        );

        // The same session in another tab: it goes on there, and this one says so and can have it back.
        let open = "window.open(location.href); return true;";
        ana.waits_for::<bool>("another tab", open, vec![]).await;
        ana.turns_to_the_new_window().await;
        ana.sees_the_customer().await;
        ana.closes_the_new_window().await;
        ana.reads("This session was opened in another tab or browser.").await;
        ana.is_accessible("opened in another tab").await;
        ana.photograph("opened in another tab").await;
        ana.press_button("Continue here").await;
        ana.sees_the_customer().await;
        cleo.is_seen_by("Ana").await;
    })
    .await;
}

#[tokio::test]
async fn whom_to_ask_is_one_tap_away_for_customers_and_agents() {
    let options = Options::default().with("contact", "+49 30 1234567,help@farhand.test,Mon-Fri 8-18");
    play_with("contact", options, async |stage| {
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.open(&stage.stack.server.address("/")).await;
        cleo.press(link("Questions?")).await;
        cleo.turns_to_the_new_window().await;
        cleo.sees(heading("Further questions?")).await;
        cleo.sees(link("+49 30 1234567")).await;
        cleo.sees(link("help@farhand.test")).await;
        cleo.reads("Mon-Fri 8-18").await;
        cleo.is_accessible_in_every_light("contact").await;
        cleo.fits_however_looked_at(THUMB, "contact").await;
        cleo.photograph("contact").await;

        let ana = Agent::first(stage, "Ana").await;
        ana.press(link("Help")).await;
        ana.sees(link("What customers read under “Questions?”")).await;
    })
    .await;
}
