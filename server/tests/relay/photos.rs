//! Photos and messages from a browser that runs nothing: plain forms, a cookie, and pages that look again.

use std::time::Duration;

use farhand_shared::id::SessionId;
use farhand_shared::limit;
use farhand_shared::session::{Camera, Command, FileKind, FileStage, Mode, Person, Seat, Session};
use image::ImageFormat;
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::{Method, Response, StatusCode};

use crate::harness::{Browser, Relay};
use crate::samples;

/// A browser without scripts: it follows nobody, so that a test sees each answer.
struct Plain {
    http: reqwest::Client,
    base: String,
    cookie: Option<String>,
}

impl Plain {
    fn at(relay: &Relay) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().expect("a client"),
            base: format!("http://{}", relay.addr),
            cookie: None,
        }
    }

    async fn ask(&mut self, method: Method, path: &str, form: Option<(&str, Vec<u8>)>) -> Response {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some((kind, body)) = form {
            request = request.header("content-type", kind).body(body);
        }
        let answer = request.send().await.expect("an answer");
        if let Some(set) = answer.headers().get(SET_COOKIE) {
            let set = set.to_str().expect("text");
            assert!(
                ["HttpOnly", "SameSite=Strict", "Path=/"]
                    .iter()
                    .all(|part| set.contains(part)),
                "{set}"
            );
            self.cookie = Some(set.split(';').next().expect("a value").to_owned());
        }
        answer
    }

    async fn page(&mut self, path: &str) -> String {
        let answer = self.ask(Method::GET, path, None).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.expect("a page")
    }

    async fn knock(&mut self, pin: &str) -> Response {
        let form = format!("pin={pin}&name=Cleo").into_bytes();
        self.ask(
            Method::POST,
            "/photos/knock",
            Some(("application/x-www-form-urlencoded", form)),
        )
        .await
    }

    /// Sends the form with a message and files (name, bytes), as browsers do it.
    async fn send(&mut self, text: &str, files: &[(&str, Vec<u8>)]) -> Response {
        let mut body =
            format!("--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n").into_bytes();
        for (name, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        self.ask(
            Method::POST,
            "/photos/send",
            Some(("multipart/form-data; boundary=edge", body)),
        )
        .await
    }
}

/// A session with an agent at the desk, and its PIN.
async fn session(relay: &Relay) -> (SessionId, Browser, String) {
    let (id, agent) = relay.session().await;
    let (agents, _) = relay.enter(&agent).await;
    let pin = relay.state.rooms.pin(id).await.expect("a room").expect("a PIN");
    (id, agents, pin.pin.digits())
}

/// Cleo's browser, which has just been let in, and the agent's.
async fn let_in(relay: &Relay) -> (SessionId, Plain, Browser) {
    let (id, mut agents, pin) = session(relay).await;
    let mut plain = Plain::at(relay);
    plain.knock(&pin).await;
    agents.accepted(Command::Admit(cleo(&now(relay, id).await).id)).await;
    (id, plain, agents)
}

fn place(answer: &Response) -> &str {
    answer.headers()[LOCATION].to_str().expect("an address")
}

async fn now(relay: &Relay, session: SessionId) -> Session {
    relay.state.rooms.look(session).await.expect("a session").0
}

fn cleo(session: &Session) -> &Person {
    session
        .people()
        .iter()
        .find(|person| person.name == "Cleo")
        .expect("Cleo")
}

