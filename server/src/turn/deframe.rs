//! Cuts a TCP byte stream into STUN messages and ChannelData (RFC 8656 §12.5, RFC 8489 §6.2.2). No I/O.
//!
//! | first two bits | frame | length on the wire |
//! |---|---|---|
//! | `00` | STUN message | 20 + its length field, a multiple of 4 |
//! | `01` | ChannelData | 4 + its length field, padded to a multiple of 4 |
//! | other | none: the stream is not TURN | |
//!
//! There is no way to find the next frame after a wrong one, so every error is final and the connection ends. Memory is
//! bounded: [`Deframer::push`] takes no more than the room that one frame and one read need, and says how much it took.

const HEADER: usize = 4;
const STUN_HEADER: usize = 20;
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];

/// Longest frame, in bytes with its padding. Browsers send no datagram above 1500 bytes through a relay.
pub const MAX_FRAME: usize = 4096;

/// Most bytes that are ever held: one incomplete frame and one read.
pub const MAX_BUFFERED: usize = 4 * MAX_FRAME;

/// One message as it would have arrived in a UDP datagram: ChannelData without the padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    Stun(Vec<u8>),
    ChannelData(Vec<u8>),
}

impl Frame {
    /// The bytes, header included.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Stun(bytes) | Self::ChannelData(bytes) => bytes,
        }
    }

    /// The bytes, header included, without copying them.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Stun(bytes) | Self::ChannelData(bytes) => bytes,
        }
    }
}

/// Why a stream is not TURN, or not one we take. The stream is of no use afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeframeError {
    #[error("neither STUN nor ChannelData")]
    NotTurn,
    #[error("a STUN message without the magic cookie")]
    NoMagicCookie,
    #[error("a STUN length that is no multiple of four")]
    UnalignedStun,
    #[error("a frame of {0} bytes, more than {MAX_FRAME}")]
    TooLong(usize),
}

/// What [`Deframer`] holds: bytes that came and were not yet cut.
#[derive(Debug, Default)]
pub struct Deframer {
    buffer: Vec<u8>,
    /// How many bytes at the front of `buffer` are already cut.
    cut: usize,
    failed: Option<DeframeError>,
}

impl Deframer {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes and returns how many; fewer than given when [`MAX_BUFFERED`] is reached, and then [`Self::next`] must
    /// be called before the rest is offered again.
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        if self.failed.is_some() {
            return bytes.len();
        }
        if self.cut > 0 {
            self.buffer.drain(..self.cut);
            self.cut = 0;
        }
        let room = MAX_BUFFERED - self.buffer.len();
        let taken = room.min(bytes.len());
        self.buffer.extend_from_slice(&bytes[..taken]);
        taken
    }

    /// The next whole frame, or `None` until more bytes come.
    ///
    /// # Errors
    /// [`DeframeError`] once the stream is not TURN; the same error forever after.
    #[allow(clippy::should_implement_trait)] // an iterator would end at the first `None`
    pub fn next(&mut self) -> Result<Option<Frame>, DeframeError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        match cut(&self.buffer[self.cut..]) {
            Ok(Some((frame, length))) => {
                self.cut += length;
                Ok(Some(frame))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                self.failed = Some(error);
                self.buffer = Vec::new();
                self.cut = 0;
                Err(error)
            }
        }
    }

    /// How many bytes wait for the rest of their frame.
    pub fn buffered(&self) -> usize {
        self.buffer.len() - self.cut
    }
}

/// The frame at the front of `bytes` and its length on the wire.
fn cut(bytes: &[u8]) -> Result<Option<(Frame, usize)>, DeframeError> {
    let Some(&first) = bytes.first() else {
        return Ok(None);
    };
    let is_stun = match first >> 6 {
        0b00 => true,
        0b01 => false,
        _ => return Err(DeframeError::NotTurn),
    };
    let Some(header) = bytes.first_chunk::<HEADER>() else {
        return Ok(None);
    };
    let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
    if is_stun {
        cut_stun(bytes, length)
    } else {
        cut_channel_data(bytes, length)
    }
}

