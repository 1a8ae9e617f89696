//! Every step of written help has a drawing, for every browser.

use crate::text::{Step, camera, customer};
use farhand_shared::device::{Clues, Family, System, detect, menus_of};
use farhand_shared::session::Blocked;

const DRAWINGS: &str = include_str!("../../../style/steps.svg");

#[test]
fn every_step_has_its_drawing() {
    let families = [
        Family::Safari,
        Family::Chrome,
        Family::Firefox,
        Family::Samsung,
        Family::Edge,
        Family::Other,
    ];
    let systems = [
        System::Ios,
        System::Android,
        System::Windows,
        System::Mac,
        System::Linux,
        System::Other,
    ];
    let mut steps: Vec<Step> = [customer::HOME_SCREEN_IOS_STEPS, customer::HOME_SCREEN_ANDROID_STEPS].concat();
    for why in [Blocked::Site, Blocked::System, Blocked::Document] {
        for family in families {
            steps.extend(systems.iter().flat_map(|system| camera::unblock(why, family, *system)));
        }
    }
    for (drawing, words) in steps {
        assert!(
            DRAWINGS.contains(&format!("<symbol id=\"{drawing}\"")),
            "{words}: no drawing {drawing}"
        );
    }
}

#[test]
fn every_browser_has_steps_of_its_own_on_both_screens() {
    let android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)";
    let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    for (user_agent, words) in [
        (format!("{android} Chrome/156.0.0.0 Mobile Safari/537.36"), "three dots"),
        (
            format!("{android} SamsungBrowser/30.0 Chrome/140.0.0.0 Mobile Safari/537.36"),
            "Samsung Internet",
        ),
        (
            "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0".to_owned(),
            "padlock",
        ),
        (format!("{iphone} Version/26.1 Mobile/15E148 Safari/604.1"), "aA"),
        (
            format!("{iphone} CriOS/156.0 Mobile/15E148 Safari/604.1"),
            "Settings of your iPhone",
        ),
        (
            format!("{mac} Version/26.1 Safari/605.1.15"),
            "Settings for this website",
        ),
        (
            format!("{windows} Chrome/156.0.0.0 Safari/537.36"),
            "icon to the left of the address",
        ),
        (
            format!("{windows} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0"),
            "icon to the left of the address",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0".to_owned(),
            "crossed-out camera",
        ),
    ] {
        let clues = Clues {
            user_agent: user_agent.clone(),
            ..Clues::default()
        };
        let here = detect(&clues);
        let steps = camera::unblock(Blocked::Site, here.family, here.system);
        assert!(
            steps.iter().any(|(_, line)| line.contains(words)),
            "{user_agent}: {steps:?}"
        );
        // Whoever helps reads them from what the session knows of the device.
        let (family, system) = menus_of(&here.device);
        assert_eq!(camera::unblock(Blocked::Site, family, system), steps, "{user_agent}");
    }
}
