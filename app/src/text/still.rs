//! Looking at a picture together, on both sides.

pub const SCREEN: &str = "Paused picture";
/// What a customer reads above a frozen picture.
pub const GOES_ON: &str = "Paused picture. The video goes on in the small box.";
pub const TAKING: &str = "Taking the picture…";
pub const COMING: &str = "The picture is coming…";
pub const SHARPENING: &str = "The sharp picture is coming…";
pub const YOU: &str = "You";
pub const BACK_TO_LIVE: &str = "Back to the live video.";

// Tools
pub const TOOLS: &str = "Drawing tools";
pub const DRAW: &str = "Draw";
pub const ARROW: &str = "Arrow";
pub const CIRCLE: &str = "Circle";
pub const BOX: &str = "Rectangle";
pub const ELLIPSE: &str = "Ellipse";
pub const TEXT: &str = "Text";
pub const NUMBER: &str = "Number";
pub const HIGHLIGHT: &str = "Highlighter";
pub const BLUR: &str = "Blur";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const UNDO_ALL: &str = "Undo all";
pub const CLEAR: &str = "Clear everyone's";
pub const DELETE: &str = "Delete";
pub const SEND: &str = "Send";
pub const SEND_TO_CHAT: &str = "Send to chat";
pub const CLOSE: &str = "Close";
pub const LARGER: &str = "Zoom in";
pub const SMALLER: &str = "Zoom out";
pub const WHOLE: &str = "Whole picture";
pub const WORDS: &str = "Words on the picture";

// What can be taken back
pub const DELETED: &str = "Picture deleted.";
pub const CLEARED: &str = "All marks cleared.";
pub const UNDO_DELETE: &str = "Undo delete";
pub const UNDO_CLEAR: &str = "Undo clear";

// The list of pictures
pub const PICTURES: &str = "Pictures";
pub const NO_PICTURES: &str = "No pictures yet.";
pub const SAVE: &str = "Save";

/// Shortcuts while a picture is open.
pub const KEYS: [(&str, &str); 6] = [
    ("Ctrl or ⌘ + Z", "Undo my last mark"),
    ("Ctrl or ⌘ + Shift + Z", "Redo"),
    ("Ctrl or ⌘ + Backspace", "Undo all my marks"),
    ("D, A, B, E", "Draw, arrow, rectangle, ellipse (picture in focus)"),
    ("T, N, H, X", "Text, number, highlighter, blur"),
    ("Arrow keys, Enter", "Move the pointer by 1 %, mark there"),
];

/// "Picture 3".
pub fn picture(number: usize) -> String {
    ["Picture ", &number.to_string()].concat()
}

/// "Picture 3 with 2 marks by Ana and 1 by you". The counts come with the names of their people.
pub fn described(number: usize, counts: &[(String, usize)]) -> String {
    let mut text = picture(number);
    for (index, (name, count)) in counts.iter().enumerate() {
        let (before, marks) = match (index, count) {
            (0, 1) => (" with ", " mark by "),
            (0, _) => (" with ", " marks by "),
            (last, _) if last + 1 == counts.len() => (" and ", " by "),
            _ => (", ", " by "),
        };
        text.extend([before, &count.to_string(), marks, name]);
    }
    text
}

/// Me, inside of a sentence.
pub const BY_YOU: &str = "you";

/// Said when a picture opens that somebody else has taken.
pub fn taken(name: &str) -> String {
    [name, " took a picture. It is open for everybody."].concat()
}

/// Said when a picture opens.
pub fn opened(number: usize) -> String {
    [&picture(number), " is open for everybody."].concat()
}

/// A picture's name as a file.
pub fn file_name(number: usize) -> String {
    ["picture-", &number.to_string(), ".jpg"].concat()
}

/// Opens one picture for everybody.
pub fn open(described: &str) -> String {
    ["Open ", described].concat()
}

/// Saves one picture.
pub fn save(number: usize) -> String {
    [SAVE, " ", &picture(number).to_ascii_lowercase()].concat()
}
