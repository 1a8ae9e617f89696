//! One click: a visitor who is logged in on the company's website is asked to come, from a CRM and from the agent's home page.

use farhand_e2e::{
    find::{button, heading, link},
    page::MOUSE,
    person::{Agent, Customer, Talk},
    play_with,
    stack::Website,
};

const ASKED: &str = "Ana from Farhand would like to help you by video";

#[tokio::test]
async fn a_visitor_of_the_website_says_not_now_and_then_comes() {
    let website = Website::open().await;
    play_with("one click", website.options(), async |stage| {
        website.is_helped_from(&stage.stack.server.address("/"));
        let ana = Agent::first(stage, "Ana").await;
        ana.reads("No visitor who is logged in has a page of your website open.")
            .await;

        // From the CRM, whose page shows the console in a frame.
        ana.open(&website.crm_page_of("4711")).await;
        ana.turns_to_the_frame("Farhand").await;
        ana.reads("This visitor has no page of your website open right now.")
            .await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.open(&website.account_of("4711", "Cleo")).await;
        let digits = |text: &str| {
            let code = text.split_once("Your code for our phone line: ")?.1.get(..4)?;
            code.bytes().all(|byte| byte.is_ascii_digit()).then(|| code.to_owned())
        };
        let code = cleo.finds_in_text("the code for the phone", digits).await;
        ana.reads("Cleo is on your website now.").await;
        ana.is_accessible("visitor in the CRM").await;
        ana.photograph("visitor in the CRM").await;
        ana.press_button("Join Cleo").await;
        ana.reads("Asked on your website").await;

        cleo.turns_to_the_frame("Video help").await;
        cleo.sees(heading(ASKED)).await;
        cleo.reads("You can stop at any time.").await;
        cleo.is_accessible("asked on the website").await;
        cleo.photograph("asked on the website").await;
        cleo.press_button("Not now").await;
        cleo.sees_no_more(heading(ASKED)).await;
        ana.reads("They said “Not now”.").await;
        ana.photograph("not now").await;

        // From home, where everybody who is there is listed.
        ana.turns_to_the_page().await;
        ana.open(&stage.stack.server.address("/agent")).await;
        ana.sees(button("Join Cleo")).await;
        // The code that the website shows its visitor, read out on the phone, finds them.
        let other = if code == "0000" { "0001" } else { "0000" };
        ana.fill("Find a visitor", other).await;
        ana.reads("No visitor who is here has this code, name or number.").await;
        ana.fill("Find a visitor", &code).await;
        ana.sees(button("Join Cleo")).await;
        ana.is_accessible("visitors at home").await;
        ana.fits_however_looked_at(MOUSE, "visitors at home").await;
        ana.photograph("visitors at home").await;
        ana.press_button("Join Cleo").await;
        cleo.sees(heading(ASKED)).await;
        cleo.press(link("Accept and go on")).await;
        cleo.turns_to_the_page().await;
        cleo.turns_to_the_new_window().await;
        cleo.sees(button("Turn on camera")).await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;

        // A window that the CRM's link opened offers to close itself; this one was not opened by a page.
        let session: String = ana.waits_for("the address", "return location.href;", vec![]).await;
        ana.ends().await;
        ana.sees(heading("Session ended")).await;
        assert!(!ana.sees_now(&button("Close this window")).await);
        ana.open(&stage.stack.server.address("/agent/visitor#id=4711")).await;
        ana.sees(button("Join Cleo")).await;
        ana.fits_however_looked_at(MOUSE, "a visitor").await;
        ana.open(&session).await;
        ana.sees(heading("Session ended")).await;
        ana.press_button("Close this window").await;
        ana.reads("Your browser leaves closing this window to you.").await;
    })
    .await;
}
