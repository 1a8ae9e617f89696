//! Walks the state table of `machine` row by row.

use super::{Link, News};
use crate::client::{Dice, LinkView, Output, SocketInput};
use crate::id::{CommandId, Generation, PersonId, Seq, SessionId};
use crate::session::{Command, Event, Mode, Record, Rejection};
use crate::time::Time;
use crate::wire::{CatchUp, Closing, FromClient, FromServer, SeatToken, Welcome};

struct Half;
impl Dice for Half {
    fn bits(&mut self) -> u128 {
        7
    }
    fn share(&mut self) -> f32 {
        0.5
    }
}

/// A link with its clock and what it asked for since last looked at.
struct Bench {
    link: Link,
    now: Time,
    out: Vec<Output>,
}

const fn ms(millis: u64) -> Time {
    Time::from_millis(1_000_000 + millis)
}

impl Bench {
    fn seated() -> Self {
        let mut bench = Self {
            link: Link::new(true),
            now: ms(0),
            out: Vec::new(),
        };
        bench.link.seated(SeatToken("seat".into()), bench.now, &mut bench.out);
        bench
    }

    fn live() -> Self {
        let mut bench = Self::seated();
        bench.socket(1, SocketInput::Opened);
        bench.welcome(1, Vec::new());
        bench.out.clear();
        bench
    }

    fn at(&mut self, millis: u64) -> &mut Self {
        self.now = ms(millis);
        self
    }

    fn socket(&mut self, generation: u32, what: SocketInput) -> Vec<News> {
        let generation = Generation(generation);
        self.link.socket(generation, what, self.now, &mut Half, &mut self.out)
    }

    fn receive(&mut self, generation: u32, message: FromServer) -> Vec<News> {
        self.socket(generation, SocketInput::Received(message))
    }

    fn welcome(&mut self, generation: u32, events: Vec<Record>) -> Vec<News> {
        let welcome = Welcome {
            settings: crate::wire::Settings::default(),
            you: PersonId::from_u128(1),
            session: SessionId::from_u128(2),
            generation: Generation(generation),
            now: self.now,
            catch_up: CatchUp::Events(events),
        };
        self.receive(generation, FromServer::Welcome(Box::new(welcome)))
    }

    fn tick(&mut self) -> Vec<News> {
        self.link.tick(self.now, &mut Half, &mut self.out)
    }

    fn took(&mut self) -> Vec<Output> {
        core::mem::take(&mut self.out)
    }
}

fn event(seq: u64) -> Record {
    Record {
        seq: Seq(seq),
        at: ms(0),
        by: None,
        cause: None,
        event: Event::ModeChanged {
            mode: Mode::Photo,
            why: crate::session::ModeWhy::Chosen,
        },
    }
}

fn opens(outputs: &[Output]) -> Vec<u32> {
    let opened = outputs.iter().filter_map(|o| match o {
        Output::OpenSocket(generation) => Some(generation.0),
        _ => None,
    });
    opened.collect()
}

fn sent(outputs: &[Output]) -> Vec<FromClient> {
    let sent = outputs.iter().filter_map(|o| match o {
        Output::Send(_, message) => Some(message.clone()),
        _ => None,
    });
    sent.collect()
}

#[test]
fn a_seat_connects_greets_with_what_it_has_and_is_live_after_the_welcome() {
    let mut b = Bench::seated();
    assert_eq!(b.link.view(), LinkView::Connecting);
    assert_eq!(opens(&b.took()), [1]);
    b.socket(1, SocketInput::Opened);
    let [FromClient::Hello(hello)] = &sent(&b.took())[..] else {
        panic!("no hello")
    };
    assert_eq!((hello.have, hello.generation), (Seq::ZERO, Generation(1)));
    let news = b.at(100).welcome(1, vec![event(1), event(2)]);
    assert_eq!(news.len(), 3, "{news:?}");
    assert_eq!(b.link.view(), LinkView::Live);
}

