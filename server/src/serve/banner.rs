//! What a person who started Farhand reads once it is ready. It goes to standard output; the log goes to standard error.

use std::fmt::Write;

use crate::accounts::links::first_admin_link;
use crate::lan;
use crate::state::AppState;

/// The addresses to open, and how a phone gets there.
pub async fn banner(state: &AppState) -> String {
    let url = &state.config.public_url;
    let mut text = format!("\nFarhand {} is ready.\n\n", env!("CARGO_PKG_VERSION"));
    line(&mut text, "Customers", &url.join("/"));
    line(&mut text, "Agents", &url.join("/agent"));
    match first_admin_link(state).await {
        Ok(Some(link)) => line(&mut text, "First administrator, one time", &link),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the link for the first administrator could not be made"),
    }
    if state.config.lan {
        phones(&mut text, state);
    }
    text.push_str("\nStop with Ctrl-C.");
    text
}

fn line(text: &mut String, what: &str, address: &str) {
    let _ = writeln!(text, "  {what:<30} {address}");
}

fn phones(text: &mut String, state: &AppState) {
    let url = &state.config.public_url;
    text.push_str("\nOn a phone in this network, scan:\n\n");
    if let Some(code) = lan::qr(&url.join("/")) {
        text.push_str(&code);
        text.push('\n');
    }
    let addresses = lan::addresses();
    for ip in &addresses {
        let host = if ip.is_ipv6() {
            format!("[{ip}]")
        } else {
            ip.to_string()
        };
        let _ = writeln!(text, "  https://{host}:{}/", state.config.listen.port());
    }
    if state.config.serves_home_made_certificate() {
        text.push_str(&about_certificate(
            &url.join(lan::AUTHORITY_PATH),
            addresses.iter().copied().any(lan::is_private),
        ));
    }
}

/// Without a private address the certificate names none of the above, and trusting it would not help.
fn about_certificate(authority: &str, covers_network: bool) -> String {
    if covers_network {
        format!(
            "\n  The phone will warn, because the certificate is home-made. Go on past the warning; or, to be rid of it\n  \
             (iPhones need it for calls), open {authority} there, install the certificate and trust it.\n"
        )
    } else {
        "\n  The phone will warn, and iPhones will refuse calls: this network has public addresses, for which a home-made\n  \
         certificate cannot speak. Give a real one with --tls-cert and --tls-key.\n"
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::Config;

    #[tokio::test]
    async fn the_banner_offers_the_first_administrators_link_while_there_is_none()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let state = AppState::open(Config::for_tests(folder.path()), Clock::system()).await?;
        let text = banner(&state).await;
        let (_, secret) = text
            .split_once("http://localhost:8080/agent#first-admin=")
            .ok_or("no link")?;
        let token: String = secret.chars().take_while(|c| !c.is_whitespace()).collect();
        crate::accounts::links::first_admin(&state, &token, "boss@example.org", "Boss", "correct horse battery")
            .await
            .map_err(|error| error.code())?;
        assert!(!banner(&state).await.contains("first-admin"));
        Ok(())
    }
}
