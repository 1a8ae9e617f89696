//! WebKitGTK has no WebRTC: it shows that the pages start, are laid out, and say what is missing.

use farhand_e2e::{browser::Kind, find::button, play};

#[tokio::test]
async fn the_pages_start_in_webkit_and_fit_its_window() {
    play("webkit", async |stage| {
        let kit = stage.person("Kit", Kind::WebKit).await;
        for (page, words) in [("/", "Get help by camera"), ("/agent", "Sign in")] {
            kit.open(&stage.stack.server.address(page)).await;
            kit.reads(words).await;
            kit.photograph(words).await;
            let fits = "return document.documentElement.scrollWidth <= innerWidth;";
            assert_eq!(
                kit.try_script::<bool>(fits, vec![]).await,
                Some(true),
                "{page} is wider than the window"
            );
        }
        kit.open(&stage.stack.server.address("/")).await;
        kit.press(button("Start a new session")).await;
        kit.sees(button("Video Mode").loosely()).await;
    })
    .await;
}