#[test]
fn the_clocks_of_browser_and_relay_are_compared_in_the_middle_of_the_way() {
    let mut b = Bench::seated();
    b.socket(1, SocketInput::Opened);
    b.now = ms(200);
    let knock = FromServer::Waiting {
        generation: Generation(1),
        now: ms(5_100),
        noticed: false,
    };
    let heard = News::Knocking {
        clock_offset: 5_000,
        noticed: false,
    };
    assert_eq!(b.receive(1, knock), [heard]);
    assert_eq!(b.link.view(), LinkView::Live);
    assert!(!b.link.is_live(), "a knocker sends no commands");
    b.welcome(1, Vec::new());
    assert!(b.link.is_live(), "admitted");
}

#[test]
fn a_socket_that_does_not_open_or_greet_in_five_seconds_is_given_up() {
    for opens_first in [false, true] {
        let mut b = Bench::seated();
        if opens_first {
            b.socket(1, SocketInput::Opened);
        }
        b.took();
        assert_eq!(b.at(4_999).tick(), []);
        assert_eq!(b.at(5_000).tick(), [News::Lost]);
        assert_eq!(b.took(), [Output::CloseSocket(Generation(1))]);
        assert_eq!(b.link.timeout(), Some(ms(5_150)), "first retry within 300 ms");
        b.at(5_150).tick();
        assert_eq!(opens(&b.took()), [2]);
    }
}

#[test]
fn the_waits_double_and_start_anew_once_a_pong_has_come() {
    let mut b = Bench::seated();
    let mut waits = Vec::new();
    for generation in 1..=8 {
        b.socket(generation, SocketInput::Closed);
        let next = b.link.timeout().unwrap();
        waits.push(next.since(b.now).as_millis());
        b.now = next;
        b.tick();
    }
    assert_eq!(waits, [150, 450, 900, 1_800, 3_600, 6_000, 6_000, 6_000]);
    b.socket(9, SocketInput::Opened);
    b.welcome(9, Vec::new());
    b.receive(9, FromServer::Pong(1));
    b.socket(9, SocketInput::Closed);
    assert_eq!(b.link.timeout().unwrap().since(b.now).as_millis(), 150);
}

#[test]
fn during_a_call_the_waits_stay_below_two_seconds() {
    let mut b = Bench::seated();
    b.link.set_in_call(true);
    let mut waited = 0;
    for generation in 1..=50 {
        b.socket(generation, SocketInput::Closed);
        let next = b.link.timeout().unwrap();
        let wait = next.since(b.now).as_millis();
        assert!(
            wait <= if waited < 10_000 { 400 } else { 2_000 },
            "{wait} after {waited}"
        );
        waited += wait;
        b.now = next;
        b.tick();
    }
}

#[test]
fn another_network_means_another_socket_at_once() {
    let mut b = Bench::live();
    let mut out = Vec::new();
    b.link.set_offline(true, b.now, &mut Half, &mut out);
    b.at(1_000);
    out.clear();
    let news = b.link.set_offline(false, b.now, &mut Half, &mut out);
    assert_eq!(news, [News::Lost]);
    assert_eq!(
        out,
        [Output::CloseSocket(Generation(1)), Output::OpenSocket(Generation(2))]
    );
}

#[test]
fn news_of_an_older_socket_is_dropped() {
    let mut b = Bench::live();
    b.socket(1, SocketInput::Closed);
    b.now = b.link.timeout().unwrap();
    b.tick();
    b.took();
    assert_eq!(b.socket(1, SocketInput::Opened), []);
    assert_eq!(b.receive(1, FromServer::Pin(None)), []);
    assert_eq!(b.socket(1, SocketInput::Closed), []);
    assert_eq!(b.took(), []);
    assert_eq!(
        b.link.view(),
        LinkView::Reconnecting {
            since: ms(0),
            next_try: ms(0)
        }
    );
}

#[test]
fn a_zombie_is_replaced_within_five_seconds_of_coming_back() {
    let mut b = Bench::live();
    let mut out = Vec::new();
    b.link.set_hidden(true, b.now, &mut out);
    b.at(600_000);
    b.link.set_hidden(false, b.now, &mut out);
    b.link.set_offline(false, b.now, &mut Half, &mut out);
    assert_eq!(sent(&out), [FromClient::Ping(1)], "one question, however many reasons");
    assert_eq!(b.link.timeout(), Some(ms(602_500)));
    assert_eq!(b.at(602_500).tick(), [News::Lost]);
    assert_eq!(opens(&b.took()), [2], "and at once the next try");
}

