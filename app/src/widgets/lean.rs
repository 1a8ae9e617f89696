//! Changing parts of a view as one type each. Leptos compiles its machinery anew for every closure it is given; a
//! closure in a box is compiled once, and that is a good part of what a customer has to download.

use leptos::prelude::*;

/// A text that follows what it reads.
pub type Text = Box<dyn FnMut() -> String + Send>;
/// A piece of view that follows what it reads.
pub type Part = Box<dyn FnMut() -> Option<AnyView> + Send>;
/// A class or property that is there or not.
pub type Flag = Box<dyn FnMut() -> bool + Send>;
/// An attribute that is there, with this value, or not.
pub type Maybe = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// A text that follows what `read` reads.
pub fn text(read: impl Fn() -> String + Send + 'static) -> Text {
    Box::new(read)
}

/// One of a few fixed texts.
pub fn word(read: impl Fn() -> &'static str + Send + 'static) -> Box<dyn FnMut() -> &'static str + Send> {
    Box::new(read)
}

/// A view while `read` gives one.
pub fn part(read: impl Fn() -> Option<AnyView> + Send + 'static) -> Part {
    Box::new(read)
}

/// A view while `shown`; made anew each time, and left alone as long as `shown` stays true.
pub fn when(shown: impl Fn() -> bool + Send + Sync + 'static, make: impl Fn() -> AnyView + Send + 'static) -> Part {
    let shown = Memo::new(move |_| shown());
    Box::new(move || shown.get().then(&make))
}

/// A class or property that follows what `read` reads.
pub fn flag(read: impl Fn() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}

/// `"true"` while `read` says so, no attribute otherwise: for `aria-…` and `data-…`.
pub fn truth(read: impl Fn() -> bool + Send + 'static) -> Maybe {
    Box::new(move || read().then_some("true"))
}