#[tokio::test]
async fn a_browser_without_scripts_knocks_is_let_in_and_sends_photos_and_words() {
    let relay = Relay::start().await;
    let (id, mut agents, pin) = session(&relay).await;
    let mut plain = Plain::at(&relay);
    assert!(plain.page("/photos").await.contains("Your 6-digit number"));

    let wrong = plain.knock("000000").await;
    assert_eq!(wrong.status(), StatusCode::NOT_FOUND);
    assert!(wrong.text().await.expect("a page").contains("This PIN leads nowhere."));
    assert_eq!(plain.cookie, None);

    let knocked = plain.knock(&pin).await;
    assert_eq!((knocked.status(), place(&knocked)), (StatusCode::SEE_OTHER, "/photos"));
    let wait = plain.page("/photos").await;
    assert!(wait.contains("Waiting for your agent") && wait.contains("http-equiv=\"refresh\""));
    let waiting = now(&relay, id).await;
    assert!(cleo(&waiting).connected && matches!(cleo(&waiting).seat, Seat::Knocking { .. }));
    // At the door nothing is taken and nothing is shown: a PIN opens nothing.
    agents
        .accepted(Command::Say {
            text: "Between us".to_owned(),
            file: None,
        })
        .await;
    assert!(!plain.page("/photos/talk").await.contains("Between us"));
    let early = plain.send("let me in", &[]).await;
    assert_eq!(early.status(), StatusCode::FORBIDDEN);
    assert!(
        now(&relay, id)
            .await
            .messages()
            .iter()
            .all(|one| one.text == "Between us")
    );

    agents.accepted(Command::Admit(cleo(&waiting).id)).await;
    assert!(plain.page("/photos").await.contains("Send photos to"));
    let inside = now(&relay, id).await;
    assert_eq!(
        (cleo(&inside).seat, cleo(&inside).camera),
        (Seat::Ready, Camera::Unsupported)
    );
    assert_eq!(inside.mode(), Mode::Photo);

    let photo = samples::photo(&samples::quarters(640, 480), 1);
    let other = samples::encoded(&samples::stripes(320, 240), ImageFormat::Png);
    let sent = plain
        .send("It <drips> here", &[("a.jpg", photo), ("b.png", other)])
        .await;
    assert_eq!(place(&sent), "/photos?sent=2&said=true");
    assert!(
        plain
            .page("/photos?sent=2&said=true")
            .await
            .contains("2 photos were sent.")
    );
    let after = now(&relay, id).await;
    let files = after.files();
    assert_eq!(files.len(), 2);
    for file in files {
        assert_eq!(
            (file.kind, file.stage, file.from),
            (FileKind::Picture, FileStage::Stored, cleo(&after).id)
        );
    }
    let talk = plain.page("/photos/talk").await;
    assert!(talk.contains("<strong>You</strong>: It &lt;drips&gt; here"), "{talk}");
    agents
        .accepted(Command::Say {
            text: "Turn the red valve".to_owned(),
            file: None,
        })
        .await;
    agents.accepted(Command::AskPhoto("the label".to_owned())).await;
    let talk = plain.page("/photos/talk").await;
    let newest_first = [
        "asks for a photo of: the label",
        "Turn the red valve",
        "It &lt;drips&gt; here",
    ];
    let places: Vec<_> = newest_first.iter().map(|words| talk.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{talk}");
}

#[tokio::test]
async fn what_is_no_photo_is_refused_in_words_and_what_came_before_it_was_sent() {
    let relay = Relay::start().await;
    let (id, mut plain, _agents) = let_in(&relay).await;
    let good = samples::encoded(&samples::stripes(320, 240), ImageFormat::Png);
    let answer = plain
        .send("", &[("a.png", good), ("b.exe", b"MZ nothing to see".to_vec())])
        .await;
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let page = answer.text().await.expect("a page");
    assert!(
        page.contains("role=\"alert\"") && page.contains("Your photo was sent."),
        "{page}"
    );
    let stages: Vec<FileStage> = now(&relay, id).await.files().iter().map(|file| file.stage).collect();
    assert_eq!(stages, [FileStage::Stored, FileStage::Failed]);
}

#[tokio::test]
async fn who_is_not_let_in_or_comes_too_late_is_told_so_and_sees_nothing() {
    let relay = Relay::start().await;
    let (id, mut agents, pin) = session(&relay).await;
    let mut stranger = Plain::at(&relay);
    stranger.knock(&pin).await;
    agents.accepted(Command::Decline(cleo(&now(&relay, id).await).id)).await;
    assert!(stranger.page("/photos").await.contains("You were not let in"));
    assert!(stranger.page("/photos/talk").await.contains("Nothing to see here."));

    let mut late = Plain::at(&relay);
    late.knock(&pin).await;
    let people = now(&relay, id).await;
    let knocker = people
        .people()
        .iter()
        .find(|one| matches!(one.seat, Seat::Knocking { .. }));
    agents.accepted(Command::Admit(knocker.expect("a knocker").id)).await;
    late.page("/photos").await;
    agents.accepted(Command::End).await;
    relay.advance(limit::END_UNDO).await;
    let over = late.page("/photos").await;
    assert!(
        over.contains("The session has ended") && !over.contains("http-equiv"),
        "{over}"
    );
    assert_eq!(late.send("too late", &[]).await.status(), StatusCode::FORBIDDEN);
    // Another number can be typed.
    late.ask(Method::POST, "/photos/end", None).await;
    assert!(late.page("/photos").await.contains("Your 6-digit number"));
}

#[tokio::test]
async fn a_page_that_looks_no_more_is_gone_after_a_while_and_back_when_it_looks() {
    let relay = Relay::start().await;
    let (id, mut plain, _agents) = let_in(&relay).await;
    plain.page("/photos").await;
    relay.advance(Duration::from_secs(20)).await;
    plain.page("/photos/talk").await;
    relay.advance(Duration::from_secs(20)).await;
    assert!(cleo(&now(&relay, id).await).connected);
    relay.advance(Duration::from_secs(20)).await;
    assert!(!cleo(&now(&relay, id).await).connected);
    plain.page("/photos").await;
    assert!(cleo(&now(&relay, id).await).connected);

    let left = plain.ask(Method::POST, "/photos/end", None).await;
    assert_eq!(place(&left), "/photos");
    relay.advance(limit::END_UNDO).await;
    assert!(now(&relay, id).await.status().is_over());
    // The browser has forgotten the seat.
    assert_eq!(plain.cookie.as_deref(), Some("farhand-photos="));
}
