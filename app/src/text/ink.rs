//! Pointing and drawing, on both sides.

use farhand_shared::role::Role;
use farhand_shared::session::Person;

/// After a name.
pub const POINTS: &str = " is pointing at the picture.";
/// The customer's choice of what a finger does on the picture.
pub const TOOLS: &str = "Finger on the picture";
pub const BY_KEYS: &str = "Your picture. Arrow keys point, Enter marks.";
pub const POINT: &str = "Point";
pub const DRAW: &str = "Draw";
pub const ARROW: &str = "Arrow";
/// The agent's tools.
pub const POINTER: &str = "Pointer";

/// What a name tag says.
pub fn name(person: &Person) -> String {
    let name = match person.role {
        _ if !person.name.is_empty() => &person.name,
        Role::Customer => "Customer",
        Role::Agent => "Agent",
        Role::Guest => "Guest",
        Role::Viewer => "Viewer",
    };
    name.to_owned()
}
