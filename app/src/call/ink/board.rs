//! One picture that is drawn on.

use super::pen::{Finished, Pen, Wiring};
use crate::engine::Handle;
use crate::paint::{Face, Source, Theme};
use crate::plain::{Look, Pinch};
use crate::text::ink as words;
use farhand_shared::client::View;
use farhand_shared::id::{MarkId, PersonId};
use farhand_shared::ink::{Fit, Point, Shape, Surface, Tool};
use farhand_shared::wire::InkScheme;
use leptos::html;
use leptos::prelude::*;

/// What a board is made of.
#[derive(Clone, Copy)]
pub struct BoardSetup {
    /// The picture; none while there is none to draw on.
    pub on: Memo<Option<Surface>>,
    /// How it is looked at.
    pub look: Signal<Look>,
    /// What the hand holds.
    pub tool: Signal<Option<Tool>>,
    /// A pinch, with the size of the view: two fingers, or one with nothing in the hand.
    pub on_pinch: Callback<(Pinch, (f32, f32))>,
    /// A finished mark.
    pub on_finish: Callback<Finished>,
    /// A place for words or a number.
    pub on_choose: Callback<(MarkId, Point)>,
}

/// A board, copied freely.
#[derive(Clone, Copy)]
pub struct Board {
    pub(super) engine: Handle,
    pub(super) setup: BoardSetup,
    /// The video that is drawn on; it stands still for who draws.
    pub video: NodeRef<html::Video>,
    /// Pixels of the picture; set by whoever shows it.
    pub picture: RwSignal<(f32, f32)>,
    /// Pixels of the view; set by the layer.
    pub(super) view: RwSignal<(f32, f32)>,
    /// Where places lie.
    pub fit: Memo<Option<Fit>>,
    /// What is painted as the picture itself: a still, or the frame on which a stroke is being drawn.
    pub base: RwSignal<Option<Source>, LocalStorage>,
    /// Marks that stay on it.
    pub marks: RwSignal<Vec<(PersonId, Shape)>>,
    /// Whose ink it is.
    pub faces: Memo<Vec<Face>>,
    pub(super) theme: StoredValue<Theme, LocalStorage>,
    /// The hand.
    pub pen: Pen,
}

impl Board {
    /// A board.
    pub fn new(engine: Handle, setup: BoardSetup) -> Self {
        let (picture, view) = (RwSignal::new((0.0, 0.0)), RwSignal::new((0.0, 0.0)));
        let look = setup.look;
        let fit = Memo::new(move |_| look.get().fit_in(picture.get(), view.get()));
        let video = NodeRef::<html::Video>::new();
        let base = RwSignal::new_local(None);
        let hold = move |down: bool| {
            // A still stands still by itself.
            if matches!(setup.on.get_untracked(), Some(Surface::Live(_))) {
                let frame = || video.get_untracked().and_then(|video| Source::frame(&video));
                let frame = down.then(frame).flatten();
                if frame.is_some() || base.with_untracked(Option::is_some) {
                    base.set(frame);
                }
            }
        };
        let wiring = Wiring {
            on: setup.on,
            tool: setup.tool,
            fit,
            pinch: Callback::new(move |pinch| setup.on_pinch.run((pinch, view.get_untracked()))),
            hold: Callback::new(hold),
            finish: setup.on_finish,
            choose: setup.on_choose,
        };
        Self {
            engine,
            setup,
            video,
            picture,
            view,
            fit,
            base,
            marks: RwSignal::new(Vec::new()),
            faces: engine.read(faces),
            theme: StoredValue::new_local(Theme::read(engine.peek(is_unified) == Some(true))),
            pen: Pen::new(engine, wiring),
        }
    }
}

/// One colour per person on both surfaces. It comes with the welcome, so it is known before there is anything to draw on.
fn is_unified(view: &View) -> bool {
    view.settings.ink_scheme == InkScheme::Unified
}

/// Everybody as their ink shows them. My own ink has no tag: I know who I am.
fn faces(view: &View) -> Vec<Face> {
    let people = view.session.iter().flat_map(|session| session.people());
    let face = |person: &farhand_shared::session::Person| Face {
        person: person.id,
        role: person.role,
        name: (Some(person.id) != view.you).then(|| words::name(person)),
    };
    people.map(face).collect()
}
