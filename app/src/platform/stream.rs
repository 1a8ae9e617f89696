//! A stream of pictures or sound, to be shown by an element.

use core::cell::Cell;
use web_sys::{MediaStream, MediaStreamTrack};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A stream with a number, so that attaching it anew can be asked for and told apart.
#[derive(Clone)]
pub struct Stream {
    media: MediaStream,
    number: u32,
}

impl PartialEq for Stream {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Stream {
    /// A stream of one track; none when the browser cannot make streams.
    pub(super) fn of(track: &MediaStreamTrack) -> Option<Self> {
        let media = MediaStream::new().ok()?;
        media.add_track(track);
        Some(Self { media, number: next() })
    }

    /// The same stream under a new number.
    #[must_use]
    pub(super) fn renewed(&self) -> Self {
        Self {
            media: Clone::clone(&self.media),
            number: next(),
        }
    }

    pub(super) const fn media(&self) -> &MediaStream {
        &self.media
    }
}

fn next() -> u32 {
    NEXT.with(|number| {
        number.set(number.get().wrapping_add(1));
        number.get()
    })
}
