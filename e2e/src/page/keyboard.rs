//! Going through a page with nothing but the keyboard.

use super::Page;

// WebDriver's names of keys: those that are held, and those that are pressed.
pub const SHIFT: char = '\u{e008}';
pub const CONTROL: char = '\u{e009}';
pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";
pub const ESCAPE: &str = "\u{e00c}";
pub const UP: &str = "\u{e013}";
pub const RIGHT: &str = "\u{e014}";
pub const DOWN: &str = "\u{e015}";

/// Marks what has the focus as reached, and says whether it had been reached before and whether it shows the focus.
const NOTE: &str = r#"
const place = document.activeElement;
const known = farhandReached.has(place);
farhandReached.add(place);
const marked = (element) => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
};
// A radio button is drawn by its label.
const label = place.closest("label");
return {
  known,
  start: place === document.body,
  group: place.type !== "radio" && place.closest("[role=toolbar], [role=tablist]") !== null,
  shown: marked(place) || (label !== null && marked(label)),
  name: `${roleOf(place)} "${nameOf(place)}"`,
};
"#;

/// What can be used now and was not reached. Of radio buttons that belong together one is enough: arrows do the rest.
const MISSED: &str = r#"
const usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
const groups = new Set(usable.filter((each) => farhandReached.has(each) && each.type === "radio").map((each) => each.name));
return usable
  .filter((each) => perceivable(each) && !each.matches(":disabled") && each.type !== "hidden")
  .filter((each) => !farhandReached.has(each) && !(each.type === "radio" && groups.has(each.name)))
  .map((each) => `${roleOf(each)} "${nameOf(each)}"`);
"#;

/// The name of what has the focus.
const HERE: &str = "return document.activeElement === document.body ? '' : nameOf(document.activeElement);";

/// Forgets earlier walks, and goes to the page's start: going along tabs makes their panel anew, so what comes after them
/// must not have been reached before. An open dialog keeps the focus, and has no tabs.
const BEGIN: &str = r#"
window.farhandReached = new WeakSet();
if (!document.querySelector("dialog:modal")) {
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute("tabindex");
}
return true;
"#;

/// No page has more stops.
const MOST: usize = 150;

#[derive(Debug, serde::Deserialize)]
struct Stop {
    /// It was here before.
    known: bool,
    /// Nothing has the focus: between the page's end and its start.
    start: bool,
    /// Arrows lead on inside of a toolbar and from tab to tab.
    group: bool,
    shown: bool,
    name: String,
}

impl Page {
    /// Goes on with Tab until what has this name has the focus.
    pub async fn tabs_to(&self, name: &str) {
        for _ in 0..MOST {
            self.keys(TAB).await;
            let here: String = self.waits_for("the focus", HERE, vec![]).await;
            if here == name {
                return;
            }
        }
        panic!("{}'s Tab key does not lead to \"{name}\"", self.who());
    }

    /// Asserts that Tab, and arrows inside of toolbars and tab lists, lead to everything that can be used now, and that each stop shows
    /// that it has the focus.
    pub async fn is_walkable(&self, screen: &str) {
        self.waits_for::<bool>("the page", BEGIN, vec![]).await;
        let mut unseen = Vec::new();
        for _ in 0..MOST {
            self.keys(TAB).await;
            let stop = self.stop().await;
            if stop.start {
                continue;
            }
            if stop.known {
                break;
            }
            if stop.group {
                unseen.extend(self.walks_along().await);
            }
            if !stop.shown {
                unseen.push(stop.name);
            }
        }
        let missed: Vec<String> = self.try_script(MISSED, vec![]).await.unwrap_or_default();
        let who = self.who();
        assert!(
            missed.is_empty(),
            "{who}'s keyboard does not reach on \"{screen}\": {missed:#?}"
        );
        assert!(
            unseen.is_empty(),
            "on \"{screen}\" these do not show {who}'s focus: {unseen:#?}"
        );
    }

    /// Once along a toolbar or the tabs and back to where it began; what did not show the focus.
    async fn walks_along(&self) -> Vec<String> {
        let mut unseen = Vec::new();
        for _ in 0..MOST {
            self.keys(RIGHT).await;
            let stop = self.stop().await;
            if stop.known {
                break;
            }
            if !stop.shown {
                unseen.push(stop.name);
            }
        }
        unseen
    }

    async fn stop(&self) -> Stop {
        self.waits_for("the focus", NOTE, vec![]).await
    }
}
