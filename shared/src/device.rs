//! What a device is, from what its browser says about itself. Used for words and help only: what a browser can do is
//! always tested by trying.

use crate::limit;
use crate::session::{Device, DeviceKind};
use serde::{Deserialize, Serialize};

/// What a browser says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clues {
    /// `navigator.userAgent`.
    pub user_agent: String,
    /// `navigator.maxTouchPoints`: tells an iPad from the Mac that it says it is.
    pub touch_points: u32,
    /// `navigator.standalone`: an iPhone's page on the home screen.
    pub standalone: bool,
    /// `navigator.userAgentData.mobile`, in Chromium.
    pub mobile: Option<bool>,
    /// `platformVersion` of the client hints, in Chromium and only after asking.
    pub platform_version: Option<String>,
    /// Names and versions of the client hints, in Chromium.
    pub brands: Vec<(String, String)>,
}

/// The browser, as far as its menus and settings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Google Chrome or another plain Chromium.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Samsung Internet.
    Samsung,
    /// Apple Safari.
    Safari,
    /// Mozilla Firefox.
    Firefox,
    /// Anything else.
    Other,
}

/// The operating system, as far as its settings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    /// iPhone and iPad.
    Ios,
    /// Android.
    Android,
    /// Windows.
    Windows,
    /// macOS.
    Mac,
    /// Linux and ChromeOS.
    Linux,
    /// Anything else.
    Other,
}

/// An app that shows web pages in a window of its own, where cameras often do not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InApp {
    /// Facebook or Messenger.
    Facebook,
    /// Instagram.
    Instagram,
    /// LINE.
    Line,
    /// WeChat.
    WeChat,
    /// Snapchat.
    Snapchat,
    /// TikTok.
    TikTok,
    /// LinkedIn.
    LinkedIn,
    /// X.
    X,
    /// The Google app.
    Google,
    /// Some other app.
    Other,
}

/// A browser and its device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    /// The words for the agent.
    pub device: Device,
    /// Whose menus the help must describe.
    pub family: Family,
    /// Whose settings the help must describe.
    pub system: System,
    /// The app around the page, if there is one.
    pub in_app: Option<InApp>,
}

/// Tokens of apps, as they stand in the user agent.
const IN_APP: [(&str, InApp); 13] = [
    ("FBAN", InApp::Facebook),
    ("FBAV", InApp::Facebook),
    ("FB_IAB", InApp::Facebook),
    ("Instagram", InApp::Instagram),
    ("Line/", InApp::Line),
    ("MicroMessenger", InApp::WeChat),
    ("Snapchat", InApp::Snapchat),
    ("TikTok", InApp::TikTok),
    ("musical_ly", InApp::TikTok),
    ("LinkedInApp", InApp::LinkedIn),
    ("Twitter", InApp::X),
    ("GSA/", InApp::Google),
    ("; wv)", InApp::Other),
];

/// Tokens of browsers, the special before the general: everybody claims to be Safari, and most to be Chrome.
const BROWSERS: [(&str, Family, &str); 11] = [
    ("SamsungBrowser/", Family::Samsung, "Samsung Internet"),
    ("EdgiOS/", Family::Edge, "Edge"),
    ("EdgA/", Family::Edge, "Edge"),
    ("Edg/", Family::Edge, "Edge"),
    ("OPR/", Family::Other, "Opera"),
    ("CriOS/", Family::Chrome, "Chrome"),
    ("FxiOS/", Family::Firefox, "Firefox"),
    ("Firefox/", Family::Firefox, "Firefox"),
    ("HeadlessChrome/", Family::Chrome, "Chrome"),
    ("Chrome/", Family::Chrome, "Chrome"),
    ("Version/", Family::Safari, "Safari"),
];

/// Reads the clues.
pub fn detect(clues: &Clues) -> Detected {
    let ua = clues.user_agent.as_str();
    let system = system(ua, clues.touch_points);
    let (family, browser, token_version) = browser(ua);
    let hinted = hinted_version(&clues.brands, family);
    let device = Device {
        kind: kind(ua, system, clues.mobile),
        system: short(&system_words(ua, system, clues.platform_version.as_deref())),
        browser: short(browser),
        version: short(hinted.unwrap_or(token_version)),
    };
    Detected {
        device,
        family,
        system,
        in_app: IN_APP
            .iter()
            .find(|(token, _)| ua.contains(token))
            .map(|&(_, app)| app)
            // Every browser of an iPhone says Safari too; an app's own window does not, nor does a page on the home screen.
            .or((system == System::Ios && !clues.standalone && !ua.contains("Safari/")).then_some(InApp::Other)),
    }
}

