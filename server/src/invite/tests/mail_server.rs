//! A mail server: enough of SMTP to take letters, and to refuse them as told.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// One letter as it was handed over.
#[derive(Debug)]
pub(crate) struct Letter {
    pub from: String,
    pub to: String,
    /// Headers and body, soft line breaks of quoted-printable undone.
    pub content: String,
}

/// A running mail server.
pub(crate) struct MailServer {
    pub address: std::net::SocketAddr,
    pub letters: mpsc::Receiver<Letter>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl MailServer {
    /// Answers the first recipients with `refusals` in order, and accepts from then on.
    pub(crate) async fn start(refusals: &'static [&'static str]) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, letters) = mpsc::channel(16);
        let task = tokio::spawn(async move {
            let refused = Arc::new(AtomicUsize::new(0));
            while let Ok((socket, _)) = listener.accept().await {
                // A conversation that breaks off is the client's affair; the tests look at what the client says.
                tokio::spawn(talk(socket, refusals, Arc::clone(&refused), sender.clone()));
            }
        });
        Ok(Self { address, letters, task })
    }
}

async fn talk(
    mut socket: TcpStream,
    refusals: &'static [&'static str],
    refused: Arc<AtomicUsize>,
    letters: mpsc::Sender<Letter>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (read, mut write) = socket.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.example ESMTP\r\n").await?;
    let (mut from, mut to) = (String::new(), String::new());
    while let Some(line) = lines.next_line().await? {
        let word = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250 mail.example".to_owned(),
            "MAIL" => {
                from = line;
                "250 ok".to_owned()
            }
            "RCPT" => {
                to = line;
                refusals
                    .get(refused.fetch_add(1, Ordering::SeqCst))
                    .copied()
                    .unwrap_or("250 ok")
                    .to_owned()
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut content = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    match line.strip_suffix('=') {
                        Some(soft) => content.push_str(soft),
                        None => content.push_str(&format!("{line}\n")),
                    }
                }
                letters
                    .send(Letter {
                        from: from.clone(),
                        to: to.clone(),
                        content,
                    })
                    .await?;
                "250 taken".to_owned()
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 not here".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
