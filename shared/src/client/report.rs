//! What this browser tells about itself. Nothing is queued for each change: after every step the truth is compared with
//! what the session knows or will know, and the difference is reported. So the latest value always wins, and a session
//! that comes back from a snapshot with old words is put right by itself.

use super::step::{Client, Turn};
use crate::role::Role;
use crate::session::{Away, Camera, Command, Rejection, Seat, Session};
use core::mem::discriminant;
use core::time::Duration;

/// After a refusal for now (too fast, not stored) the report is tried again this much later.
const AGAIN: Duration = Duration::from_secs(2);

impl Client {
    /// Whether the devices of this page speak for the seat now.
    pub(super) fn reports_devices(&self, session: &Session) -> bool {
        let me = self.you.and_then(|me| session.person(me));
        let seated = me.is_some_and(|me| me.holds_seat());
        let rejoining = me.is_some_and(|me| me.seat == Seat::Ready);
        seated && (!session.status().is_over() || rejoining)
    }

    /// Reports what differs from what the session knows, or will know once it has what is on its way.
    pub(super) fn report(&mut self, turn: &mut Turn<'_>) {
        for (command, known) in self.own_state() {
            let same_kind = |other: &Command| discriminant(other) == discriminant(&command);
            let latest = self.link.outbox().iter().rfind(|entry| same_kind(&entry.command));
            let known = latest.map_or(known, |entry| says_the_same(&entry.command, &command));
            if !known && !self.refused_reports.contains(&command) {
                self.command(command, turn);
            }
        }
    }

    /// All that is to be known of this browser, each with whether the session knows it.
    fn own_state(&self) -> Vec<(Command, bool)> {
        let Some((session, me)) = self.session.as_ref().zip(self.me()) else {
            return Vec::new();
        };
        if !self.reports_devices(session) || self.report_after.is_some() {
            return Vec::new();
        }
        let (camera, mic, quality) = (self.devices.camera(), self.devices.mic(), self.own_quality());
        let hint = self.network.hint();
        let away = (self.hidden && me.role != Role::Agent).then_some(Away::Hidden);
        let mut state = vec![
            (Command::ReportCamera(camera), me.camera == camera),
            (Command::ReportMic(mic), me.mic == mic),
            (Command::ReportQuality(quality), me.quality == quality),
            (Command::ReportHint(hint), me.hint == hint),
            (Command::ReportAway(away), me.away.map(|(why, _)| why) == away),
            (
                Command::ReportWaiting(self.waiting_photos),
                me.waiting == self.waiting_photos,
            ),
        ];
        if let Some(seen) = self.read_up_to {
            state.push((Command::ReportSeen(seen), me.seen >= seen));
        }
        if self.session_knows_lens() {
            let (torch, asked_by) = (self.devices.torch(), None);
            state.push((Command::ReportTorch { torch, asked_by }, me.torch == torch));
        }
        state
    }

    /// Whether the session knows the open lens, and nothing else about it is on its way: only then the light counts.
    pub(super) fn session_knows_lens(&self) -> bool {
        let camera = self.devices.camera();
        let is_camera = |command: &Command| matches!(command, Command::ReportCamera(_));
        let said_all = !self.link.outbox().iter().any(|entry| is_camera(&entry.command));
        let known = self.me().is_some_and(|me| me.camera == camera);
        said_all && known && matches!(camera, Camera::Live(lens) if lens.torch)
    }

    /// A report was refused: not again as long as it is the same, or not for a while.
    pub(super) fn report_refused(&mut self, command: Command, why: Rejection) {
        if matches!(why, Rejection::TooFast | Rejection::NotStored) {
            self.report_after = Some(self.now.plus(AGAIN));
            return;
        }
        self.refused_reports
            .retain(|old| discriminant(old) != discriminant(&command));
        self.refused_reports.push(command);
    }
}

fn says_the_same(a: &Command, b: &Command) -> bool {
    match (a, b) {
        (Command::ReportTorch { torch: a, .. }, Command::ReportTorch { torch: b, .. }) => a == b,
        _ => a == b,
    }
}

/// Whether a person pressed something for this command, so that they must hear of its refusal.
pub(super) const fn is_pressed(command: &Command) -> bool {
    !matches!(
        command,
        Command::ReportCamera(_)
            | Command::ReportMic(_)
            | Command::ReportTorch { .. }
            | Command::ReportQuality(_)
            | Command::ReportHint(_)
            | Command::ReportAway(_)
            | Command::ReportWaiting(_)
            | Command::ReportSeen(_)
            | Command::AdaptMode(_)
            | Command::FailFile { .. }
            | Command::AnswerAsk { .. }
    )
}