/// Whose menus and settings a device has, from the words that [`detect`] found for it: so that who helps from afar can read
/// the same steps out that are on the device's screen.
pub fn menus_of(device: &Device) -> (Family, System) {
    let named = BROWSERS.iter().find(|(.., name)| *name == device.browser);
    let system = match device.system.split(' ').next() {
        Some("iOS") => System::Ios,
        Some("Android") => System::Android,
        Some("Windows") => System::Windows,
        Some("macOS") => System::Mac,
        Some("Linux") => System::Linux,
        _ => System::Other,
    };
    (named.map_or(Family::Other, |&(_, family, _)| family), system)
}

fn system(ua: &str, touch_points: u32) -> System {
    let has = |word| ua.contains(word);
    // An iPad says that it is a Mac; no Mac has a touch screen.
    if has("iPhone") || has("iPad") || has("iPod") || (has("Macintosh") && touch_points > 1) {
        System::Ios
    } else if has("Android") {
        System::Android
    } else if has("Windows") {
        System::Windows
    } else if has("Macintosh") {
        System::Mac
    } else if has("Linux") || has("CrOS") {
        System::Linux
    } else {
        System::Other
    }
}

fn kind(ua: &str, system: System, mobile: Option<bool>) -> DeviceKind {
    match system {
        System::Ios if ua.contains("iPhone") || ua.contains("iPod") => DeviceKind::Phone,
        System::Ios => DeviceKind::Tablet,
        System::Android if mobile.unwrap_or_else(|| ua.contains("Mobile")) => DeviceKind::Phone,
        System::Android => DeviceKind::Tablet,
        _ => DeviceKind::Desktop,
    }
}

fn browser(ua: &str) -> (Family, &'static str, &str) {
    BROWSERS
        .iter()
        .find_map(|&(token, family, name)| Some((family, name, number_after(ua, token)?)))
        .unwrap_or((Family::Other, "Browser", ""))
}

/// The version number right behind `token`, cut to two parts.
fn number_after<'a>(ua: &'a str, token: &str) -> Option<&'a str> {
    let rest = &ua[ua.find(token)? + token.len()..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_')
        .unwrap_or(rest.len());
    Some(two_parts(&rest[..end]))
}

fn two_parts(version: &str) -> &str {
    let dots = version.match_indices(['.', '_']).nth(1);
    dots.map_or(version, |(at, _)| &version[..at])
}

fn hinted_version(brands: &[(String, String)], family: Family) -> Option<&str> {
    let wanted = match family {
        Family::Chrome => ["Google Chrome", "Chromium"],
        Family::Edge => ["Microsoft Edge", "Microsoft Edge"],
        Family::Samsung => ["Samsung Internet", "Samsung Internet"],
        Family::Safari | Family::Firefox | Family::Other => return None,
    };
    let find = |name: &str| brands.iter().find(|(brand, _)| brand == name);
    find(wanted[0])
        .or_else(|| find(wanted[1]))
        .map(|(_, version)| two_parts(version))
}

fn system_words(ua: &str, system: System, hinted: Option<&str>) -> String {
    let (name, in_ua) = match system {
        // Safari says the system's version with underscores, and on new systems only in its own version.
        System::Ios => (
            "iOS",
            number_after(ua, "Version/")
                .or_else(|| number_after(ua, "OS "))
                .unwrap_or(""),
        ),
        System::Android => ("Android", number_after(ua, "Android ").unwrap_or("")),
        System::Windows => ("Windows", ""),
        System::Mac => ("macOS", ""),
        System::Linux => ("Linux", ""),
        System::Other => ("Unknown system", ""),
    };
    // Windows and macOS freeze the number in the user agent, and Chromium freezes Android's: hints are better.
    let version = match (system, hinted) {
        (System::Android | System::Mac, Some(hinted)) if !hinted.is_empty() => hinted.split('.').next().unwrap_or(""),
        (System::Windows, Some(hinted)) => windows(hinted),
        _ => in_ua,
    };
    let version = version.replace('_', ".");
    if version.is_empty() {
        name.to_owned()
    } else {
        [name, " ", &version].concat()
    }
}

/// Windows counts its platform version in steps of its own: 13 and above is Windows 11.
fn windows(hinted: &str) -> &'static str {
    match hinted.split('.').next().and_then(|major| major.parse::<u32>().ok()) {
        Some(13..) => "11",
        Some(1..) => "10",
        _ => "",
    }
}