fn cut_stun(bytes: &[u8], length: usize) -> Result<Option<(Frame, usize)>, DeframeError> {
    if !length.is_multiple_of(4) {
        return Err(DeframeError::UnalignedStun);
    }
    let whole = checked(STUN_HEADER + length)?;
    if let Some(cookie) = bytes.get(4..8)
        && cookie != MAGIC_COOKIE
    {
        return Err(DeframeError::NoMagicCookie);
    }
    Ok(bytes.get(..whole).map(|message| (Frame::Stun(message.to_vec()), whole)))
}

fn cut_channel_data(bytes: &[u8], length: usize) -> Result<Option<(Frame, usize)>, DeframeError> {
    let whole = checked((HEADER + length).next_multiple_of(4))?;
    Ok(bytes.get(..whole).map(|message| {
        let unpadded = message[..HEADER + length].to_vec();
        (Frame::ChannelData(unpadded), whole)
    }))
}

fn checked(length: usize) -> Result<usize, DeframeError> {
    if length > MAX_FRAME {
        return Err(DeframeError::TooLong(length));
    }
    Ok(length)
}

/// Appends one message to bytes for the stream: ChannelData gets its padding, STUN is aligned already.
pub fn append_frame(out: &mut Vec<u8>, message: &[u8]) {
    out.extend_from_slice(message);
    let padding = message.len().next_multiple_of(4) - message.len();
    out.extend_from_slice(&[0; 3][..padding]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stun(attributes: &[u8]) -> Vec<u8> {
        let mut message = vec![0, 1];
        message.extend(u16::try_from(attributes.len()).unwrap().to_be_bytes());
        message.extend(MAGIC_COOKIE);
        message.extend([7; 12]);
        message.extend(attributes);
        message
    }

    fn channel_data(data: &[u8]) -> Vec<u8> {
        let mut message = vec![0x40, 0x01];
        message.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        message.extend(data);
        message
    }

    /// Feeds chunks of the given sizes (in turn) as a connection would, and collects until the end or an error.
    fn run(stream: &[u8], sizes: &[usize]) -> (Vec<Frame>, Option<DeframeError>) {
        let mut deframer = Deframer::new();
        let mut frames = Vec::new();
        let mut rest = stream;
        let mut sizes = sizes.iter().copied().cycle();
        while !rest.is_empty() {
            let size = sizes.next().unwrap_or(usize::MAX).clamp(1, rest.len());
            let taken = deframer.push(&rest[..size]);
            rest = &rest[taken..];
            assert!(deframer.buffered() <= MAX_BUFFERED);
            assert!(deframer.buffer.capacity() <= 2 * MAX_BUFFERED);
            let before = frames.len();
            loop {
                match deframer.next() {
                    Ok(Some(frame)) => frames.push(frame),
                    Ok(None) => break,
                    Err(error) => return (frames, Some(error)),
                }
            }
            assert!(taken > 0 || frames.len() > before, "no progress");
        }
        (frames, None)
    }

    fn frame() -> impl Strategy<Value = Frame> {
        let bytes = |max| proptest::collection::vec(any::<u8>(), 0..max);
        prop_oneof![
            bytes(1600).prop_map(|data| Frame::ChannelData(channel_data(&data))),
            bytes(200).prop_map(|mut value| {
                value.truncate(value.len() / 4 * 4);
                Frame::Stun(stun(&value))
            }),
        ]
    }

    proptest! {
        #[test]
        fn any_split_of_any_frames_gives_the_same_frames(
            frames in proptest::collection::vec(frame(), 0..20),
            sizes in proptest::collection::vec(1usize..3000, 1..8),
        ) {
            let mut stream = Vec::new();
            for frame in &frames {
                append_frame(&mut stream, frame.bytes());
            }
            prop_assert_eq!(stream.len() % 4, 0);
            prop_assert_eq!(run(&stream, &sizes), (frames, None));
        }

        #[test]
        fn garbage_never_panics_and_never_grows(
            bytes in proptest::collection::vec(any::<u8>(), 0..20_000),
            sizes in proptest::collection::vec(1usize..5000, 1..4),
        ) {
            run(&bytes, &sizes);
        }

        #[test]
        fn garbage_that_starts_like_turn_never_panics_and_never_grows(
            first in prop_oneof![Just(0x00u8), Just(0x40u8)],
            bytes in proptest::collection::vec(any::<u8>(), 0..20_000),
            sizes in proptest::collection::vec(1usize..5000, 1..4),
        ) {
            let mut stream = vec![first, 1];
            stream.extend(bytes);
            run(&stream, &sizes);
        }
    }

    #[test]
    fn padding_is_stripped_from_channel_data_of_every_remainder() {
        for length in 0..9 {
            let message = channel_data(&vec![0xee; length]);
            let mut stream = Vec::new();
            append_frame(&mut stream, &message);
            append_frame(&mut stream, &stun(&[]));
            let expected = vec![Frame::ChannelData(message), Frame::Stun(stun(&[]))];
            assert_eq!(run(&stream, &[1]), (expected, None), "{length}");
        }
    }

    #[test]
    fn an_error_comes_as_soon_as_it_is_certain_and_stays() {
        let mut http = Deframer::new();
        http.push(b"\x80");
        assert_eq!(http.next(), Err(DeframeError::NotTurn));
        http.push(&stun(&[]));
        assert_eq!(http.next(), Err(DeframeError::NotTurn));
        assert_eq!(http.buffered(), 0);
    }

    /// Streams that once looked dangerous; each with the frames it gives and the error it ends with.
    #[test]
    fn the_corpus_of_odd_streams() {
        use DeframeError::{NoMagicCookie, NotTurn, TooLong, UnalignedStun};
        let data = channel_data(b"abcd");
        let after_data = |rest: &[u8]| [&data[..], rest].concat();
        let corpus: &[(&str, Vec<u8>, usize, Option<DeframeError>)] = &[
            ("nothing", vec![], 0, None),
            ("half a header", vec![0x40, 0x00, 0x00], 0, None),
            ("empty channel data", vec![0x40, 0, 0, 0], 1, None),
            ("empty STUN", stun(&[]), 1, None),
            (
                "an HTTP request",
                b"GET / HTTP/1.1\r\n\r\n".to_vec(),
                0,
                Some(TooLong(21540)),
            ),
            (
                "a TLS hello",
                vec![0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0, 1],
                0,
                Some(UnalignedStun),
            ),
            ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), 0, Some(TooLong(18484))),
            ("DTLS", vec![0x16, 0xfe, 0xfd, 0, 0, 0, 0, 0], 0, Some(TooLong(64788))),
            ("RTP", vec![0x80, 0x60, 0, 1], 0, Some(NotTurn)),
            (
                "a STUN message without cookie",
                vec![0, 1, 0, 0, 0, 0, 0, 0],
                0,
                Some(NoMagicCookie),
            ),
            (
                "the longest STUN length",
                vec![0, 1, 0xff, 0xfc],
                0,
                Some(TooLong(65552)),
            ),
            (
                "the longest channel data",
                vec![0x7f, 0xff, 0xff, 0xff],
                0,
                Some(TooLong(65540)),
            ),
            ("an unaligned STUN length", vec![0, 1, 0, 3], 0, Some(UnalignedStun)),
            ("a frame, then rubbish", after_data(&[0xff]), 1, Some(NotTurn)),
            ("a frame, then the half of one", after_data(&data[..6]), 1, None),
        ];
        for (name, stream, frames, error) in corpus {
            for size in [1, 2, 3, 7, usize::MAX] {
                let (found, ended) = run(stream, &[size]);
                assert_eq!((found.len(), ended), (*frames, *error), "{name} by {size}");
            }
        }
    }

    #[test]
    fn a_frame_of_the_longest_length_passes_and_one_byte_more_does_not() {
        let longest = channel_data(&vec![1; MAX_FRAME - HEADER]);
        assert_eq!(run(&longest, &[1000]).0.len(), 1);
        let longer = channel_data(&vec![1; MAX_FRAME - HEADER + 1]);
        let error = Some(DeframeError::TooLong(MAX_FRAME + 4));
        assert_eq!(run(&longer, &[1000]), (vec![], error));
    }
}
