//! Every number that bounds something, with the reason.

use core::time::Duration;

/// Most characters of the words beside a rating's stars.
pub const RATING_CHARS: usize = 1000;
/// Most characters of the agents' notes about a session: five pages.
pub const NOTES_CHARS: usize = 10_000;
/// Most characters of a reported problem.
pub const PROBLEM_CHARS: usize = 2000;
/// Most characters of what a session is looked for by.
pub const FIND_CHARS: usize = 100;
/// Longest display name in characters.
pub const NAME_CHARS: usize = 60;
/// Longest name of an organisation in characters.
pub const COMPANY_CHARS: usize = 80;
/// Longest case id in characters.
pub const CASE_ID_CHARS: usize = 64;
/// Longest device word (browser, version, system) in characters.
pub const DEVICE_CHARS: usize = 40;
/// Most agents in one session at once (features X6, S0.5).
pub const AGENTS: usize = 3;
/// Most guests in one session at once (features X6).
pub const GUESTS: usize = 4;
/// Most viewers in one session at once (features X6).
pub const VIEWERS: usize = 5;
/// Most people waiting at the door at once, so that knocking cannot fill a session.
pub const KNOCKERS: usize = 5;
/// Most people one session remembers, those who left or were declined included, so that a log cannot grow by knocking.
pub const PEOPLE: usize = 64;
/// Most invitations one session keeps, so that a log cannot grow by resending.
pub const INVITATIONS: usize = 20;
/// Longest text frame a browser or the relay accepts, in bytes: an SDP with many candidates is about 8 KiB.
pub const FRAME_BYTES: usize = 64 * 1024;
/// Longest session description in bytes.
pub const SDP_BYTES: usize = 48 * 1024;
/// Longest ICE candidate line in bytes.
pub const CANDIDATE_BYTES: usize = 1024;
/// Most points of one drawn path: 30 s of drawing at the screen's rate, thinned out; about 24 KB as JSON, so it fits a frame.
pub const PATH_POINTS: usize = 2000;
/// Longest text written into a picture, in characters: one line of a phone's width at the smallest size.
pub const MARK_TEXT_CHARS: usize = 80;
/// The highest numbered marker: more than that nobody follows, and it keeps to three digits.
pub const MARK_NUMBER: u16 = 999;
/// How long a finished stroke on live video stays before it fades (screens.md, "Annotation behaviour").
pub const INK_HOLD: Duration = Duration::from_millis(3000);
/// How long it takes to fade.
pub const INK_FADE: Duration = Duration::from_millis(600);
/// Strokes on live video that one browser paints at once; more push out the oldest.
pub const LIVE_STROKES: usize = 256;
/// How often somebody whose finger or mouse rests says so, so that what they point at stays.
pub const INK_REPEAT: Duration = Duration::from_secs(1);
/// How long a resting mouse is still shown to the others: a forgotten one must not cover the picture.
pub const POINTER_REST: Duration = Duration::from_secs(3);
/// A pointer that has said nothing for this long is gone: its owner's page may have died.
pub const POINTER_SILENCE: Duration = Duration::from_secs(2);
/// How long a name tag stays at the start of a new stroke.
pub const NAME_TAG: Duration = Duration::from_secs(2);
/// How long "End" can be taken back.
pub const END_UNDO: Duration = Duration::from_secs(5);
/// How long an ended session can be rejoined, and how long an empty seat is kept (features X3).
pub const REJOIN: Duration = Duration::from_secs(15 * 60);
/// How long a call rings before it counts as not answered.
pub const RING: Duration = Duration::from_secs(60);
/// How long a knock stays at the door after the knocker's browser has gone.
pub const KNOCK_KEPT: Duration = Duration::from_secs(60);
/// How long a PIN can be used before the session gets a new one.
pub const PIN_LIFE: Duration = Duration::from_secs(10 * 60);
/// Wrong PINs one address may type before it must wait.
pub const PIN_MISSES: u32 = 5;
/// Declined knocks that retire a PIN.
pub const PIN_DECLINES: u32 = 5;
/// A session nobody came to or came back to is closed after this.
pub const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Most files one session keeps, deleted ones included.
pub const FILES: usize = 300;
/// Most visible marks on one picture.
pub const MARKS: usize = 500;
/// Most bytes of one file that any administrator may allow (features S3.14).
pub const FILE_BYTES: u64 = 1 << 30;
/// Longest name of a document in characters.
pub const FILE_NAME_CHARS: usize = 120;
/// Messages at hand in a snapshot; older ones stay in the log.
pub const MESSAGES: usize = 500;
/// Longest message in characters.
pub const MESSAGE_CHARS: usize = 2000;
/// Longest "please take a photo of …" in characters.
pub const PHOTO_ASK_CHARS: usize = 120;
/// How long a deletion or a clearing can be taken back: six seconds on the screen, and two on the way.
pub const UNDO_KEPT: Duration = Duration::from_secs(8);