fn short(text: &str) -> String {
    text.chars().take(limit::DEVICE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::{Clues, Detected, Family, InApp, System, detect, menus_of};
    use crate::session::DeviceKind;

    const WEB_VIEW: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
    const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
    const IPAD: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
    const PIXEL: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
    const GALAXY: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36";
    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
    const EDGE: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0";

    fn seen(user_agent: &str) -> Detected {
        detect(&Clues {
            user_agent: user_agent.to_owned(),
            ..Clues::default()
        })
    }

    fn words(detected: &Detected) -> [&str; 3] {
        let device = &detected.device;
        [&device.system, &device.browser, &device.version]
    }

    #[test]
    fn phones_are_told_with_system_browser_and_version() {
        for (ua, kind, system, family, expected) in [
            (
                IPHONE,
                DeviceKind::Phone,
                System::Ios,
                Family::Safari,
                ["iOS 26.1", "Safari", "26.1"],
            ),
            (
                PIXEL,
                DeviceKind::Phone,
                System::Android,
                Family::Chrome,
                ["Android 10", "Chrome", "156.0"],
            ),
            (
                GALAXY,
                DeviceKind::Phone,
                System::Android,
                Family::Samsung,
                ["Android 10", "Samsung Internet", "29.0"],
            ),
            (
                FIREFOX,
                DeviceKind::Desktop,
                System::Linux,
                Family::Firefox,
                ["Linux", "Firefox", "153.0"],
            ),
            (
                EDGE,
                DeviceKind::Desktop,
                System::Windows,
                Family::Edge,
                ["Windows", "Edge", "156.0"],
            ),
        ] {
            let seen = seen(ua);
            assert_eq!(
                (seen.device.kind, seen.system, seen.family),
                (kind, system, family),
                "{ua}"
            );
            assert_eq!(words(&seen), expected, "{ua}");
            assert_eq!(seen.in_app, None, "{ua}");
            assert_eq!(menus_of(&seen.device), (family, system), "{ua}");
        }
    }

    #[test]
    fn an_ipad_is_not_taken_for_the_mac_that_it_claims_to_be() {
        let seen = |touch_points| {
            let detected = detect(&Clues {
                user_agent: IPAD.to_owned(),
                touch_points,
                ..Clues::default()
            });
            (detected.system, detected.device.kind)
        };
        assert_eq!(seen(5), (System::Ios, DeviceKind::Tablet));
        assert_eq!(seen(0), (System::Mac, DeviceKind::Desktop));
    }

    #[test]
    fn hints_of_chromium_are_better_than_its_frozen_user_agent() {
        let detected = detect(&Clues {
            user_agent: PIXEL.to_owned(),
            mobile: Some(true),
            platform_version: Some("16.0.0".to_owned()),
            brands: vec![
                ("Not A Brand".to_owned(), "8.0.0.0".to_owned()),
                ("Google Chrome".to_owned(), "156.0.7101.22".to_owned()),
            ],
            ..Clues::default()
        });
        assert_eq!(words(&detected), ["Android 16", "Chrome", "156.0"]);
    }

    #[test]
    fn windows_eleven_is_told_by_its_hint() {
        let told = |hint: &str| {
            detect(&Clues {
                user_agent: EDGE.to_owned(),
                platform_version: Some(hint.to_owned()),
                ..Clues::default()
            })
            .device
            .system
        };
        assert_eq!(told("15.0.0"), "Windows 11");
        assert_eq!(told("10.0.0"), "Windows 10");
        assert_eq!(told("0.3.0"), "Windows");
    }

    #[test]
    fn apps_that_show_pages_are_recognised() {
        let android = |token: &str| PIXEL.replace("K)", "K; wv)") + token;
        for (ua, app) in [
            (IPHONE.to_owned() + " [FBAN/FBIOS;FBAV/450.0]", InApp::Facebook),
            (IPHONE.to_owned() + " Instagram 445.0", InApp::Instagram),
            (android(" [FB_IAB/FB4A]"), InApp::Facebook),
            (android(" musical_ly_33"), InApp::TikTok),
            (android(""), InApp::Other),
            (WEB_VIEW.to_owned(), InApp::Other),
        ] {
            assert_eq!(seen(&ua).in_app, Some(app), "{ua}");
        }
        let on_the_home_screen = Clues {
            user_agent: WEB_VIEW.to_owned(),
            standalone: true,
            ..Clues::default()
        };
        assert_eq!(detect(&on_the_home_screen).in_app, None);
    }

    #[test]
    fn nonsense_is_an_unknown_browser_and_words_stay_short() {
        for ua in ["", "curl/8", "Version/", "Android ÄÖÜ", "Chrome/"] {
            let seen = seen(ua);
            assert!(
                words(&seen)
                    .iter()
                    .all(|word| word.chars().count() <= crate::limit::DEVICE_CHARS)
            );
        }
        let long = "Version/".to_owned() + &"9".repeat(500);
        assert!(seen(&long).device.version.len() <= crate::limit::DEVICE_CHARS);
    }
}
