//! Text to values.

use super::{Fault, Json};

/// Deeper nesting than any message has; a hostile text must not exhaust the stack.
const DEEPEST: u8 = 32;

/// Parses one value and nothing after it.
pub(super) fn parse(text: &str) -> Result<Json, Fault> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(Fault),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.take(byte) { Ok(()) } else { Err(Fault) }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Fault> {
        match self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            true => {
                self.at += word.len();
                Ok(value)
            }
            false => Err(Fault),
        }
    }

    fn value(&mut self, depth: u8) -> Result<Json, Fault> {
        if depth > DEEPEST {
            return Err(Fault);
        }
        match self.peek().ok_or(Fault)? {
            b'{' => self.map(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn map(&mut self, depth: u8) -> Result<Json, Fault> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.take(b'}') {
            return Ok(Json::Map(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(Fault);
            }
            let key = self.string()?;
            self.expect(b':')?;
            entries.push((key, self.value(depth + 1)?));
            if !self.take(b',') {
                self.expect(b'}')?;
                return Ok(Json::Map(entries));
            }
        }
    }

    fn list(&mut self, depth: u8) -> Result<Json, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.take(b',') {
                self.expect(b']')?;
                return Ok(Json::List(items));
            }
        }
    }

    /// Starts at the opening quote.
    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..).ok_or(Fault)?;
            let plain = rest
                .bytes()
                .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
                .count();
            string.push_str(&rest[..plain]);
            self.at += plain + 1;
            match rest.as_bytes().get(plain) {
                Some(b'"') => return Ok(string),
                Some(b'\\') => string.push(self.escape()?),
                _ => return Err(Fault),
            }
        }
    }

    /// Starts behind the backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let byte = *self.text.as_bytes().get(self.at).ok_or(Fault)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(Fault),
        })
    }

    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self.hex()?;
        let code = if (0xD800..0xDC00).contains(&first) {
            if !self.text[self.at..].starts_with("\\u") {
                return Err(Fault);
            }
            self.at += 2;
            let second = self
                .hex()?
                .checked_sub(0xDC00)
                .filter(|low| *low < 0x400)
                .ok_or(Fault)?;
            0x10000 + ((first - 0xD800) << 10) + second
        } else {
            first
        };
        char::from_u32(code).ok_or(Fault)
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Fault)?;
        self.at += 4;
        digits
            .chars()
            .try_fold(0, |code, digit| Some(code * 16 + digit.to_digit(16)?))
            .ok_or(Fault)
    }

    /// Whole numbers are exact. Others are read as a whole number and a power of ten, which is exact for as many digits
    /// as a zoom or a loss has.
    fn number(&mut self) -> Result<Json, Fault> {
        let negative = self.take(b'-');
        let sign = if negative { -1 } else { 1 };
        let (whole, digits) = self.digits(0)?;
        if digits == 0 {
            return Err(Fault);
        }
        let mut mantissa = whole;
        let mut power = 0;
        let bytes = self.text.as_bytes();
        let fraction = bytes.get(self.at) == Some(&b'.');
        if fraction {
            self.at += 1;
            let (with_fraction, digits) = self.digits(whole)?;
            mantissa = with_fraction;
            power -= digits;
        }
        let exponent = matches!(bytes.get(self.at), Some(b'e' | b'E'));
        if exponent {
            self.at += 1;
            let down = bytes.get(self.at) == Some(&b'-');
            self.at += usize::from(down || bytes.get(self.at) == Some(&b'+'));
            let (raised, _) = self.digits(0)?;
            let raised = i32::try_from(raised).map_err(|_| Fault)?;
            power += if down { -raised } else { raised };
        }
        if !fraction && !exponent {
            return Ok(Json::Int(sign * mantissa));
        }
        let scale = 10_f64.powi(power.abs());
        let size = mantissa as f64;
        let size = if power < 0 { size / scale } else { size * scale };
        Ok(Json::Float(if negative { -size } else { size }))
    }

    /// Appends digits to `number`, and how many; more than 18 in all are too much.
    fn digits(&mut self, mut number: i64) -> Result<(i64, i32), Fault> {
        let mut count = 0;
        while let Some(digit) = self.text.as_bytes().get(self.at).filter(|byte| byte.is_ascii_digit()) {
            number = number
                .checked_mul(10)
                .and_then(|number| number.checked_add(i64::from(digit - b'0')))
                .ok_or(Fault)?;
            self.at += 1;
            count += 1;
        }
        Ok((number, count))
    }
}
