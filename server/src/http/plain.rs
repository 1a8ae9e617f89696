//! What the pages that the server itself writes have in common.

use maud::{DOCTYPE, Markup, html};

/// A whole page with the customer's style sheet (none while the pages are not built). `again`: it looks again after so many
/// seconds at this address, as in `5;url=/photos`.
pub(super) fn document(style: Option<&str>, title: &str, again: Option<&str>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                @if let Some(again) = again { meta http-equiv="refresh" content=(again); }
                title { (title) }
                @if let Some(style) = style { link rel="stylesheet" href=(style); }
            }
            body { (body) }
        }
    }
}
