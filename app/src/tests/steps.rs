//! Every step of written help has a drawing, for every browser.

use crate::text::{Step, camera, customer};
use farhand_shared::device::{Family, System};
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
