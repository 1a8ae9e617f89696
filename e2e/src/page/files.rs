//! Choosing files, as the browser's own window does it for people.

use serde_json::json;

use super::Page;

/// A file on somebody's device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A PNG of one colour.
    Picture { width: u32, height: u32 },
    /// A text of so many bytes.
    Text { bytes: u64 },
}

const CHOOSE: &str = r##"
const [label, name, picture, length] = arguments;
const input = [...document.querySelectorAll("input[type=file]")].find((each) => nameOf(each) === label);
if (!input) return null;
const choose = (blob) => {
  const files = new DataTransfer();
  files.items.add(new File([blob], name, { type: blob.type }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};
if (picture) {
  const canvas = new OffscreenCanvas(...picture);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#08f";
  pen.fillRect(0, 0, ...picture);
  // The driver waits for the promise: what is pressed next finds the file chosen.
  return canvas.convertToBlob({ type: "image/png" }).then(choose);
}
return choose(new Blob(["x".repeat(length)], { type: "text/plain" }));"##;

impl Page {
    /// Chooses a file called `name` where the page asks for one by `label`.
    pub async fn chooses(&self, label: &str, name: &str, file: Chosen) {
        let (picture, length) = match file {
            Chosen::Picture { width, height } => (Some([width, height]), 0),
            Chosen::Text { bytes } => (None, bytes),
        };
        let arguments = vec![json!(label), json!(name), json!(picture), json!(length)];
        self.waits_for::<bool>(label, CHOOSE, arguments).await;
    }
}
