//! The plain pages. They carry the customer's own style sheet, whose classes are those of the first screen.

use farhand_shared::limit;
use farhand_shared::session::{Message, Seat, Session};
use maud::{DOCTYPE, Markup, html};

use crate::entry::photos::Visit;

/// Messages that are shown.
const SHOWN: usize = 30;
/// Seconds after which a page looks again.
const AGAIN: &str = "5";

/// What all pages have.
pub(super) struct Around<'a> {
    /// Address of the style sheet; none while the pages are not built.
    pub(super) style: Option<&'a str>,
    pub(super) company: &'a str,
    /// What went wrong, and what to do next.
    pub(super) fault: Option<(&'a str, &'a str)>,
}

fn document(style: Option<&str>, title: &str, again: bool, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                @if again { meta http-equiv="refresh" content=(AGAIN); }
                title { (title) }
                @if let Some(style) = style { link rel="stylesheet" href=(style); }
            }
            body { (body) }
        }
    }
}

fn framed(around: &Around<'_>, title: &str, again: bool, body: &Markup) -> Markup {
    document(
        around.style,
        title,
        again,
        &html! {
            div class="frame" {
                header class="frame-top" { span { (around.company) } }
                main class="frame-main" {
                    h1 { (title) }
                    @if let Some((what, next)) = around.fault {
                        div class="banner banner-danger" role="alert" { p { strong { (what) } " " (next) } }
                    }
                    (body)
                }
            }
        },
    )
}

/// Who has no seat types the number.
pub(super) fn door(around: &Around<'_>) -> Markup {
    framed(
        around,
        "Send photos",
        false,
        &html! {
            p class="muted" { "This page works in every browser. Your agent lets you in; then you can send photos and messages." }
            form class="card" method="post" action="/photos/knock" {
                div class="field" {
                    label for="pin" { "Your 6-digit number" }
                    input class="input input-code" id="pin" name="pin" type="text" inputmode="numeric" autocomplete="one-time-code"
                        maxlength="20" placeholder="000 000" required aria-describedby="pin-hint";
                    p class="hint" id="pin-hint" { "It is in the message you got, or the agent reads it to you." }
                }
                div class="field" {
                    label for="name" { "Your name (you can leave this empty)" }
                    input class="input" id="name" name="name" type="text" autocomplete="name" maxlength=(limit::NAME_CHARS);
                }
                button class="button button-primary button-large" type="submit" { "Join" }
            }
        },
    )
}

/// The server itself is in trouble.
pub(super) fn trouble(around: &Around<'_>, (what, next): (&str, &str)) -> Markup {
    framed(
        around,
        "Send photos",
        true,
        &html! { p role="alert" { (what) " " (next) } },
    )
}

/// Where somebody with a seat stands.
pub(super) fn inside(around: &Around<'_>, visit: &Visit, sent: usize, said: bool) -> Markup {
    if visit.session.status().is_over() {
        return closed(
            around,
            "The session has ended",
            "Your photos and messages have arrived. You can close this page.",
        );
    }
    match visit.person.seat {
        Seat::Knocking { .. } => at_the_door(around),
        Seat::Lobby | Seat::Ready => form(around, visit, sent, said),
        Seat::Declined => closed(
            around,
            "You were not let in",
            "Ask your agent on the phone, then try the number again.",
        ),
        Seat::Ejected | Seat::Left => closed(
            around,
            "You are not in the session any more",
            "To come back, type the number again.",
        ),
    }
}

fn closed(around: &Around<'_>, title: &str, next: &str) -> Markup {
    framed(
        around,
        title,
        false,
        &html! {
            p { (next) }
            (goodbye("Type a number"))
        },
    )
}

fn at_the_door(around: &Around<'_>) -> Markup {
    framed(
        around,
        "Waiting for your agent…",
        true,
        &html! {
            p role="status" { "Tell your agent that you wait. They let you in with one click. This page looks again every few seconds." }
            p { a class="button button-large" href="/photos" { "Look now" } }
            (goodbye("Leave"))
        },
    )
}

fn goodbye(label: &str) -> Markup {
    html! {
        form method="post" action="/photos/end" { button class="button button-large" type="submit" { (label) } }
    }
}

fn form(around: &Around<'_>, visit: &Visit, sent: usize, said: bool) -> Markup {
    let agent = visit
        .session
        .agents()
        .next()
        .map_or("your agent", |agent| agent.name.as_str());
    let title = format!("Send photos to {agent}");
    framed(
        around,
        &title,
        false,
        &html! {
            @if let Some(news) = news(sent, said) {
                div class="banner banner-ok" role="status" { p { (news) } }
            }
            form class="card" method="post" action="/photos/send" enctype="multipart/form-data" {
                div class="field" {
                    label for="pictures" { "Photos" }
                    input class="input" id="pictures" name="pictures" type="file" accept="image/jpeg,image/png,image/webp" multiple
                        aria-describedby="pictures-hint";
                    p class="hint" id="pictures-hint" { "Take new ones or choose from your gallery, a few at a time. Where they were taken is removed." }
                }
                div class="field" {
                    label for="text" { "Message" }
                    textarea class="input" id="text" name="text" rows="3" maxlength=(limit::MESSAGE_CHARS) {}
                }
                button class="button button-primary button-large" type="submit" { "Send" }
                p class="muted" { "Keep this page open until it says that everything was sent." }
            }
            iframe title="Messages" src="/photos/talk" width="100%" height="240" frameborder="0" {}
            (goodbye("End session"))
        },
    )
}

fn news(sent: usize, said: bool) -> Option<String> {
    let photos = match sent {
        0 => None,
        1 => Some("Your photo was sent.".to_owned()),
        many => Some(format!("{many} photos were sent.")),
    };
    photos.or_else(|| said.then(|| "Your message was sent.".to_owned()))
}

/// What was written, newest last.
pub(super) fn talk(style: Option<&str>, visit: Option<&Visit>) -> Markup {
    let body = visit.map_or_else(
        || html! { p class="muted" { "Nothing to see here." } },
        |visit| {
            let messages = visit.session.messages();
            let shown = &messages[messages.len().saturating_sub(SHOWN)..];
            html! {
                @if shown.is_empty() { p class="muted" { "No messages yet. This part looks again every few seconds." } }
                @for message in shown {
                    p { strong { (author(&visit.session, visit, message)) } ": " (words(message)) }
                }
            }
        },
    );
    document(
        style,
        "Messages",
        visit.is_some(),
        &html! { main class="frame-main" { (body) } },
    )
}

fn author<'a>(session: &'a Session, visit: &Visit, message: &Message) -> &'a str {
    let author = session.person(message.by).filter(|person| person.id != visit.person.id);
    match author {
        Some(person) if person.name.is_empty() => "Agent",
        Some(person) => &person.name,
        None => "You",
    }
}

fn words(message: &Message) -> &str {
    if message.text.is_empty() {
        "(a picture or document)"
    } else {
        &message.text
    }
}
