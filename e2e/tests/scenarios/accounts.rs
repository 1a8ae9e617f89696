//! Who may be an agent: the first administrator, colleagues with the right address, and nobody else.

use farhand_e2e::{
    find::{heading, link},
    person::Agent,
    play,
};

#[tokio::test]
async fn the_first_administrator_and_a_colleague_make_accounts_and_sign_in_and_out() {
    play("accounts", async |stage| {
        let ana = Agent::first_by_form(stage, "Ana").await;
        ana.is_accessible("home").await;
        ana.photograph("home").await;
        ana.signs_out().await;
        ana.signs_in(stage).await;

        let bo = Agent::signs_up(stage, "Bo").await;
        bo.reads("Bo").await;
        bo.signs_out().await;

        // The printed link has made its administrator and makes no second one.
        bo.open(&stage.stack.server.first_admin_link().await).await;
        bo.fill("E-mail address", "second@farhand.test").await;
        bo.fill("Your name", "Second").await;
        bo.fill("Password", "four quiet yellow ladders").await;
        bo.press_button("Create administrator").await;
        bo.reads("This link has expired or was used already.").await;
        assert!(!bo.sees_now(&heading("Your sessions")).await);
        bo.photograph("used up").await;
    })
    .await;
}

#[tokio::test]
async fn an_address_of_another_domain_is_told_so() {
    play("another domain", async |stage| {
        let eve = stage.person("Eve", farhand_e2e::browser::Kind::laptop()).await;
        eve.open(&stage.stack.server.address("/agent")).await;
        eve.sees(heading("Sign in")).await;
        eve.is_accessible("sign in").await;
        eve.press(link("Create an account")).await;
        eve.fill("E-mail address", "eve@elsewhere.test").await;
        eve.fill("Your name", "Eve").await;
        eve.fill("Password", "four quiet yellow ladders").await;
        eve.press_button("Create account").await;
        eve.reads("invalid email domain").await;
        eve.photograph("refused").await;
        assert!(stage.stack.mail.all().is_empty(), "nobody is written to");
    })
    .await;
}
