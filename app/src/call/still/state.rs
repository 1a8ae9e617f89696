//! The open picture as its parts know it, and what a person can do with it.

use super::announce;
use crate::call::{Board, BoardSetup, Finished};
use crate::engine::Handle;
use crate::paint::{Burnt, Source, Theme, flatten};
use crate::plain::{Look, Pinch};
use crate::platform::blob::Blob;
use crate::platform::random::Random;
use crate::platform::{focus, spawn};
use crate::text::{ink, still as words};
use farhand_shared::client::{Dice, Gesture, View};
use farhand_shared::id::{FileId, MarkId, PersonId};
use farhand_shared::ink::{Point, Shape, StrokeTool, Surface, Tool, hash};
use farhand_shared::limit;
use farhand_shared::session::{File, FileKind, FileStage, FileStep, Mark, MarkStep, Session};
use leptos::prelude::*;

/// The tools of stills.
pub const DRAW: Tool = Tool::Stroke(StrokeTool::Line);

/// What of my marks can be undone and redone, and whether there is any mark at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Can {
    pub undo: bool,
    pub redo: bool,
    pub clear: bool,
}

/// The open picture. Made once for a call; it follows the session.
#[derive(Clone, Copy)]
pub struct Still {
    pub(super) engine: Handle,
    /// Which picture is open on all screens.
    pub file: Memo<Option<FileId>>,
    /// How far it is.
    pub stage: Memo<Option<FileStage>>,
    /// What the hand holds.
    pub tool: RwSignal<Option<Tool>>,
    /// How I look at it.
    pub look: RwSignal<Look>,
    /// The picture as it is drawn on.
    pub board: Board,
    /// What can be undone.
    pub can: Memo<Can>,
    /// Words are being written at this place.
    pub(super) writing: RwSignal<Option<(MarkId, Point)>>,
    /// It is on its way to the chat.
    pub sending: RwSignal<bool>,
    /// My newest mark as it was really drawn, when a shape was recognised in it: what Undo gives back first.
    rough: StoredValue<Option<(MarkId, Shape)>>,
}

impl Still {
    /// Follows the session of `engine`, and says to readers what opens and closes.
    pub fn new(engine: Handle) -> Self {
        let file = engine.read(|view| open(view).map(|file| file.id));
        let look = RwSignal::new(Look::default());
        let tool = RwSignal::new(Some(DRAW));
        let writing = RwSignal::new(None);
        let rough = StoredValue::new(None);
        let setup = BoardSetup {
            on: engine.read(|view| {
                open(view)
                    .filter(|file| file.is_there())
                    .map(|file| Surface::Still(file.id))
            }),
            look: look.into(),
            tool: tool.into(),
            on_pinch: Callback::new(move |(pinch, view): (Pinch, (f32, f32))| {
                let view = (f64::from(view.0), f64::from(view.1));
                look.update(|look| look.pinch(pinch.factor, pinch.at, pinch.by, view));
            }),
            on_finish: Callback::new(move |finished: Finished| {
                rough.set_value(finished.rough.clone().map(|shape| (finished.mark, shape)));
                finished.make(engine);
            }),
            on_choose: Callback::new(move |(mark, at)| {
                if tool.get_untracked() == Some(Tool::Number) {
                    place_number(engine, mark, at);
                } else {
                    writing.set(Some((mark, at)));
                }
            }),
        };
        let still = Self {
            engine,
            file,
            stage: engine.read(|view| open(view).map(|file| file.stage)),
            tool,
            look,
            board: Board::new(engine, setup),
            can: engine.read(|view| open(view).map(|file| can(view, file)).unwrap_or_default()),
            writing,
            sending: RwSignal::new(false),
            rough,
        };
        still.follow();
        still.listen();
        announce::watch(still);
        still
    }

    /// Another picture is looked at from the start; its marks are painted as the session has them.
    fn follow(self) {
        let marks = self.engine.read(|view| open(view).map(visible).unwrap_or_default());
        Effect::new(move || self.board.marks.set(marks.get()));
        Effect::new(move || {
            self.file.track();
            self.board.base.set(None);
            self.board.picture.set((0.0, 0.0));
            self.look.set(Look::default());
            self.writing.set(None);
            self.sending.set(false);
            self.rough.set_value(None);
        });
    }

