//! One bubble.

use super::file_card::FileCard;
use super::lines::{Line, Way};
use crate::plain::linkify::{Piece, pieces};
use crate::platform::clock::time_of_day;
use crate::text::chat as words;
use farhand_shared::role::Role;
use leptos::prelude::*;

const fn class(line: &Line) -> &'static str {
    match (line.role, line.mine) {
        (Role::Customer, true) => "message message-customer message-mine",
        (Role::Customer, false) => "message message-customer",
        (Role::Guest, true) => "message message-guest message-mine",
        (Role::Guest, false) => "message message-guest",
        (_, true) => "message message-mine",
        (_, false) => "message",
    }
}

/// Words with their name, time and state. Sides say "mine or not", colours say the role, and the name says both.
#[component]
pub fn Bubble(line: Line) -> impl IntoView {
    let class = class(&line);
    let name = if line.mine {
        words::YOU
    } else {
        words::name(&line.name, line.role)
    };
    let state = match line.way {
        Way::Sending => Some(words::SENDING),
        Way::Seen => Some(words::SEEN),
        Way::There => None,
    };
    let mut about = [name, " · ", &time_of_day(line.at)].concat();
    if let Some(state) = state {
        about.push_str(" · ");
        about.push_str(state);
    }
    view! {
        <li class=class>
            <p class="message-about">{about}</p>
            {line.file.map(|file| view! { <FileCard file /> })}
            {(!line.text.is_empty()).then(|| view! { <p class="message-text" dir="auto">{words_of(&line.text)}</p> })}
        </li>
    }
}

fn words_of(text: &str) -> Vec<AnyView> {
    let piece = |piece| {
        match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Link(address) => view! {
            <a href=address.to_owned() target="_blank" rel="noopener noreferrer nofollow"><bdi>{address.to_owned()}</bdi></a>
        }
        .into_any(),
    }
    };
    pieces(text).into_iter().map(piece).collect()
}
