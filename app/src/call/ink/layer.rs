//! The two canvases over a picture. The lower one holds what stands still: a still with its marks, or the frame being drawn
//! on, and finished strokes until they fade. The upper one holds what moves, so that a frame costs what moves in it and not
//! all that is there. Frames are asked for only when something has changed or fades.

use super::attention;
use super::board::Board;
use crate::paint::{self, Brush, Canvas, Face};
use crate::platform::frame_loop::Frames;
use crate::platform::pointer;
use crate::platform::resize::Resizes;
use crate::platform::timer::Timeout;
use core::time::Duration;
use farhand_shared::id::MarkId;
use farhand_shared::ink::{LiveScene, Surface, Tool};
use farhand_shared::time::Time;
use leptos::html;
use leptos::prelude::*;

/// The layer. It lies over the picture, in a positioned element of the picture's size.
#[component]
pub fn InkLayer(
    board: Board,
    /// Its name for the keyboard, where nothing around it takes the keys.
    #[prop(optional)]
    keys: Option<&'static str>,
) -> impl IntoView {
    let (base, live) = (NodeRef::<html::Canvas>::new(), NodeRef::<html::Canvas>::new());
    let pen = board.pen;
    paint(board, base, live);
    attention::watch(board);
    let draws = move || {
        matches!(
            board.setup.tool.get(),
            Some(Tool::Stroke(_) | Tool::Text | Tool::Number)
        )
    };
    view! {
        <div
            class="ink"
            class:ink-draws=draws
            tabindex=keys.map(|_| "0")
            role=keys.map(|_| "group")
            aria-label=keys
            on:keydown=move |event| {
                if keys.is_some() && pen.key(&event.key()) {
                    event.prevent_default();
                }
            }
            on:pointerdown=move |event| pen.down(&event)
            on:pointermove=move |event| pen.moved(&event)
            on:pointerup=move |event| pen.up(&event)
            on:pointercancel=move |event| pen.cancel(&event)
            on:pointerleave=move |_| pen.leave()
            on:touchmove=move |event| pointer::without_fling(&event)
        >
            <canvas node_ref=base aria-hidden="true"></canvas>
            <canvas node_ref=live aria-hidden="true"></canvas>
        </div>
    }
}

/// Both canvases at work.
struct Painter {
    frames: Frames,
    _resizes: Resizes,
}

/// What the lower canvas holds, and whether it has to be painted anew.
#[derive(Default)]
struct Lower {
    /// Strokes on live video that rest.
    resting: Vec<MarkId>,
    stale: bool,
}

/// Paints both canvases now, whenever they change their size, and whenever what they show changes.
fn paint(board: Board, base: NodeRef<html::Canvas>, live: NodeRef<html::Canvas>) {
    let painter = StoredValue::new_local(None::<Painter>);
    let lower = StoredValue::new_local(Lower::default());
    let ask = move || {
        painter.with_value(|painter| {
            if let Some(painter) = painter {
                painter.frames.ask();
            }
        });
    };
    Effect::new(move || {
        let Some((below, above)) = base.get().zip(live.get()) else {
            return;
        };
        let Some((under, over)) = Canvas::of(&below).zip(Canvas::of(&above)) else {
            return;
        };
        let frames = Frames::with_asker(move |asker| {
            let mut later = None;
            move || {
                drop(later.take());
                // One moment for both: no stroke is on both canvases, and none on neither.
                let now = board.engine.clock();
                lower.try_update_value(|lower| paint_lower(board, &under, lower, now));
                match paint_upper(board, &over, now) {
                    Some(Duration::ZERO) => asker.ask(),
                    Some(wait) => {
                        let asker = asker.clone();
                        later = Some(Timeout::after(wait, move || asker.ask()));
                    }
                    None => {}
                }
            }
        });
        // The two always have one size.
        let resized = {
            let (frames, watched) = (frames.clone(), above.clone());
            move || {
                let (_, _, width, height) = pointer::place(&watched);
                board.view.try_set((width as f32, height as f32));
                lower.try_update_value(|lower| lower.stale = true);
                frames.ask();
            }
        };
        let _resizes = Resizes::of(&above, resized);
        painter.set_value(Some(Painter { frames, _resizes }));
    });
    Effect::new(move || {
        board.base.track();
        board.marks.track();
        board.fit.track();
        board.faces.track();
        lower.update_value(|lower| lower.stale = true);
        ask();
    });
    Effect::new(move || {
        board.engine.ink_moved();
        board.pen.own_pointer.track();
        ask();
    });
}

/// The strokes on this picture that rest.
fn resting(board: Board, now: Time) -> Vec<MarkId> {
    let on = board.setup.on.try_get_untracked().flatten();
    let rest = |scene: &LiveScene| {
        let here = scene.strokes().iter().filter(|stroke| Some(stroke.on) == on);
        here.filter(|stroke| stroke.rests(now))
            .map(|stroke| stroke.mark)
            .collect()
    };
    board.engine.with_ink(rest).unwrap_or_default()
}

fn paint_lower(board: Board, canvas: &Canvas, lower: &mut Lower, now: Time) {
    let resting = resting(board, now);
    if !lower.stale && lower.resting == resting {
        return;
    }
    *lower = Lower { resting, stale: false };
    canvas.begin();
    with_brush(board, canvas, &mut |brush, faces, on| {
        if let Some(source) = brush.below {
            source.paint(canvas.pen(), brush.fit);
            board.marks.with_untracked(|marks| {
                paint::marks(brush, faces, marks.iter().map(|(by, shape)| (*by, shape)));
            });
        }
        board
            .engine
            .with_ink(|scene| paint::strokes(brush, faces, scene, on, now, true));
    });
}

/// Answers with how long it looks like this.
fn paint_upper(board: Board, canvas: &Canvas, now: Time) -> Option<Duration> {
    canvas.begin();
    let mut wait = None;
    with_brush(board, canvas, &mut |brush, faces, on| {
        if let Some(at) = board.pen.own_pointer.get_untracked() {
            paint::own_pointer(brush, faces, at, on);
        }
        board.engine.with_ink(|scene| {
            paint::strokes(brush, faces, scene, on, now, false);
            paint::people(brush, faces, scene, on, now);
            wait = scene.next_change(now).map(|due| due.since(now));
        });
    });
    wait
}

/// Nothing while there is no picture or no room for it.
fn with_brush(board: Board, canvas: &Canvas, draw: &mut dyn FnMut(&Brush<'_>, &[Face], Surface)) {
    let fit = board.fit.try_get_untracked().flatten();
    let on = board.setup.on.try_get_untracked().flatten();
    let Some((fit, on)) = fit.zip(on) else { return };
    board.base.with_untracked(|below| {
        board.theme.with_value(|theme| {
            let brush = Brush {
                pen: canvas.pen(),
                fit: &fit,
                theme,
                size: 1.0,
                below: below.as_ref(),
            };
            board.faces.with_untracked(|faces| draw(&brush, faces, on));
        });
    });
}
