//! An invitation from what an agent typed to a message on its way.

use axum::http::StatusCode;
use farhand_shared::session;
use farhand_shared::wire::http::sessions::Invite;
use farhand_shared::wire::http::site::Asked;
use phonenumber::country;
use uuid::Uuid;

use super::address::EmailAddress;
use super::guard::{self, Allowance, GuardError, Recipient};
use super::letter::{self, InviteLetter, Letter};
use super::phone::{Phone, PhoneFault};
use super::postman::{Outgoing, PostError};
use super::sms::{self, InviteText};
use super::{By, Message};
use crate::accounts::read_email;
use crate::error::ApiError;
use crate::site;
use crate::state::AppState;
use crate::store::unix_ms;

/// Where an invitation goes, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Text message.
    Sms(Phone),
    /// E-mail.
    Email(EmailAddress),
    /// The agent passes the link on; nothing is sent.
    Link,
    /// The visitor of this id, who has a page of the organisation's website open.
    Site(String),
}

/// What an invitation carries.
#[derive(Clone, Copy)]
pub struct Invitation<'a> {
    /// The session it leads to.
    pub session_id: Uuid,
    /// The link's id in the store.
    pub invite_id: Uuid,
    /// The agent who asks.
    pub agent_id: Uuid,
    /// The agent's name as customers see it.
    pub agent_name: &'a str,
    /// The whole link with its secret.
    pub link: &'a str,
    /// Six digits.
    pub pin: &'a str,
}

impl Target {
    /// Checks what the agent typed. National phone numbers are read as those of the configured country.
    ///
    /// # Errors
    /// `phone_not_valid`, `phone_country_missing`, `phone_premium`, `email_not_valid` or `visitor_gone`.
    pub fn read(typed: &Invite, state: &AppState) -> Result<Self, ApiError> {
        match typed {
            Invite::Sms { phone } => Phone::parse(phone, home_country(state))
                .map(Self::Sms)
                .map_err(phone_refused),
            Invite::Email { email } => read_email(email).map(Self::Email),
            Invite::Link => Ok(Self::Link),
            Invite::Site { visitor } => match state.site.visitor(visitor) {
                Some(_) => Ok(Self::Site(visitor.clone())),
                None => Err(site::gone()),
            },
        }
    }

    /// The address with its middle hidden; empty where there is none.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Sms(phone) => phone.masked(),
            Self::Email(email) => email.masked(),
            Self::Link | Self::Site(_) => String::new(),
        }
    }

    /// How it travels.
    #[must_use]
    pub fn channel(&self) -> session::Channel {
        match self {
            Self::Sms(_) => session::Channel::Sms,
            Self::Email(_) => session::Channel::Email,
            Self::Link => session::Channel::Link,
            Self::Site(_) => session::Channel::Site,
        }
    }

    /// Counts the message against the limits. Ask before anything is made for it.
    ///
    /// # Errors
    /// 429 `too_many_requests` with the limit that was reached.
    pub async fn may_send(&self, state: &AppState, agent: Uuid) -> Result<(), ApiError> {
        let to = match self {
            Self::Sms(phone) => Recipient::Phone(phone),
            Self::Email(email) => Recipient::Email(email.as_private()),
            Self::Link | Self::Site(_) => return Ok(()),
        };
        let allowance = Allowance {
            agent: Some(agent),
            per_agent_hour: state.config.limits.invites_per_hour,
            home_code: home_country(state).and_then(calling_code),
        };
        let now = unix_ms(state.clock.now_ms());
        match guard::pass(state.store.as_ref(), &state.scopes, to, &allowance, now).await {
            Ok(()) => Ok(()),
            Err(GuardError::Reached(reached)) => Err(ApiError::too_many(reached.words, reached.wait)),
            Err(GuardError::Store(error)) => Err(error.into()),
        }
    }

    /// Puts the message on its way; what becomes of it is told to the postman's listener. Nothing happens for a link.
    ///
    /// # Errors
    /// `message_too_long`, `visitor_gone` or 503 `messages_busy`.
    pub async fn send(&self, state: &AppState, invitation: &Invitation<'_>) -> Result<(), ApiError> {
        let company = &state.config.company;
        let host = state.config.public_url.host();
        let Invitation {
            agent_name: agent,
            link,
            pin,
            ..
        } = *invitation;
        let (by, to, text) = match self {
            Self::Link => return Ok(()),
            Self::Site(visitor) => {
                let asked = Asked {
                    invitation: invitation.invite_id.into(),
                    agent: agent.to_owned(),
                    company: company.clone(),
                    terms: state.site.terms().to_owned(),
                    link: link.to_owned(),
                };
                return state.site.ask(visitor, invitation.session_id.into(), asked);
            }
            Self::Sms(phone) => {
                let text = sms::invite_text(&InviteText {
                    company,
                    agent,
                    link,
                    host,
                    pin,
                });
                if sms::segments(&text) > sms::MAX_SEGMENTS {
                    return Err(too_long());
                }
                (By::Sms, phone.as_private(), text)
            }
            Self::Email(email) => {
                let Letter { subject, text, html } = letter::invite(&InviteLetter {
                    company,
                    agent,
                    link,
                    host,
                    pin,
                });
                (By::Email { subject, html }, email.as_private(), text)
            }
        };
        let message = Message {
            id: Uuid::new_v4(),
            session_id: Some(invitation.session_id),
            agent_id: Some(invitation.agent_id),
            by,
            to: to.expose().to_owned(),
            text,
        };
        let outgoing = Outgoing {
            message,
            invite_id: Some(invitation.invite_id),
            masked: self.masked(),
        };
        match state.postman.post(outgoing).await {
            Ok(()) => Ok(()),
            Err(PostError::Busy) => Err(busy()),
            Err(PostError::Store(error)) => Err(error.into()),
        }
    }
}

/// The country national numbers belong to.
fn home_country(state: &AppState) -> Option<country::Id> {
    state.config.phone_country
}

fn calling_code(country: country::Id) -> Option<u16> {
    phonenumber::metadata::DATABASE
        .by_id(country.as_ref())
        .map(phonenumber::Metadata::country_code)
}

fn phone_refused(fault: PhoneFault) -> ApiError {
    let (code, next) = match fault {
        PhoneFault::NotValid => (
            "phone_not_valid",
            "Check the digits. Or send an e-mail, or read out the PIN.",
        ),
        PhoneFault::CountryMissing => (
            "phone_country_missing",
            "Start the number with + and the country's code.",
        ),
        PhoneFault::Premium => ("phone_premium", "Use an ordinary mobile number."),
    };
    let words = fault.to_string();
    let message = words
        .chars()
        .take(1)
        .flat_map(char::to_uppercase)
        .chain(words.chars().skip(1))
        .collect::<String>();
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, format!("{message}."), next)
}

fn too_long() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "message_too_long",
        "The invitation does not fit into a text message.",
        "Send an e-mail, or pass the link on yourself.",
    )
}

fn busy() -> ApiError {
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "messages_busy",
        "Too many messages are waiting to be sent.",
        "Read out the PIN, pass the link on yourself, or try again in a minute.",
    )
}
