//! Walks the table of [`super`] on a fake clock.

use super::{Photo, Situation};
use crate::quality::thresholds::{MEASURE_BYTES, MEASURE_EVERY};
use crate::time::Time;
use core::time::Duration;

const WAIT: Duration = Duration::from_secs(10);

struct Page {
    photo: Photo,
    now: u64,
}

impl Page {
    fn new(situation: Situation) -> Self {
        let mut page = Self {
            photo: Photo::default(),
            now: 1_000_000,
        };
        page.settle(situation);
        page
    }

    fn now(&self) -> Time {
        Time::from_millis(self.now)
    }

    fn settle(&mut self, situation: Situation) {
        let now = self.now();
        self.photo.settle(situation, WAIT, now);
    }

    /// Looks every quarter of a second for so long; after how many milliseconds it switched, if it did.
    fn looks(&mut self, millis: u64, weak: impl Fn(u64) -> bool) -> Option<u64> {
        let mut switched = None;
        for at in (250..=millis).step_by(250) {
            self.now += 250;
            let now = self.now();
            if self.photo.look(weak(at), now) {
                switched.get_or_insert(at);
            }
        }
        switched
    }

    /// Lets time pass on a way up of so many kbit/s; how many bytes were sent for measuring.
    fn measures(&mut self, millis: u64, kbit: u32) -> u32 {
        let end = self.now + millis;
        let mut bytes = 0;
        while let Some(due) = self.photo.timeout().filter(|due| due.millis() <= end) {
            self.now = self.now.max(due.millis());
            let now = self.now();
            if let Some(size) = self.photo.tick(true, now) {
                bytes += size;
                let took = u64::from(size * 8 / kbit);
                self.now += took;
                let now = self.now();
                self.photo.measured(Some(Duration::from_millis(took)), now);
            }
        }
        self.now = self.now.max(end);
        bytes
    }
}

#[test]
fn weak_video_becomes_photos_after_the_wait() {
    let mut page = Page::new(Situation::Video);
    assert_eq!(
        page.looks(9_750, |_| true),
        None,
        "a picture that has just begun is not judged"
    );
    assert_eq!(page.looks(11_000, |_| true), Some(10_000));
    assert_eq!(
        page.looks(9_500, |_| true),
        Some(9_000),
        "not obeyed: said again after another wait"
    );
}

#[test]
fn the_line_counts_as_thin_from_the_switch_on_until_it_is_good() {
    let mut page = Page::new(Situation::Video);
    page.looks(19_500, |_| true);
    assert!(!page.photo.is_thin());
    page.looks(500, |_| true);
    assert!(page.photo.is_thin(), "before the mode has changed");
    page.looks(2_000, |_| false);
    assert!(!page.photo.is_thin(), "nobody obeyed, and it is good again");
}

#[test]
fn a_good_moment_forgives_four_bad_ones() {
    let mut page = Page::new(Situation::Video);
    page.looks(10_000, |_| false);
    assert_eq!(
        page.looks(120_000, |at| !at.is_multiple_of(1000)),
        None,
        "weak for three quarters of the time"
    );
    let nine_tenths = |at: u64| !at.is_multiple_of(2_500);
    assert!(page.looks(30_000, nine_tenths).is_some());
}

#[test]
fn a_page_that_slept_is_not_judged_for_its_sleep() {
    let mut page = Page::new(Situation::Video);
    page.looks(12_000, |_| true);
    page.now += 60_000;
    assert_eq!(page.looks(1_000, |_| true), None);
}

#[test]
fn without_video_nothing_is_judged() {
    for situation in [Situation::Idle, Situation::Photos] {
        let mut page = Page::new(situation);
        assert_eq!(page.looks(60_000, |_| true), None, "{situation:?}");
    }
    let mut page = Page::new(Situation::Video);
    page.looks(19_000, |_| true);
    page.settle(Situation::Idle);
    page.settle(Situation::Video);
    assert_eq!(page.looks(15_000, |_| true), None, "a pause begins anew");
}

#[test]
fn video_is_offered_when_it_has_fitted_for_twice_the_wait() {
    let mut page = Page::new(Situation::Photos);
    page.measures(20_000, 2_000);
    assert!(!page.photo.offers_video() && page.photo.is_thin());
    page.measures(9_000, 2_000);
    assert!(page.photo.offers_video() && !page.photo.is_thin());
    page.settle(Situation::Photos);
    assert!(page.photo.offers_video(), "until something changes");
    page.settle(Situation::Video);
    assert!(!page.photo.offers_video());
}

#[test]
fn a_thin_line_offers_nothing_and_carries_little_for_being_measured() {
    let mut page = Page::new(Situation::Photos);
    let bytes = page.measures(60_000, 120);
    assert!(!page.photo.offers_video());
    assert!(bytes * 8 / 60_000 <= 20, "{} kbit/s", bytes * 8 / 60_000);
    page.measures(60_000, 350);
    assert!(!page.photo.offers_video(), "more than the floor is not yet enough");
}

#[test]
fn one_bad_measurement_counts_anew_and_a_very_bad_one_takes_the_offer_back() {
    let mut page = Page::new(Situation::Photos);
    page.measures(20_000, 2_000);
    page.measures(4_000, 100);
    page.measures(20_000, 2_000);
    assert!(!page.photo.offers_video(), "counted anew");
    page.measures(9_000, 2_000);
    assert!(page.photo.offers_video());
    page.measures(10_000, 350);
    assert!(page.photo.offers_video(), "a little less does not take it back");
    page.measures(20_000, 200);
    assert!(!page.photo.offers_video());
}

#[test]
fn a_measurement_without_an_answer_is_given_up() {
    let mut page = Page::new(Situation::Photos);
    page.now += MEASURE_EVERY[0].as_millis() as u64;
    let now = page.now();
    assert_eq!(page.photo.tick(true, now), Some(MEASURE_BYTES[0]));
    assert_eq!(page.photo.tick(true, now), None, "one at a time");
    let until = page.photo.timeout().unwrap();
    assert_eq!(page.photo.tick(true, until), None);
    assert!(page.photo.timeout() > Some(until), "and another is made later");
    page.photo.measured(Some(Duration::from_millis(1)), until);
    assert!(!page.photo.offers_video(), "too late an answer is none");
}

#[test]
fn nothing_is_measured_while_it_may_not_be() {
    let mut page = Page::new(Situation::Photos);
    let due = page.photo.timeout().unwrap();
    assert_eq!(page.photo.tick(false, due), None);
    assert!(page.photo.timeout() > Some(due), "asked again later, not in a circle");
}