#[test]
fn coming_back_while_waiting_tries_at_once_and_a_slow_try_is_hurried() {
    let mut b = Bench::live();
    b.socket(1, SocketInput::Closed);
    b.took();
    let mut out = Vec::new();
    b.link.set_offline(false, b.now, &mut Half, &mut out);
    assert_eq!(opens(&out), [2]);
    b.link.hurry(ms(1_000), &mut out);
    assert_eq!(b.link.timeout(), Some(ms(3_500)));
}

#[test]
fn without_network_the_tries_go_on_but_the_word_changes() {
    let mut b = Bench::live();
    let mut out = Vec::new();
    b.link.set_offline(true, b.now, &mut Half, &mut out);
    assert_eq!(sent(&out), [FromClient::Ping(1)], "browsers are often wrong: ask");
    assert_eq!(b.link.view(), LinkView::Live);
    b.at(2_500).tick();
    assert_eq!(b.link.view(), LinkView::Offline { since: ms(2_500) });
    assert_eq!(opens(&b.took()), [2]);
}

#[test]
fn a_gap_is_filled_by_coming_back_at_once() {
    let mut b = Bench::live();
    assert_eq!(b.receive(1, FromServer::Happened(event(1))).len(), 1);
    assert_eq!(b.receive(1, FromServer::Happened(event(3))), [News::Lost]);
    assert_eq!(
        b.took(),
        [Output::CloseSocket(Generation(1)), Output::OpenSocket(Generation(2))]
    );
    b.socket(2, SocketInput::Opened);
    let [FromClient::Hello(hello)] = &sent(&b.took())[..] else {
        panic!("no hello")
    };
    assert_eq!(hello.have, Seq(1));
    let news = b.welcome(2, vec![event(1), event(2), event(3)]);
    assert_eq!(news.len(), 3, "the one it had is not told twice: {news:?}");
}

#[test]
fn a_second_gap_without_a_sign_of_health_waits() {
    let mut b = Bench::live();
    b.receive(1, FromServer::Happened(event(3)));
    b.socket(2, SocketInput::Opened);
    b.welcome(2, Vec::new());
    b.took();
    b.receive(2, FromServer::Happened(event(3)));
    assert_eq!(opens(&b.took()), [] as [u32; 0]);
}

#[test]
fn a_lost_last_event_is_found_out_by_the_next_pong_and_fetched() {
    let mut b = Bench::live();
    b.receive(1, FromServer::Happened(event(1)));
    assert_eq!(b.receive(1, FromServer::Latest(Seq(1))), [], "we have it");
    assert_eq!(b.took(), []);
    assert_eq!(b.receive(1, FromServer::Latest(Seq(2))), [News::Lost]);
    assert_eq!(
        b.took(),
        [Output::CloseSocket(Generation(1)), Output::OpenSocket(Generation(2))]
    );
    assert_eq!(b.receive(1, FromServer::Pong(1)), [], "of the socket that was given up");
    b.socket(2, SocketInput::Opened);
    let [FromClient::Hello(hello)] = &sent(&b.took())[..] else {
        panic!("no hello")
    };
    assert_eq!(hello.have, Seq(1));
    b.welcome(2, vec![event(2)]);
    assert_eq!(b.receive(2, FromServer::Latest(Seq(2))), []);
    // A relay that goes on to promise what it does not tell is not asked without a pause.
    b.took();
    b.receive(2, FromServer::Latest(Seq(3)));
    assert_eq!(opens(&b.took()), [] as [u32; 0]);
}

