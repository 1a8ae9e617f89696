//! `/contact`: whom to ask further questions. A plain page, so that it is there when nothing else works.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use super::plain::document;
use crate::state::AppState;

/// Nothing runs in this page, and it loads nothing but our style sheet.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/contact", get(show))
}

async fn show(State(state): State<AppState>) -> Response {
    let (company, ways) = (&state.config.company, &state.config.contact);
    let body = html! {
        div class="frame" {
            header class="frame-top" { span { (company) } }
            main class="frame-main" {
                h1 { "Further questions?" }
                @if ways.is_empty() {
                    p { "Ask the person who sent you the link or called you. They can see what happened in your session." }
                } @else {
                    p { (company) " is here for you:" }
                    ul role="list" { @for each in ways { li { (way(each)) } } }
                }
                p class="muted" { "You can close this page: your session goes on in the other one." }
            }
        }
    };
    let page = document(state.pages.now().style().as_deref(), "Further questions?", None, &body);
    let mut response = ([(header::CACHE_CONTROL, "no-cache")], Html(page.into_string())).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}

/// What can be called, written to or opened by a tap is a link.
fn way(text: &str) -> Markup {
    let number: String = text.chars().filter(|sign| !" ()-/".contains(*sign)).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let address = if text.starts_with("https://") {
        Some(text.to_owned())
    } else if text.contains('@') && !text.contains(' ') {
        Some(format!("mailto:{text}"))
    } else if digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(format!("tel:{number}"))
    } else {
        None
    };
    match address {
        Some(address) => html! { a class="button button-large" href=(address) { (text) } },
        None => html! { (text) },
    }
}

#[cfg(test)]
mod tests {
    use super::way;

    #[test]
    fn numbers_and_addresses_are_links_and_words_are_words() {
        for (text, address) in [
            ("+49 (30) 123-4567", "tel:+49301234567"),
            ("0800 1234", "tel:08001234"),
            ("help@example.com", "mailto:help@example.com"),
            ("https://example.com/help", "https://example.com/help"),
        ] {
            let shown = way(text).into_string();
            let start = format!("<a class=\"button button-large\" href=\"{address}\">");
            assert!(shown.starts_with(&start), "{text}: {shown}");
        }
        for (text, words) in [
            ("Mon-Fri 8-18", "Mon-Fri 8-18"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("<b>", "&lt;b&gt;"),
        ] {
            assert_eq!(way(text).into_string(), words);
        }
    }
}
