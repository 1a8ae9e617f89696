//! What a scenario happens against: the real server, a real mail server, a telephone company that speaks HTTP.

mod mail;
mod server;
mod sms;
mod website;

pub use mail::{Mail, Mailbox};
pub use server::{Options, Server};
pub use sms::{Phones, Sms};
pub use website::Website;

/// Everything that people's browsers talk to.
pub struct Stack {
    pub server: Server,
    /// Where the server's mail arrives.
    pub mail: Mailbox,
    /// Where the server's text messages arrive.
    pub phones: Phones,
}

impl Stack {
    /// Starts all of it; ready to be used when this returns.
    pub async fn start(options: Options) -> Self {
        let mail = Mailbox::open().await;
        let phones = Phones::open().await;
        let mut options = options;
        if options.mail {
            options = options
                .with("smtp-url", &mail.url())
                .with("mail-from", "Farhand <help@farhand.test>");
        }
        if options.sms {
            options = options
                .with("sms-provider", "twilio")
                .with("twilio-base-url", &phones.url())
                .with("twilio-account", sms::ACCOUNT)
                .with("twilio-token", sms::TOKEN)
                .with("twilio-from", sms::SENDER);
        }
        let server = Server::start(options).await;
        Self { server, mail, phones }
    }
}