#[test]
fn commands_wait_for_the_welcome_and_are_sent_again_after_a_loss() {
    let mut b = Bench::seated();
    let id = CommandId::from_u128(5);
    b.link.enqueue(id, Command::Start, b.now).unwrap();
    b.link.flush(Time::default(), &mut b.out);
    b.socket(1, SocketInput::Opened);
    b.link.flush(Time::default(), &mut b.out);
    let is_do = |m: &FromClient| matches!(m, FromClient::Do { .. });
    assert!(!sent(&b.took()).iter().any(is_do));
    b.welcome(1, Vec::new());
    b.link.flush(Time::default(), &mut b.out);
    assert!(sent(&b.took()).iter().any(is_do));
    b.socket(1, SocketInput::Closed);
    b.now = b.link.timeout().unwrap();
    b.tick();
    b.socket(2, SocketInput::Opened);
    b.welcome(2, Vec::new());
    b.link.flush(Time::default(), &mut b.out);
    assert!(sent(&b.took()).iter().any(is_do), "again");
    let refused = b.receive(
        2,
        FromServer::Refused {
            id,
            why: Rejection::NotConfirmed,
        },
    );
    assert!(matches!(refused[..], [News::Settled { refused: Some(_), .. }]));
    assert!(b.link.outbox().is_empty());
}

#[test]
fn an_event_that_a_command_caused_answers_it() {
    let mut b = Bench::live();
    let id = CommandId::from_u128(5);
    b.link.enqueue(id, Command::SetMode(Mode::Photo), b.now).unwrap();
    b.link.flush(Time::default(), &mut b.out);
    let caused = Record {
        cause: Some(id),
        ..event(1)
    };
    let news = b.receive(1, FromServer::Happened(caused));
    assert!(matches!(
        news[..],
        [News::Happened(_), News::Settled { refused: None, .. }]
    ));
    assert_eq!(
        b.receive(1, FromServer::Accepted(id)),
        [],
        "the later word finds nothing"
    );
}

#[test]
fn each_closing_goes_its_way() {
    let goes = |why| {
        let mut b = Bench::live();
        let news = b.receive(1, FromServer::Closing(why));
        (news, b.link.timeout(), b.took())
    };
    let (_, next, _) = goes(Closing::Restarting { retry_ms: 400 });
    assert_eq!(next, Some(ms(600)), "with jitter");
    let (news, next, _) = goes(Closing::TooSlow);
    assert_eq!((&news[..], next), (&[News::Lost][..], Some(ms(150))));
    let (_, next, _) = goes(Closing::Misbehaved);
    assert_eq!(next, Some(ms(8_000)));
    for (why, wanted) in [
        (Closing::Replaced, None),
        (Closing::NoSuchSeat, Some(Output::ForgetSeat)),
        (Closing::Declined, Some(Output::ForgetSeat)),
        (Closing::ProtocolMismatch, Some(Output::Reload)),
    ] {
        let (news, next, mut outputs) = goes(why);
        assert_eq!((&news[..], next), (&[News::Closed(why)][..], None));
        assert_eq!(outputs.remove(0), Output::CloseSocket(Generation(1)));
        assert_eq!(outputs.pop(), wanted);
    }
}

#[test]
fn being_told_off_twice_is_the_end() {
    let mut b = Bench::live();
    b.receive(1, FromServer::Closing(Closing::Misbehaved));
    b.at(8_000).tick();
    b.socket(2, SocketInput::Opened);
    b.welcome(2, Vec::new());
    let news = b.receive(2, FromServer::Closing(Closing::Misbehaved));
    assert_eq!(news, [News::Closed(Closing::Misbehaved)]);
}

#[test]
fn another_seat_starts_from_nothing() {
    let mut b = Bench::live();
    b.receive(1, FromServer::Happened(event(1)));
    b.link.enqueue(CommandId::from_u128(5), Command::Start, b.now).unwrap();
    b.link.seated(SeatToken("seat".into()), b.now, &mut b.out);
    assert_eq!(b.took(), [], "the same seat is no news");
    b.link.seated(SeatToken("other".into()), b.now, &mut b.out);
    assert_eq!(
        b.took(),
        [Output::CloseSocket(Generation(1)), Output::OpenSocket(Generation(2))]
    );
    assert!(b.link.outbox().is_empty());
}
