//! What agents find beside the call: compatible browsers, help, and stars after a session.

use farhand_e2e::{
    find::{Thing, button, heading, link},
    page::Page,
    person::{Agent, in_call},
    play,
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
        ana.photograph("browsers").await;
        ana.goes_home().await;
        ana.press(link("Help")).await;
        ana.sees(heading("Help")).await;
        for words in ["What it is for", "The camera does not start", "Further questions"] {
            ana.reads(words).await;
        }
        ana.is_accessible_in_every_light("help").await;
        ana.photograph("help").await;
        ana.press(link("View compatible browsers for customer")).await;
        ana.sees(heading("Compatible browsers")).await;
    })
    .await;
}
