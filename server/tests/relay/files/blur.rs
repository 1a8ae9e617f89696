use farhand_shared::id::{FileId, MarkId, SessionId};
use farhand_shared::ink::{Point, Shape};
use farhand_shared::session::{Command, FileKind, MarkStep};
use image::{GrayImage, ImageFormat};
use uuid::Uuid;

use super::Desk;
use crate::harness::{Holder, Relay};
use crate::samples::{encoded, stripes};

/// A striped picture, and who sent it.
async fn picture(relay: &Relay) -> (SessionId, Holder, Holder, FileId) {
    let (session, agent) = relay.session().await;
    let customer = relay.customer(session).await;
    let file = relay.announced(session, &customer, FileKind::Picture, "").await;
    let phone = Desk::of(relay, &customer);
    phone
        .preview(file, &encoded(&stripes(320, 240), ImageFormat::Jpeg))
        .await
        .good();
    phone
        .send(file, &encoded(&stripes(640, 480), ImageFormat::Png))
        .await
        .good();
    (session, agent, customer, file)
}

async fn hide(relay: &Relay, session: SessionId, who: &Holder, file: FileId, (x0, y0, x1, y1): (u16, u16, u16, u16)) {
    let blur = Command::Mark {
        file,
        mark: MarkId::from(Uuid::new_v4()),
        shape: Shape::Blur {
            a: Point { x: x0, y: y0 },
            b: Point { x: x1, y: y1 },
        },
    };
    relay.state.rooms.act(session, who.person, blur).await.expect("hidden");
}

async fn seen(desk: &Desk, file: FileId, size: &str) -> GrayImage {
    let got = desk.look(file, size).await.good();
    image::load_from_memory(&got.bytes).expect("a picture").to_luma8()
}

/// How far the lightest and the darkest pixel are apart, in a part given by hundredths.
fn contrast(image: &GrayImage, (x0, y0, x1, y1): (u32, u32, u32, u32)) -> u8 {
    let at = |part: u32, all: u32| part * all / 100;
    let rows = at(y0, image.height())..at(y1, image.height());
    let places = rows.flat_map(|y| (at(x0, image.width())..at(x1, image.width())).map(move |x| (x, y)));
    let values: Vec<u8> = places.map(|(x, y)| image.get_pixel(x, y).0[0]).collect();
    values.iter().max().unwrap_or(&0) - values.iter().min().unwrap_or(&0)
}

#[tokio::test]
async fn what_somebody_hides_is_gone_from_every_size_for_everybody() {
    let relay = Relay::start().await;
    let (session, agent, customer, file) = picture(&relay).await;
    let (left, right) = ((5, 5, 45, 95), (55, 5, 95, 95));
    for holder in [&agent, &customer] {
        let desk = Desk::of(&relay, holder);
        for size in ["whole", "preview"] {
            assert!(contrast(&seen(&desk, file, size).await, left) > 150, "{size}");
        }
    }
    hide(&relay, session, &customer, file, (0, 0, 32_767, 65_535)).await;
    for holder in [&agent, &customer] {
        let desk = Desk::of(&relay, holder);
        for size in ["whole", "preview", "thumb"] {
            let image = seen(&desk, file, size).await;
            assert!(contrast(&image, left) < 60, "{size}: {}", contrast(&image, left));
        }
        assert!(contrast(&seen(&desk, file, "whole").await, right) > 150);
        assert_eq!(seen(&desk, file, "whole").await.dimensions(), (640, 480));
        assert_eq!(seen(&desk, file, "thumb").await.dimensions(), (320, 240));
    }
}

#[tokio::test]
async fn a_browser_that_has_the_picture_asks_again_after_something_was_hidden() {
    let relay = Relay::start().await;
    let (session, _, customer, file) = picture(&relay).await;
    let phone = Desk::of(&relay, &customer);
    let before = phone.look(file, "whole").await.good().header("etag").to_owned();
    hide(&relay, session, &customer, file, (0, 0, 32_767, 65_535)).await;
    let path = format!("/api/files/{file}");
    let asked = [("if-none-match", before.clone())];
    let after = phone.ask(reqwest::Method::GET, &path, &asked, Vec::new()).await.good();
    assert_eq!(after.status.as_u16(), 200);
    assert_ne!(after.header("etag"), before);
    let again = phone.look(file, "whole").await.good();
    assert!(
        again.bytes == after.bytes && again.header("etag") == after.header("etag"),
        "made once"
    );

    let undo = Command::Marks {
        file,
        step: MarkStep::Undo,
    };
    relay
        .state
        .rooms
        .act(session, customer.person, undo)
        .await
        .expect("undone");
    assert_eq!(phone.look(file, "whole").await.good().header("etag"), before);
}

#[tokio::test]
async fn of_the_made_pictures_only_the_newest_are_kept() {
    let relay = Relay::start().await;
    let (session, _, customer, file) = picture(&relay).await;
    let phone = Desk::of(&relay, &customer);
    assert_eq!(relay.files_on_disk(), 3, "preview, thumb, whole");
    for n in 1..5_u16 {
        hide(&relay, session, &customer, file, (0, 0, n * 1000, 9000)).await;
        for size in ["whole", "thumb", "preview"] {
            phone.look(file, size).await.good();
        }
        assert_eq!(relay.files_on_disk(), 6, "and each with the boxes of now");
    }
}
