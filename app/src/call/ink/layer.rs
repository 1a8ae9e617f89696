//! The two canvases over a picture. The lower one holds what stands still: a still with its marks, or the frame being drawn
//! on. The upper one holds what moves. Frames are asked for only when something has changed or fades.

use super::attention;
use super::board::Board;
use crate::paint::{self, Brush, Canvas};
use crate::platform::frame_loop::Frames;
use crate::platform::pointer;
use crate::platform::resize::Resizes;
use crate::platform::timer::Timeout;
use core::time::Duration;
use farhand_shared::ink::Tool;
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
    paint_base(board, base);
    paint_live(board, live);
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

/// A canvas at work.
struct Painter {
    frames: Frames,
    _resizes: Resizes,
}

/// Paints `node` with `paint` now, whenever it changes its size, and whenever `wake` does; and again after what `paint`
/// answers.
fn painter(
    board: Board,
    node: NodeRef<html::Canvas>,
    paint: fn(Board, &Canvas) -> Option<Duration>,
    wake: impl Fn() + 'static,
) {
    let painter = StoredValue::new_local(None::<Painter>);
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        let Some(canvas) = Canvas::of(&element) else { return };
        let frames = Frames::with_asker(move |asker| {
            let mut later = None;
            move || {
                drop(later.take());
                match paint(board, &canvas) {
                    Some(Duration::ZERO) => asker.ask(),
                    Some(wait) => {
                        let asker = asker.clone();
                        later = Some(Timeout::after(wait, move || asker.ask()));
                    }
                    None => {}
                }
            }
        });
        let resized = {
            let (frames, element) = (frames.clone(), element.clone());
            move || {
                let (_, _, width, height) = pointer::place(&element);
                board.view.try_set((width as f32, height as f32));
                frames.ask();
            }
        };
        let _resizes = Resizes::of(&element, resized);
        painter.set_value(Some(Painter { frames, _resizes }));
    });
    Effect::new(move || {
        wake();
        painter.with_value(|painter| {
            if let Some(painter) = painter {
                painter.frames.ask();
            }
        });
    });
}

fn paint_base(board: Board, node: NodeRef<html::Canvas>) {
    let wake = move || {
        board.base.track();
        board.marks.track();
        board.fit.track();
        board.faces.track();
    };
    let paint = |board: Board, canvas: &Canvas| {
        canvas.begin();
        board.base.try_with_untracked(|source| {
            let (source, fit) = source.as_ref().zip(board.fit.try_get_untracked().flatten())?;
            source.paint(canvas.pen(), &fit);
            board.theme.try_with_value(|theme| {
                let brush = Brush {
                    pen: canvas.pen(),
                    fit: &fit,
                    theme,
                    size: 1.0,
                    below: Some(source),
                };
                board.faces.with_untracked(|faces| {
                    board.marks.with_untracked(|marks| {
                        paint::marks(&brush, faces, marks.iter().map(|(by, shape)| (*by, shape)));
                    });
                });
            })
        });
        None
    };
    painter(board, node, paint, wake);
}

fn paint_live(board: Board, node: NodeRef<html::Canvas>) {
    let wake = move || {
        board.engine.ink_moved();
        board.pen.own_pointer.track();
        board.fit.track();
        board.faces.track();
    };
    let paint = |board: Board, canvas: &Canvas| {
        canvas.begin();
        let (fit, on) = board
            .fit
            .try_get_untracked()
            .flatten()
            .zip(board.setup.on.get_untracked())?;
        let now = board.engine.clock();
        board.base.with_untracked(|below| {
            board.theme.with_value(|theme| {
                let brush = Brush {
                    pen: canvas.pen(),
                    fit: &fit,
                    theme,
                    size: 1.0,
                    below: below.as_ref(),
                };
                board.faces.with_untracked(|faces| {
                    if let Some(at) = board.pen.own_pointer.get_untracked() {
                        paint::own_pointer(&brush, faces, at, on);
                    }
                    board.engine.with_ink(|scene| {
                        paint::live(&brush, faces, scene, on, now);
                        scene.next_change(now).map(|due| due.since(now))
                    })
                })
            })
        })?
    };
    painter(board, node, paint, wake);
}
