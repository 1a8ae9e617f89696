//! Which bytes to send next: pictures and documents of one device on their way to the relay, over a network that comes
//! and goes. The shell keeps the bytes and does one exchange at a time.
//!
//! | Step | Answered by | Then |
//! |---|---|---|
//! | first pictures of all files | arrived | the next; refused ones are left out |
//! | ask how much of the oldest file has arrived | so many bytes | chunks from there |
//! | a chunk | so many bytes | the next chunk, or done |
//! | any | no answer | pause, longer each time; asked anew when the link is back |
//! | any | unknown to the session | pause; given up after a while, its announcement was refused |
//! | ask, chunk | refused | given up |
//!
//! A file stays until the session itself says that all of it has arrived.

#[cfg(test)]
mod tests;

use crate::id::FileId;
use crate::session::{FileKind, FileStage};
use core::time::Duration;

/// Waits after failures, in seconds; the last one repeats.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];
/// How often the session may not know a file before it is given up.
const UNKNOWN: u8 = 8;

/// Why an exchange brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No answer, or none that counts: try again.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The session does not know the file yet.
    #[error("the session does not know this file")]
    Unknown,
    /// It stands at this byte, not where we thought.
    #[error("the upload stands at byte {0}")]
    Elsewhere(u64),
    /// Refused for good: too large, not of an allowed type, taken away.
    #[error("the server does not take this file")]
    Refused,
}

/// One exchange with the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send the small first picture.
    Preview(FileId),
    /// Ask how many bytes of the whole have arrived.
    Ask(FileId),
    /// Send a chunk.
    Chunk {
        /// Of which file.
        file: FileId,
        /// Its first byte.
        from: u64,
    },
}

/// What an answer means for what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// The next step.
    GoOn,
    /// The next step after a while, or when the link is back.
    Pause(Duration),
    /// This file cannot be sent.
    GiveUp(FileId),
}

/// One file on its way, for the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub file: FileId,
    /// What it is.
    pub kind: FileKind,
    /// Bytes that have arrived.
    pub sent: u64,
    /// Bytes of the whole.
    pub total: u64,
    /// It waits for the signal to return.
    pub waiting: bool,
}

impl Upload {
    /// Whether it counts among the pictures that wait.
    pub fn is_waiting_picture(&self) -> bool {
        self.waiting && self.kind != FileKind::Document
    }
}

#[derive(Clone, Debug)]
struct Item {
    upload: Upload,
    previewed: bool,
    /// Bytes that the relay has; none until asked.
    offset: Option<u64>,
    done: bool,
    unknown: u8,
}

/// Everything that one device has to send, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    items: Vec<Item>,
    /// Files that the session expects of this device, and how far they are.
    mine: Vec<(FileId, FileStage)>,
    up: bool,
    paused: bool,
    failures: usize,
}

impl Queue {
    /// A file more. `preview`: it has a small first picture.
    pub fn add(&mut self, file: FileId, kind: FileKind, total: u64, preview: bool) {
        if self.has(file) {
            return;
        }
        self.items.push(Item {
            upload: Upload {
                file,
                kind,
                sent: 0,
                total,
                waiting: !self.up,
            },
            previewed: !preview,
            offset: None,
            done: false,
            unknown: 0,
        });
    }

    /// Whether it is among them.
    pub fn has(&self, file: FileId) -> bool {
        self.items.iter().any(|item| item.upload.file == file)
    }

    /// The link is up or not, and the session expects these files of this device. Says whether that was news.
    pub fn hear(&mut self, up: bool, mine: Vec<(FileId, FileStage)>) -> bool {
        let news = self.up != up || self.mine != mine;
        if up && !self.up {
            self.failures = 0;
            self.paused = false;
        }
        if !up {
            self.items.iter_mut().for_each(|item| item.upload.waiting = !item.done);
        }
        self.up = up;
        self.mine = mine;
        news
    }

    fn stage(&self, file: FileId) -> Option<FileStage> {
        self.mine.iter().find(|(id, _)| *id == file).map(|(_, stage)| *stage)
    }

