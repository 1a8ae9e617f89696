//! The picture that is open on all screens: where its places lie, and what is known of it.

use serde_json::json;

use super::{Page, ink::Spot};
use crate::find::Thing;

/// Finds the open picture and how it lies in the window: inside of its box as a whole, like `object-fit: contain`.
const OPEN: &str = r#"
const still = findAll({ role: "group", name: "Paused picture", exact: true })[0];
const image = still && findAll({ role: "img", name: "Picture", exact: false }).find((each) => still.contains(each));
const box = image?.parentElement.getBoundingClientRect();
const ready = image && image.complete && image.naturalWidth > 0;
"#;

impl Page {
    /// The picture that is open, as readers find it.
    pub fn still() -> Thing {
        Thing::new("group", "Paused picture")
    }

    /// Waits until the open picture is described like this.
    pub async fn sees_still(&self, described: &str) {
        self.sees(Thing::new("img", described).within(Self::still())).await;
    }

    /// Waits until the open picture is all there, sharp.
    pub async fn sees_still_sharp(&self) {
        self.sees_still("Picture 1").await;
        self.waits_for::<bool>("the open picture", &format!("{OPEN} return !!ready;"), vec![])
            .await;
        self.reads_no_more("The sharp picture is coming").await;
        self.reads_no_more("The picture is coming").await;
    }

    /// Waits until nothing on the screen says any more that a picture was taken; readers have heard it once.
    pub async fn is_told_of_no_picture(&self) {
        let script = "return !document.querySelector('.taken');";
        self.waits_for::<bool>("the word of the picture to go", script, vec![])
            .await;
    }

    /// Where in the window a place of the open picture lies.
    pub async fn still_spot(&self, (x, y): Spot) -> Spot {
        let script = format!(
            "{OPEN}
            if (!ready) return null;
            const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
            const place = (from, length, pixels, share) => from + length / 2 + (share - 0.5) * pixels * scale;
            return [
              place(box.x, box.width, image.naturalWidth, arguments[0]),
              place(box.y, box.height, image.naturalHeight, arguments[1]),
            ];"
        );
        self.waits_for("the open picture", &script, vec![json!(x), json!(y)])
            .await
    }

    /// Draws along places of the open picture.
    pub async fn draws_on_still(&self, along: &[Spot]) {
        let mut spots = Vec::new();
        for share in along {
            spots.push(self.still_spot(*share).await);
        }
        let Some((first, rest)) = spots.split_first() else {
            return;
        };
        self.touches(*first).await;
        for spot in rest {
            self.slides(*spot).await;
        }
        self.lifts(*spots.last().unwrap_or(first)).await;
    }

    /// The number of what is drawn on the open picture: the same on all screens that show the same.
    pub async fn scene(&self) -> String {
        let script = format!("{OPEN} return still?.dataset.scene || null;");
        self.waits_for("the scene", &script, vec![]).await
    }

    /// The id of the open picture.
    pub async fn still_file(&self) -> String {
        let script = format!("{OPEN} return still?.dataset.file || null;");
        self.waits_for("the open picture's id", &script, vec![]).await
    }

    /// Width and height of the open picture in its own pixels.
    pub async fn still_size(&self) -> (f64, f64) {
        let script = format!("{OPEN} return ready ? [image.naturalWidth, image.naturalHeight] : null;");
        self.waits_for("the open picture", &script, vec![]).await
    }
}
