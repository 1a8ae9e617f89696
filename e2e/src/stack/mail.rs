//! A mail server that keeps what it is given. It speaks as much SMTP (RFC 5321) as a client needs to hand over mail.

use std::sync::{Arc, Mutex, PoisonError};

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::see::{self, PATIENCE};

/// A mail that has arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The address it was handed over for.
    pub to: String,
    pub subject: String,
    /// The plain text.
    pub text: String,
}

impl Mail {
    /// The first link in the text that contains `part`.
    pub fn link(&self, part: &str) -> String {
        link_in(&self.text, part)
    }
}

/// The first word of `text` that is a web address and contains `part`.
pub(super) fn link_in(text: &str, part: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    let mut links = words.filter(|word| word.starts_with("http") && word.contains(part));
    let link = links.next().unwrap_or_else(|| panic!("no link with {part} in: {text}"));
    link.trim_end_matches(['.', ',', ')']).to_owned()
}

type Arrived = Arc<Mutex<Vec<Mail>>>;

/// All mail for everybody.
pub struct Mailbox {
    port: u16,
    arrived: Arrived,
}

impl Mailbox {
    /// Listens on a free port as long as the test's runtime runs.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap_or_else(|error| panic!("no free port: {error}"));
        let port = listener.local_addr().map(|address| address.port()).unwrap_or_default();
        let arrived = Arrived::default();
        let keep = arrived.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let keep = keep.clone();
                tokio::spawn(async move { converse(stream, &keep).await });
            }
        });
        Self { port, arrived }
    }

    /// As in the server's `--smtp-url`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Waits for the newest mail to this address whose subject contains `subject`.
    pub async fn mail_for(&self, to: &str, subject: &str) -> Mail {
        let found = see::until(PATIENCE, async || {
            let arrived = self.all();
            arrived
                .into_iter()
                .rev()
                .find(|mail| mail.to == to && mail.subject.contains(subject))
        });
        match found.await {
            Ok(mail) => mail,
            Err(_) => panic!("no mail \"{subject}\" for {to}; there are {:#?}", self.all()),
        }
    }

    /// All mail that has arrived, oldest first.
    pub fn all(&self) -> Vec<Mail> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One client's connection. A broken one ends; what it had not finished is not kept.
async fn converse(stream: TcpStream, keep: &Arrived) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut recipients = Vec::new();
    write.write_all(b"220 farhand.test\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-farhand.test\r\n250 8BITMIME\r\n",
            "RCPT" => {
                recipients.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                "250 OK\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.ok()?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    // A leading dot is doubled on the way (RFC 5321, 4.5.2).
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                let mails = recipients.drain(..).map(|to| read_mail(to, &raw));
                keep.lock().unwrap_or_else(PoisonError::into_inner).extend(mails);
                "250 kept\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            }
            "HELO" | "MAIL" | "RSET" | "NOOP" => "250 OK\r\n",
            _ => "502 unknown\r\n",
        };
        write.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}

fn read_mail(to: String, raw: &str) -> Mail {
    let message = MessageParser::default().parse(raw);
    let subject = message
        .as_ref()
        .and_then(|message| message.subject())
        .unwrap_or_default()
        .to_owned();
    let text = message
        .as_ref()
        .and_then(|message| message.body_text(0))
        .unwrap_or_default()
        .into_owned();
    Mail { to, subject, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mail_handed_over_is_kept_and_read() {
        let mailbox = Mailbox::open().await;
        let mut client = TcpStream::connect(("127.0.0.1", mailbox.port)).await.unwrap();
        let mail = "EHLO me\r\nMAIL FROM:<a@farhand.test>\r\nRCPT TO:<bo@farhand.test>\r\nDATA\r\n\
            Subject: =?utf-8?q?Caf=C3=A9?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nOpen http://localhost/j#a=\r\nbc.\r\n..\r\n.\r\nQUIT\r\n";
        client.write_all(mail.as_bytes()).await.unwrap();
        let mail = mailbox.mail_for("bo@farhand.test", "Café").await;
        assert_eq!(mail.link("/j#"), "http://localhost/j#abc");
    }
}
