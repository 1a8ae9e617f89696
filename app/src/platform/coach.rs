//! Looks at the own camera twice a second, in a picture of 64x48. What it means is decided by `farhand_shared::coach`.

use super::canvas::Canvas;
use super::timer::Interval;
use core::time::Duration;
use farhand_shared::coach::{Coach, HEIGHT, Hint, WIDTH, glance};
use web_sys::{HtmlMediaElement, HtmlVideoElement};

const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// A watch that ends when it is dropped.
pub struct Watch {
    _looks: Interval,
}

impl Watch {
    /// Looks at the camera in the element that shows it, and reports what the coach says whenever that changes.
    pub fn start(
        video: impl Fn() -> Option<HtmlVideoElement> + 'static,
        report: impl Fn(Option<Hint>) + 'static,
    ) -> Self {
        let canvas = Canvas::new(WIDTH, HEIGHT);
        let (mut coach, mut said, mut before) = (Coach::default(), None, Vec::new());
        let look = move || {
            let shown = video().filter(|video| video.ready_state() >= HtmlMediaElement::HAVE_CURRENT_DATA);
            let (Some(video), Ok(canvas)) = (shown, &canvas) else {
                return;
            };
            if canvas.draw(video.as_ref()).is_err() {
                return;
            }
            let Some(pixels) = canvas.pixels() else { return };
            coach.look(glance(&pixels, &mut before));
            if coach.hint() != said {
                said = coach.hint();
                report(said);
            }
        };
        Self {
            _looks: Interval::every(HALF_A_SECOND, look),
        }
    }
}