    /// Undo and redo by keys, wherever the focus is, except where somebody writes.
    fn listen(self) {
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            let with = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
            if !with || self.file.get_untracked().is_none() || focus::is_writing() {
                return;
            }
            match (event.key().as_str(), event.shift_key()) {
                ("z" | "Z", false) => self.undo(),
                ("z" | "Z", true) => self.step(MarkStep::Redo),
                ("Backspace", false) => self.step(MarkStep::UndoAll),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    }

    /// Whether one is open.
    pub fn is_open(self) -> bool {
        self.file.get().is_some()
    }

    /// Takes this tool.
    pub fn take(self, tool: Tool) {
        self.tool.set(Some(tool));
    }

    /// My last mark goes. When a shape was recognised in it, the stroke as it was drawn comes back first.
    pub fn undo(self) {
        let Some(file) = self.file.get_untracked() else { return };
        let rough = self.rough.try_update_value(Option::take).flatten();
        // Somebody may have cleared the picture meanwhile.
        let stands = |mark: MarkId| {
            let found = |view: &View| {
                open(view)?
                    .marks
                    .iter()
                    .find(|known| known.id == mark)
                    .map(Mark::is_visible)
            };
            self.engine.peek(found).flatten() != Some(false)
        };
        let rough = rough.filter(|(mark, _)| stands(*mark));
        self.step(MarkStep::Undo);
        if let Some((_, shape)) = rough {
            let mark = MarkId::from_u128(Random.bits());
            self.engine.dispatch(Gesture::Mark { file, mark, shape });
        }
    }

    /// Undoes or redoes marks of mine.
    pub fn step(self, step: MarkStep) {
        self.rough.set_value(None);
        if let Some(file) = self.file.get_untracked() {
            self.engine.dispatch(Gesture::Marks { file, step });
        }
    }

    /// Everyone's marks go.
    pub fn clear(self) {
        self.rough.set_value(None);
        if let Some(file) = self.file.get_untracked() {
            self.engine.dispatch(Gesture::ClearMarks(file));
        }
    }

    /// Back to live, on all screens; with `FileStep::Delete` the picture is gone, too.
    pub fn leave(self, step: FileStep) {
        if let Some(file) = self.file.get_untracked() {
            self.engine.dispatch(Gesture::File { file, step });
            // The button that was pressed goes away.
            focus::to_heading();
        }
    }

    /// Writes down what was typed onto the picture.
    pub(super) fn write(self, text: &str) {
        let Some((mark, at)) = self.writing.try_update(Option::take).flatten() else {
            return;
        };
        let text = text.to_owned();
        if let (Some(file), Ok(shape)) = (self.file.get_untracked(), Shape::Text { at, text }.clean()) {
            self.rough.set_value(None);
            self.engine.dispatch(Gesture::Mark { file, mark, shape });
        }
    }

    /// Flattens the picture into the chat, and back to live.
    pub fn send(self) {
        let source = self.board.base.with_untracked(Clone::clone);
        let Some((file, source)) = self.file.get_untracked().zip(source) else {
            return;
        };
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        let marks = self.board.marks.get_untracked();
        let faces = self.board.faces.get_untracked();
        let engine = self.engine;
        spawn(async move {
            let burnt = burn(&source, &marks, &faces).await;
            let Some(burnt) = burnt else {
                self.sending.try_set(false);
                return;
            };
            let burnt = Blob::from(burnt.blob);
            let sent = engine
                .share(burnt, FileKind::Annotated, String::new(), Some(file))
                .await;
            engine.dispatch(Gesture::Say {
                text: String::new(),
                file: Some(sent),
            });
            if self.file.try_get_untracked().flatten() == Some(file) {
                self.leave(FileStep::Close);
            }
        });
    }

    /// A key while the picture has the focus; answers whether it meant something.
    pub fn key(self, event: &leptos::ev::KeyboardEvent, tools: Keys) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        let key = event.key();
        let moves = event.shift_key() && key.starts_with("Arrow");
        if !moves && self.board.pen.key(&key) {
            return true;
        }
        let letter = key.to_ascii_lowercase();
        match (key.as_str(), tools.iter().find(|(of, _)| *of == letter)) {
            (_, Some((_, tool))) => self.take(*tool),
            ("+" | "=", _) => self.look.update(|look| look.step(true)),
            ("-", _) => self.look.update(|look| look.step(false)),
            ("0", _) => self.look.update(Look::fit),
            ("ArrowLeft", _) => self.look.update(|look| look.shift(MOVE, 0.0)),
            ("ArrowRight", _) => self.look.update(|look| look.shift(-MOVE, 0.0)),
            ("ArrowUp", _) => self.look.update(|look| look.shift(0.0, MOVE)),
            ("ArrowDown", _) => self.look.update(|look| look.shift(0.0, -MOVE)),
            _ => return false,
        }
        true
    }

