//! What happened, line by line, to be read and saved.

use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::platform::blob::Blob;
use crate::platform::{clock, save};
use crate::text::{agent, record as words};
use crate::widgets::{Button, Kind};
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::wire::http::records::SessionRecord;
use leptos::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    when: String,
    what: String,
}

fn lines(record: &SessionRecord) -> Vec<Line> {
    let name = |person: PersonId| {
        let there = record.people.iter().find(|one| one.person == person);
        there.map_or_else(
            || words::SYSTEM.to_owned(),
            |there| {
                if there.name.is_empty() {
                    words::nameless(there.role).to_owned()
                } else {
                    there.name.clone()
                }
            },
        )
    };
    let happened = record
        .happened
        .iter()
        .filter_map(|one| Some((one.at, words::line(&one.event, &name)?)));
    let opened = record.opened.iter().map(|page| (page.at, words::opened(page)));
    let mut lines: Vec<_> = opened.chain(happened).collect();
    lines.sort_by_key(|(at, _)| *at);
    let line = |(at, what)| Line {
        when: clock::time_with_seconds(at),
        what,
    };
    lines.into_iter().map(line).collect()
}

/// The head of an exported file: which session it is.
fn head(record: &SessionRecord) -> String {
    let row = &record.session;
    let case = row
        .case_id
        .as_ref()
        .map(|case| [" · ", case].concat())
        .unwrap_or_default();
    let who = agent::customer(row);
    [
        &who,
        &case,
        " · ",
        &clock::date(row.created_at),
        " · ",
        agent::status(row.status),
    ]
    .concat()
}

/// The list, with a button to look again and one to save it.
#[component]
pub fn Timeline(session: SessionId) -> impl IntoView {
    let ask = Ask::new();
    let record = RwSignal::new(None::<SessionRecord>);
    let look = move || {
        ask.run(api::record(session), move |found| {
            record.try_set(Some(found));
        });
    };
    look();
    let export = move |()| {
        let Some(record) = record.get_untracked() else { return };
        let mut text = head(&record);
        text.push('\n');
        for line in lines(&record) {
            text.push_str(&["\n", &line.when, "  ", &line.what].concat());
        }
        text.push('\n');
        save::to_device(&Blob::of_text(&text), &words::file_name(&session.to_string()));
    };
    let list = move || record.with(|record| record.as_ref().map(lines));
    view! {
        <div class="notes">
            <h2>{words::TITLE}</h2>
            <p class="muted">{move || record.with(|record| record.as_ref().map(head))}</p>
            <FaultLine fault=ask.fault />
            <ol role="list" class="timeline" tabindex="0" aria-label=words::TITLE>
                {move || match list() {
                    None => view! { <li class="muted">{words::LOADING}</li> }.into_any(),
                    Some(lines) if lines.is_empty() => view! { <li class="muted">{words::NOTHING}</li> }.into_any(),
                    Some(lines) => lines
                        .into_iter()
                        .map(|line| view! { <li><span class="muted">{line.when}</span> " " {line.what}</li> })
                        .collect_view()
                        .into_any(),
                }}
            </ol>
            <Button label=words::REFRESH kind=Kind::Plain icon="refresh" busy=ask.busy on_press=move |()| look() />
            <Button label=words::EXPORT kind=Kind::Plain on_press=export />
        </div>
    }
}
