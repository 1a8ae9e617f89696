//! The plain pages. They carry the customer's own style sheet, whose classes are those of the first screen.

use farhand_shared::id::PersonId;
use farhand_shared::limit;
use farhand_shared::session::{Message, Seat};
use maud::{Markup, html};

use super::super::plain::document;
use super::After;
use crate::entry::photos::Visit;

/// Messages that are shown.
const SHOWN: usize = 30;

/// What all pages have.
pub(super) struct Around<'a> {
    /// Address of the style sheet; none while the pages are not built.
    pub(super) style: Option<&'a str>,
    pub(super) company: &'a str,
    /// What the last form brought about.
    pub(super) after: &'a After,
    /// What went wrong, and what to do next.
    pub(super) fault: Option<(&'a str, &'a str)>,
}

fn framed(around: &Around<'_>, heading: &str, again: Option<&str>, body: &Markup) -> Markup {
    let news = news(around.after);
    // First in the title too: that is what readers say when a page has come.
    let first = around.fault.map(|(what, _)| what).or(news.as_deref());
    let title = first.map_or_else(|| heading.to_owned(), |first| format!("{first} {heading}"));
    document(
        around.style,
        &title,
        again,
        &html! {
            div class="frame" {
                header class="frame-top" {
                    span { (around.company) }
                    a class="questions" href="/contact" target="_blank" { "Questions?" }
                }
                main class="frame-main" {
                    h1 { (heading) }
                    @if let Some(news) = &news {
                        div class="banner banner-ok" role="status" { p { (news) } }
                    }
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
        None,
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
pub(super) fn trouble(around: &Around<'_>) -> Markup {
    framed(around, "Send photos", Some("15;url=/photos"), &goodbye("Type a number"))
}

/// Where somebody with a seat stands.
pub(super) fn inside(around: &Around<'_>, visit: &Visit) -> Markup {
    if visit.session.status().is_over() {
        let next = "Your photos and messages have arrived. You can close this page.";
        return closed(around, "The session has ended", next);
    }
    match visit.person.seat {
        Seat::Knocking { .. } => at_the_door(around, visit.person.noticed),
        Seat::Lobby | Seat::Ready => form(around, visit),
        Seat::Declined => {
            let next = "Ask your agent on the phone, then try the number again.";
            closed(around, "You were not let in", next)
        }
        Seat::Ejected | Seat::Left => {
            let next = "To come back, type the number again.";
            closed(around, "You are not in the session any more", next)
        }
    }
}

fn closed(around: &Around<'_>, title: &str, next: &str) -> Markup {
    framed(
        around,
        title,
        None,
        &html! {
            p { (next) }
            (goodbye("Type a number"))
        },
    )
}

fn at_the_door(around: &Around<'_>, noticed: bool) -> Markup {
    framed(
        around,
        "Waiting for your agent…",
        Some("10;url=/photos"),
        &html! {
            @if noticed {
                p role="status" { "Your agent knows that you are here and lets you in soon." }
            }
            p { "Tell your agent that you wait. They let you in with one click. This page looks again every ten seconds." }
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

fn form(around: &Around<'_>, visit: &Visit) -> Markup {
    let agent = visit.session.agents().next();
    let agent = agent.map_or("your agent", |agent| agent.name.as_str());
    framed(
        around,
        &format!("Send photos to {agent}"),
        None,
        &html! {
            form class="card" method="post" action="/photos/send" enctype="multipart/form-data" {
                div class="field" {
                    label for="text" { "Message" }
                    textarea class="input" id="text" name="text" rows="3" maxlength=(limit::MESSAGE_CHARS) {}
                }
                div class="field" {
                    label for="pictures" { "Photos" }
                    input class="input" id="pictures" name="pictures" type="file" accept="image/jpeg,image/png,image/webp" multiple
                        aria-describedby="pictures-hint";
                    p class="hint" id="pictures-hint" { "Take new ones or choose from your gallery, a few at a time. Where they were taken is removed." }
                }
                button class="button button-primary button-large" type="submit" { "Send" }
                p class="muted" { "Keep this page open until it says that everything was sent." }
            }
            iframe title="Messages" src="/photos/talk" width="100%" height="240" frameborder="0" {}
            (goodbye("End session"))
        },
    )
}

fn news(after: &After) -> Option<String> {
    let photos = match after.sent {
        0 => None,
        1 => Some("Your photo was sent.".to_owned()),
        many => Some(format!("{many} photos were sent.")),
    };
    photos.or_else(|| after.said.then(|| "Your message was sent.".to_owned()))
}

/// What the agent asks for and what was written, newest first, since nothing here can scroll by itself.
pub(super) fn talk(style: Option<&str>, visit: Option<&Visit>) -> Markup {
    let body = match visit {
        Some(visit) => talk_of(visit),
        None => html! { p class="muted" { "Nothing to see here." } },
    };
    document(
        style,
        "Messages",
        visit.map(|_| "5;url=/photos/talk"),
        &html! { main class="frame-main" { (body) } },
    )
}

fn talk_of(visit: &Visit) -> Markup {
    let (ask, messages) = (visit.session.photo_ask(), visit.session.messages());
    html! {
        @if let Some(ask) = ask {
            div class="banner" { p { strong { (name(visit, ask.by)) } " asks for a photo of: " (ask.text) } }
        }
        @for message in messages.iter().rev().take(SHOWN) {
            p { strong { (name(visit, message.by)) } ": " (words(message)) }
        }
        @if messages.is_empty() && ask.is_none() {
            p class="muted" { "No messages yet. This part looks again every few seconds." }
        }
    }
}

fn name(visit: &Visit, who: PersonId) -> &str {
    match visit.session.person(who).filter(|person| person.id != visit.person.id) {
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
