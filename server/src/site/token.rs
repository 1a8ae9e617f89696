//! What the website signs: who is logged in, as a JSON Web Token with HMAC-SHA-256 and the secret of `--site-secret`.
//!
//! | Claim | Meaning |
//! |---|---|
//! | `sub` | the website's own name for the visitor, which the CRM's link names too: 1 to 64 of `A-Z a-z 0-9 - . _ ~` |
//! | `name` | what the agent reads; may be missing |
//! | `exp` | when the token ends, in seconds since 1970; at most a day ahead |

use axum::http::StatusCode;
use farhand_shared::limit;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use crate::config::Secret;
use crate::error::ApiError;

/// A token that would live longer is refused: whoever finds it would be the visitor for as long.
const LONGEST_S: u64 = 24 * 3600;
const ID_CHARS: usize = 64;

/// A logged-in visitor of the website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The website's own name for them.
    pub id: String,
    /// What agents read; may be empty.
    pub name: String,
}

/// Reads tokens signed with one secret.
pub struct Tokens(DecodingKey);

#[derive(Deserialize)]
struct Claims {
    sub: String,
    #[serde(default)]
    name: String,
    exp: u64,
}

impl Tokens {
    /// Those signed with this secret; none with an empty one, which the configuration refuses.
    pub fn signed_with(secret: &Secret) -> Option<Self> {
        DecodingKey::from_secret(secret.expose().as_bytes()).ok().map(Self)
    }

    /// Whom a token names at `now` (seconds since 1970).
    ///
    /// # Errors
    /// `token_expired` or `token_not_valid`.
    pub fn read(&self, token: &str, now: u64) -> Result<Visitor, ApiError> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_required_spec_claims(&["exp", "sub"]);
        // By our own clock below, which tests can hold still.
        rules.validate_exp = false;
        // The secret is for nothing else, whatever audience the website's library writes.
        rules.validate_aud = false;
        let claims = decode::<Claims>(token, &self.0, &rules);
        let claims = claims
            .map_err(|_| not_valid("Its signature or its form is wrong."))?
            .claims;
        if claims.exp <= now {
            return Err(expired());
        }
        if claims.exp - now > LONGEST_S {
            return Err(not_valid("It must end within a day."));
        }
        if !is_id(&claims.sub) {
            return Err(not_valid("sub must be 1 to 64 of A-Z a-z 0-9 - . _ ~."));
        }
        let name = limit::clean(&claims.name, limit::NAME_CHARS).unwrap_or_default();
        Ok(Visitor { id: claims.sub, name })
    }
}

/// Whether a text can be a visitor's id: characters that stand in every address as they are.
fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    (1..=ID_CHARS).contains(&text.len()) && text.chars().all(allowed)
}

fn expired() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "token_expired",
        "The website's token has expired.",
        "Load the page of the website again.",
    )
}

fn not_valid(why: &str) -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "token_not_valid",
        format!("The website's token is not valid. {why}"),
        "Make it as the operator's guide says.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    const SECRET: &str = "0123456789abcdef0123456789abcdef";
    const NOW: u64 = 1_700_000_000;

    fn signed(algorithm: Algorithm, secret: &str, claims: &Value) -> String {
        let key = EncodingKey::from_secret(secret.as_bytes()).unwrap();
        encode(&Header::new(algorithm), claims, &key).unwrap()
    }

    fn read(token: &str) -> Result<Visitor, &'static str> {
        let tokens = Tokens::signed_with(&Secret::new(SECRET)).unwrap();
        tokens.read(token, NOW).map_err(|error| error.code())
    }

    #[test]
    fn a_token_of_the_website_names_its_visitor() {
        let token = signed(
            Algorithm::HS256,
            SECRET,
            &json!({ "sub": "4711", "name": " Bo  Berg ", "exp": NOW + 60 }),
        );
        let bo = read(&token).unwrap();
        assert_eq!((bo.id.as_str(), bo.name.as_str()), ("4711", "Bo Berg"));
        let nameless = signed(Algorithm::HS256, SECRET, &json!({ "sub": "x~1", "exp": NOW + 60 }));
        assert_eq!(read(&nameless).unwrap().name, "");
    }

    #[test]
    fn tokens_that_are_old_forged_or_odd_are_refused() {
        let good = json!({ "sub": "4711", "exp": NOW + 60 });
        let unsigned = {
            let token = signed(Algorithm::HS256, SECRET, &good);
            let (_, rest) = token.split_once('.').unwrap();
            let (claims, _) = rest.split_once('.').unwrap();
            // {"alg":"none","typ":"JWT"}
            format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.")
        };
        let cases = [
            (
                signed(Algorithm::HS256, "another secret of 32 characters!", &good),
                "token_not_valid",
            ),
            (signed(Algorithm::HS512, SECRET, &good), "token_not_valid"),
            (unsigned, "token_not_valid"),
            ("nonsense".to_owned(), "token_not_valid"),
            (
                signed(Algorithm::HS256, SECRET, &json!({ "sub": "4711" })),
                "token_not_valid",
            ),
            (
                signed(Algorithm::HS256, SECRET, &json!({ "exp": NOW + 60 })),
                "token_not_valid",
            ),
            (
                signed(Algorithm::HS256, SECRET, &json!({ "sub": "4711", "exp": NOW })),
                "token_expired",
            ),
            (
                signed(
                    Algorithm::HS256,
                    SECRET,
                    &json!({ "sub": "4711", "exp": NOW + LONGEST_S + 1 }),
                ),
                "token_not_valid",
            ),
            (
                signed(Algorithm::HS256, SECRET, &json!({ "sub": "a b", "exp": NOW + 60 })),
                "token_not_valid",
            ),
            (
                signed(Algorithm::HS256, SECRET, &json!({ "sub": "", "exp": NOW + 60 })),
                "token_not_valid",
            ),
        ];
        for (token, code) in cases {
            assert_eq!(read(&token), Err(code), "{token}");
        }
    }
}