/// Most bytes of an upload that one request carries.
pub const CHUNK_BYTES: u64 = 1024 * 1024;
/// Most bytes of a file's small first picture, as it is sent.
pub const PREVIEW_BYTES: usize = 64 * 1024;
/// Most bytes with which a page measures its connection at once.
pub const PROBE_BYTES: usize = 64 * 1024;

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing is left after trimming.
    Empty,
    /// More characters than allowed.
    TooLong,
}

/// Trims `text`, turns runs of white space and control characters into one blank, and checks its length in characters.
///
/// # Errors
/// [`TextFault::Empty`] or [`TextFault::TooLong`]; the text is never cut silently.
pub fn clean(text: &str, most_chars: usize) -> Result<String, TextFault> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let mut cleaned = String::with_capacity(text.len().min(most_chars * 4));
    for word in words.filter(|word| !word.is_empty()) {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.push_str(word);
    }
    match cleaned.chars().count() {
        0 => Err(TextFault::Empty),
        n if n > most_chars => Err(TextFault::TooLong),
        _ => Ok(cleaned),
    }
}

/// Like [`clean`], but lines stay lines: each is cleaned, and more than one empty line in a row becomes one.
///
/// # Errors
/// [`TextFault::Empty`] or [`TextFault::TooLong`]; the text is never cut silently.
pub fn clean_lines(text: &str, most_chars: usize) -> Result<String, TextFault> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = match clean(line, usize::MAX / 8) {
            Ok(line) => line,
            Err(TextFault::Empty) if lines.last().is_none_or(String::is_empty) => continue,
            Err(_) => String::new(),
        };
        lines.push(line);
    }
    let cleaned = lines.join("\n");
    let cleaned = cleaned.trim_end();
    match cleaned.chars().count() {
        0 => Err(TextFault::Empty),
        n if n > most_chars => Err(TextFault::TooLong),
        _ => Ok(cleaned.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{TextFault, clean, clean_lines};

    #[test]
    fn lines_stay_lines() {
        assert_eq!(clean_lines("\n a  b \r\n\n\n\u{7}c\n\n", 20), Ok("a b\n\nc".to_owned()));
        assert_eq!(clean_lines(" \n\n", 20), Err(TextFault::Empty));
        assert_eq!(clean_lines("ab\ncd", 4), Err(TextFault::TooLong));
    }

    #[test]
    fn blanks_collapse_and_control_characters_go() {
        assert_eq!(
            clean("  Ana\t\r\n María\u{0}\u{1b}[31m ", 20),
            Ok("Ana María [31m".to_owned())
        );
    }

    #[test]
    fn nothing_is_not_a_text() {
        for text in ["", " \n", "\u{7}\u{0}"] {
            assert_eq!(clean(text, 5), Err(TextFault::Empty));
        }
    }

    #[test]
    fn length_counts_characters_and_nothing_is_cut() {
        assert_eq!(clean("ééééé", 5), Ok("ééééé".to_owned()));
        assert_eq!(clean("éééééé", 5), Err(TextFault::TooLong));
        assert_eq!(
            clean("a     b", 3),
            Ok("a b".to_owned()),
            "length is that of the cleaned text"
        );
    }
}
