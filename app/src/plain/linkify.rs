//! Addresses in what people write become links, but only plain ones: what can be pressed is exactly what can be read.
//!
//! Not a link, and left as text: any scheme but http and https, a name or password before the host (`https://bank@evil`),
//! hosts that are not plain ASCII (letters of other scripts that look the same), backslashes (browsers read them as
//! slashes). Invisible and direction-changing characters end an address, and so does the punctuation of Chinese and Japanese,
//! which no blank follows.

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// An address: where it leads is what it says.
    Link(&'a str),
}

/// Cuts a text into its pieces, in order and without loss.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(start) = next_scheme(text, at) {
        let end = start + address_length(&text[start..]);
        if is_plain(&text[start..end]) {
            if done < start {
                pieces.push(Piece::Text(&text[done..start]));
            }
            pieces.push(Piece::Link(&text[start..end]));
            done = end;
        }
        // Past the whole run, so that the tail of a refused address cannot become a link of its own.
        at = start + run_length(&text[start..]).max(1);
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// Where the next `http://` or `https://` stands that does not continue a word in Latin letters. Scripts without blanks put
/// an address right after a letter.
fn next_scheme(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| {
        let after_word = text.get(..at).is_some_and(|before| {
            let last = before.chars().next_back();
            last.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '+' | '-' | '.' | '_'))
        });
        !after_word && scheme_length(&bytes[at..]).is_some()
    })
}

fn scheme_length(bytes: &[u8]) -> Option<usize> {
    let starts = |scheme: &[u8]| {
        bytes
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    [&b"https://"[..], b"http://"]
        .into_iter()
        .find(|scheme| starts(scheme))
        .map(<[u8]>::len)
}

/// Characters that are no part of any address, or that would let it show something else than it is.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '`' | '“' | '”' | '„' | '«' | '»' | '‘' | '’')
        || matches!(c, '\u{3001}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn run_length(text: &str) -> usize {
    text.find(ends_address).unwrap_or(text.len())
}

/// Without the punctuation of the sentence around it. A closing bracket stays if the address opened it.
fn address_length(text: &str) -> usize {
    let mut address = &text[..run_length(text)];
    while let Some(last) = address.chars().next_back() {
        let open = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '…' => '\0',
            _ => break,
        };
        let count = |wanted: char| address.chars().filter(|c| *c == wanted).count();
        if open != '\0' && count(open) >= count(last) {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

fn is_plain(address: &str) -> bool {
    let Some(rest) = scheme_length(address.as_bytes()).and_then(|length| address.get(length..)) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let labels_fit = host.split('.').all(|label| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !label.is_empty() && label.bytes().all(fits) && !label.starts_with('-') && !label.ends_with('-')
    });
    labels_fit && port.parse::<u16>().is_ok() && !address.contains('\\')
}
