//! What the browser says of a connection.

/// State of a peer connection, as the browser says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// Made, or looking for a path.
    Connecting,
    /// A path works.
    Connected,
    /// The path has stopped answering.
    Disconnected,
    /// No path works.
    Failed,
    /// Closed.
    Closed,
}

/// Counters of one peer connection, as `getStats` gives them; all since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PeerStats {
    /// RTP bytes received, sound and picture.
    pub bytes_received: u64,
    /// RTP bytes sent.
    pub bytes_sent: u64,
    /// Frames decoded.
    pub frames_decoded: u64,
    /// RTP packets received.
    pub packets_received: u64,
    /// RTP packets lost on the way to us.
    pub packets_lost: u64,
    /// Share of our packets that the other side lost, 0-1, from its reports.
    pub remote_loss: Option<f32>,
    /// Round trip in milliseconds, of the selected candidate pair.
    pub rtt_ms: Option<f32>,
    /// What the browser believes it could send, bits per second.
    pub available_outgoing: Option<f64>,
    /// RTP bytes of our picture.
    pub picture_bytes_sent: u64,
    /// Frames of our picture that went out.
    pub frames_sent: u64,
    /// Frames that our camera gave, where the browser says.
    pub camera_frames: Option<u64>,
    /// Shorter side of what our camera gives, in pixels, where the browser says.
    pub camera_side: Option<u32>,
    /// The processor is what holds our picture back.
    pub cpu_limited: bool,
    /// The line is, by the browser's word; Firefox does not say.
    pub line_limited: bool,
}