    /// The same marks on all screens have the same number, for tests to compare.
    pub(super) fn scene(self) -> Memo<String> {
        self.engine.read(|view| {
            let marks = open(view).map(|file| hash(file.visible_marks().map(|mark| (mark.id, mark.by, &mark.shape))));
            marks.map(|hash| format!("{hash:016x}")).unwrap_or_default()
        })
    }
}

/// Letters, each with the tool that it takes.
pub type Keys = &'static [(&'static str, Tool)];

/// How far an arrow key moves the picture, in pixels.
const MOVE: f64 = 40.0;

async fn burn(source: &Source, marks: &[(PersonId, Shape)], faces: &[crate::paint::Face]) -> Option<Burnt> {
    // Marks on stills have the same colours in both schemes.
    flatten(source, faces, &Theme::read(false), marks).await
}

/// The picture that is open on all screens.
pub(super) fn open(view: &View) -> Option<&File> {
    view.session.as_ref()?.looking()
}

fn visible(file: &File) -> Vec<(PersonId, Shape)> {
    file.visible_marks().map(|mark| (mark.by, mark.shape.clone())).collect()
}

fn can(view: &View, file: &File) -> Can {
    let mut mine = file.marks.iter().filter(|mark| Some(mark.by) == view.you);
    Can {
        undo: mine.clone().any(Mark::is_visible),
        redo: mine.any(|mark| mark.undone.is_some() && mark.cleared.is_none()),
        clear: file.visible_marks().next().is_some(),
    }
}

/// Markers count on from the highest.
fn place_number(engine: Handle, mark: MarkId, at: Point) {
    let next = engine.peek(|view| {
        let file = open(view)?;
        let numbers = file.visible_marks().filter_map(|mark| match mark.shape {
            Shape::Number { number, .. } => Some(number),
            _ => None,
        });
        Some((file.id, numbers.max().unwrap_or_default() + 1))
    });
    if let Some((file, number)) = next.flatten() {
        let shape = Shape::Number {
            at,
            number: number.min(limit::MARK_NUMBER),
        };
        engine.dispatch(Gesture::Mark { file, mark, shape });
    }
}

/// Which picture of the session it is, counted from 1; documents are none.
pub(super) fn number(session: &Session, file: FileId) -> usize {
    let pictures = session.files().iter().filter(|file| file.kind != FileKind::Document);
    pictures.take_while(|picture| picture.id != file).count() + 1
}

/// "Picture 3 with 2 marks by Ana and 1 by you".
pub(super) fn described(session: &Session, you: Option<PersonId>, file: &File) -> String {
    let of = |person: PersonId| file.visible_marks().filter(|mark| mark.by == person).count();
    let others = session.people().iter().filter(|person| Some(person.id) != you);
    let mut counts: Vec<_> = others.map(|person| (ink::name(person), of(person.id))).collect();
    counts.extend(you.map(|you| (words::BY_YOU.to_owned(), of(you))));
    counts.retain(|(_, count)| *count > 0);
    words::described(number(session, file.id), &counts)
}
