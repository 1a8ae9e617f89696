//! Samples of pictures, marks and messages in a session.

use crate::book::{Chapter, chapter};
use farhand_shared::id::{FileId, MarkId, PersonId, Seq};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::session::{
    File, FileKind, FilePart, FileStage, FileStep, Mark, MarkStep, Message, ModeWhy, PhotoAsk,
};
use farhand_shared::time::Time;

const NOW: Time = Time::from_millis(1_700_000_000_000);

pub fn chapters() -> Vec<Chapter> {
    vec![
        chapter("File", vec![file()]),
        chapter("Mark", file().marks),
        chapter("Message", vec![message()]),
        chapter("PhotoAsk", vec![photo_ask()]),
        chapter(
            "FileStage",
            vec![
                FileStage::Expected,
                FileStage::Preview,
                FileStage::Stored,
                FileStage::Failed,
                FileStage::Deleted {
                    at: NOW,
                    whole: true,
                    was_open: false,
                },
            ],
        ),
        chapter(
            "FileKind",
            vec![
                FileKind::Still,
                FileKind::Photo,
                FileKind::Picture,
                FileKind::Annotated,
                FileKind::Document,
            ],
        ),
        chapter("FilePart", vec![FilePart::Preview, FilePart::Whole]),
        chapter(
            "FileStep",
            vec![FileStep::Open, FileStep::Close, FileStep::Delete, FileStep::Restore],
        ),
        chapter("MarkStep", vec![MarkStep::Undo, MarkStep::UndoAll, MarkStep::Redo]),
        chapter("ModeWhy", vec![ModeWhy::Chosen, ModeWhy::Network]),
    ]
}

fn file() -> File {
    let mark = |undone, cleared| Mark {
        id: MarkId::from_u128(7),
        by: PersonId::from_u128(2),
        shape: Shape::Dot(Point::MIDDLE),
        undone,
        cleared,
    };
    File {
        id: FileId::from_u128(6),
        kind: FileKind::Annotated,
        by: PersonId::from_u128(2),
        from: PersonId::from_u128(1),
        at: NOW,
        stage: FileStage::Stored,
        name: "plate".to_owned(),
        bytes: 700_000,
        width: 4032,
        height: 3024,
        of: Some(FileId::from_u128(5)),
        marks: vec![mark(None, None), mark(Some(Seq(41)), Some(NOW))],
    }
}

fn message() -> Message {
    Message {
        seq: Seq(42),
        at: NOW,
        by: PersonId::from_u128(2),
        text: "the red one?".to_owned(),
        file: Some(FileId::from_u128(6)),
    }
}

fn photo_ask() -> PhotoAsk {
    PhotoAsk {
        by: PersonId::from_u128(2),
        text: "the type plate".to_owned(),
        at: NOW,
    }
}
