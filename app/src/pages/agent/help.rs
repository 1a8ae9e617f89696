//! What agents look up: compatible browsers, and help.

use super::route::Route;
use super::shell::Shell;
use super::to::To;
use crate::text::help as words;
use leptos::prelude::*;

/// Which browsers customers can use.
#[component]
pub fn BrowsersPage() -> impl IntoView {
    let row = |[device, browser, from, note]: [&'static str; 4]| {
        view! { <tr><th scope="row">{device}</th><td>{browser}</td><td>{from}</td><td>{note}</td></tr> }
    };
    view! {
        <Shell heading=words::BROWSERS>
            <p>{words::BROWSERS_LEAD}</p>
            <div class="table-frame" role="group" tabindex="0" aria-label=words::BROWSERS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{words::DEVICE}</th>
                            <th scope="col">{words::BROWSER}</th>
                            <th scope="col">{words::FROM}</th>
                            <th scope="col">{words::GOOD_TO_KNOW}</th>
                        </tr>
                    </thead>
                    <tbody>{words::TABLE.map(row)}</tbody>
                </table>
            </div>
            <section class="card">
                <h2>{words::IN_APP_TITLE}</h2>
                <p>{words::IN_APP}</p>
            </section>
        </Shell>
    }
}

/// How it works, and what to do when it does not.
#[component]
pub fn HelpPage() -> impl IntoView {
    let chapter = |(title, paragraphs): (&'static str, &'static [&'static str])| {
        let paragraphs = paragraphs.iter().map(|text| view! { <p>{*text}</p> }).collect_view();
        view! { <section class="card"><h2>{title}</h2>{paragraphs}</section> }
    };
    view! {
        <Shell heading=words::HELP>
            <div class="help">
                {words::CHAPTERS.map(chapter)}
                <section class="card">
                    <h2>{words::BROWSERS}</h2>
                    <p><To route=Route::Browsers>{words::BROWSERS_CARD}</To></p>
                </section>
                <section class="card">
                    <h2>{words::CONTACT_TITLE}</h2>
                    <p>{words::CONTACT}</p>
                    <p><a href="/contact" target="_blank" rel="noopener">{words::CONTACT_PAGE}</a></p>
                </section>
            </div>
        </Shell>
    }
}