    /// Lets go of what has arrived or is not wanted any more, and says which.
    pub fn settle(&mut self) -> Vec<FileId> {
        let over = |item: &Item| {
            let stage = self.mine.iter().find(|(id, _)| *id == item.upload.file);
            let over = matches!(stage, Some((_, FileStage::Stored | FileStage::Failed)));
            over || item.unknown > UNKNOWN
        };
        let gone = self.items.iter().filter(|item| over(item)).map(|item| item.upload.file);
        let gone: Vec<_> = gone.collect();
        self.items.retain(|item| !gone.contains(&item.upload.file));
        gone
    }

    /// What the session expects of this device and what is not on it.
    pub fn missing(&self) -> impl Iterator<Item = FileId> {
        let pending = |stage| matches!(stage, FileStage::Expected | FileStage::Preview);
        let missing = self
            .mine
            .iter()
            .filter(move |(file, stage)| pending(*stage) && !self.has(*file));
        missing.map(|(file, _)| *file)
    }

    /// What to do now; none when there is nothing to send, no link, or a pause.
    pub fn next(&self) -> Option<Step> {
        if !self.up || self.paused {
            return None;
        }
        let wanted =
            |item: &&Item| !item.done && !matches!(self.stage(item.upload.file), Some(FileStage::Deleted { .. }));
        let mut open = self.items.iter().filter(wanted);
        if let Some(item) = open.clone().find(|item| !item.previewed) {
            return Some(Step::Preview(item.upload.file));
        }
        let item = open.next()?;
        let file = item.upload.file;
        Some(item.offset.map_or(Step::Ask(file), |from| Step::Chunk { file, from }))
    }

    /// The relay has answered, or has not: it has so many bytes of the whole.
    pub fn answered(&mut self, step: Step, outcome: Result<u64, Fault>) -> After {
        let (file, preview) = match step {
            Step::Preview(file) => (file, true),
            Step::Ask(file) | Step::Chunk { file, .. } => (file, false),
        };
        if let Some(item) = self.items.iter_mut().find(|item| item.upload.file == file) {
            item.take(outcome, preview);
        }
        match outcome {
            Ok(_) | Err(Fault::Elsewhere(_)) => {
                self.failures = 0;
                After::GoOn
            }
            Err(Fault::Refused) if preview => After::GoOn,
            Err(Fault::Refused) => After::GiveUp(file),
            Err(Fault::Unreachable | Fault::Unknown) => {
                let wait = PAUSES.get(self.failures).or(PAUSES.last()).copied().unwrap_or(1);
                self.failures += 1;
                self.paused = true;
                After::Pause(Duration::from_secs(wait))
            }
        }
    }

    /// The pause is over.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    /// All of them, for the pages.
    pub fn uploads(&self) -> Vec<Upload> {
        self.items.iter().map(|item| item.upload.clone()).collect()
    }

    /// How many pictures wait for the signal to return.
    pub fn waiting(&self) -> u16 {
        let waiting = self.items.iter().filter(|item| item.upload.is_waiting_picture());
        u16::try_from(waiting.count()).unwrap_or(u16::MAX)
    }
}

impl Item {
    fn take(&mut self, outcome: Result<u64, Fault>, preview: bool) {
        match outcome {
            Ok(_) if preview => self.previewed = true,
            Ok(offset) | Err(Fault::Elsewhere(offset)) => {
                self.offset = Some(offset);
                self.upload.sent = offset.min(self.upload.total);
                self.done = offset >= self.upload.total;
                self.upload.waiting &= !self.done;
                self.unknown = 0;
            }
            Err(Fault::Unreachable) => {
                self.upload.waiting = true;
                self.offset = None;
            }
            Err(Fault::Unknown) => self.unknown = self.unknown.saturating_add(1),
            // Without its first picture the whole one may still be welcome.
            Err(Fault::Refused) if preview => self.previewed = true,
            Err(Fault::Refused) => self.done = true,
        }
    }
}
