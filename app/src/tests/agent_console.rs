//! The pure parts of the console.

use crate::plain::{Look, Route, paged};
use crate::text::{agent as home, agent_call as call};
use farhand_shared::id::SessionId;
use farhand_shared::session::{Blocked, Camera, Facing, Interruption, Lens};

#[test]
fn every_page_is_found_again_by_its_address() {
    let session = Route::Session(SessionId::from_u128(42));
    for route in [
        Route::Home,
        Route::SignIn,
        Route::SignUp,
        Route::Forgot,
        Route::Outbox,
        Route::Admin,
        session,
    ] {
        assert_eq!(Route::read(&route.path(), ""), route);
    }
}

#[test]
fn mailed_and_printed_links_lead_to_their_pages() {
    assert_eq!(Route::read("/agent", "first-admin=s3cret"), Route::FirstAdmin);
    assert_eq!(Route::read("/agent", "verify=s3cret"), Route::Verify);
    assert_eq!(Route::read("/agent/", "reset=s3cret"), Route::NewPassword);
}

#[test]
fn a_wrong_address_is_no_session() {
    for path in ["/agent/s/", "/agent/s/12", "/agent/nothing"] {
        assert_eq!(Route::read(path, ""), Route::Unknown, "{path}");
    }
}

#[test]
fn zoom_stays_between_a_half_and_eight() {
    let mut look = Look::default();
    (0..40).for_each(|_| look.step(true));
    assert!((look.zoom - 8.0).abs() < f64::EPSILON);
    (0..80).for_each(|_| look.step(false));
    assert!((look.zoom - 0.5).abs() < f64::EPSILON);
}

#[test]
fn zooming_keeps_the_middle_and_fit_puts_everything_back_but_the_turn() {
    let mut look = Look::default();
    look.turn();
    look.shift(80.0, -40.0);
    look.step(true);
    assert_eq!(look.moved, (100.0, -50.0));
    assert!(!look.is_fit());
    look.fit();
    assert!(look.is_fit() && look.sideways());
    assert_eq!(look.moved, (0.0, 0.0));
}

#[test]
fn a_number_is_read_out_digit_by_digit_in_groups_of_three() {
    assert_eq!(call::spelled_digits("048291"), "zero four eight, two nine one");
    assert_eq!(call::spelled_host("help.example.com"), "help · example · com");
}

#[test]
fn the_agent_knows_what_to_say_for_every_camera_that_does_not_run() {
    let stopped = [
        Camera::Unknown,
        Camera::Asking,
        Camera::NotAnswered,
        Camera::Off,
        Camera::Blocked(Blocked::Site),
        Camera::Blocked(Blocked::System),
        Camera::Blocked(Blocked::Document),
        Camera::Busy,
        Camera::Missing,
        Camera::Unsupported,
        Camera::Interrupted(Interruption::Hidden),
        Camera::Interrupted(Interruption::Taken),
        Camera::Dead,
    ];
    for camera in stopped {
        let say = call::camera(camera);
        assert!(!say.what.is_empty() && !say.next.is_empty(), "{camera:?}");
    }
    let live = Camera::Live(Lens {
        facing: Facing::Rear,
        torch: false,
        zoom: None,
    });
    assert_eq!(call::camera(live).next, "");
}

#[test]
fn the_preview_shows_the_message_without_the_secret() {
    let text = home::sms_preview("Acme", "Ana", "help.example:8080");
    assert!(text.starts_with("Acme help: Ana would like to see"));
    assert!(text.ends_with("\n@help.example #••••••"));
}

#[test]
fn people_who_do_not_all_fit_come_in_pages() {
    let all = ["Ana", "Ben", "Cleo", "Dora"];
    assert_eq!(paged(&all, 0, 3), (vec!["Ana", "Ben", "Cleo"], 0, 2));
    assert_eq!(paged(&all, 1, 3), (vec!["Dora"], 1, 2));
    assert_eq!(
        paged(&all[..3], 1, 3),
        (vec!["Ana", "Ben", "Cleo"], 0, 1),
        "the last page has gone"
    );
    assert_eq!(paged(&all, 2, 1), (vec!["Cleo"], 2, 4));
    assert_eq!(paged::<&str>(&[], 0, 3), (vec![], 0, 0));
}
