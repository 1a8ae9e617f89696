//! What a person who started Farhand reads once it is ready. It goes to standard output; the log goes to standard error.

use std::fmt::Write;

use crate::lan;
use crate::state::AppState;

/// The addresses to open, and how a phone gets there.
pub async fn banner(state: &AppState) -> String {
    let url = &state.config.public_url;
    let mut text = format!("\nFarhand {} is ready.\n\n", env!("CARGO_PKG_VERSION"));
    line(&mut text, "Customers", &url.join("/"));
    line(&mut text, "Agents", &url.join("/agent"));
    if let Some(link) = first_admin_link(state).await {
        line(&mut text, "First administrator, one time", &link);
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

/// The link that makes the first administrator, while there is none.
async fn first_admin_link(_state: &AppState) -> Option<String> {
    None
}
