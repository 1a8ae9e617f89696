//! Where everything that happens arrives.

use super::run::Engine;
use farhand_shared::client::Input;
use std::rc::Weak;

/// Takes inputs from callbacks that may outlive the engine.
#[derive(Clone)]
pub(super) struct Inbox(pub(super) Weak<Engine>);

impl Inbox {
    /// Hands the input to the engine; nothing happens when it is gone.
    pub(super) fn push(&self, input: Input) {
        if let Some(engine) = self.0.upgrade() {
            engine.accept(input);
        }
    }
}
