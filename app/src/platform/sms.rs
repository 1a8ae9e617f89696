//! The number in a text message, offered by Chrome on Android (WebOTP). Safari fills the field by itself.

use super::{js, window};
use wasm_bindgen::JsValue;

/// Asks for the number of a message that ends with `@host #number`; dropping this takes the question back.
pub struct SmsCode {
    abort: Option<web_sys::AbortController>,
}

impl SmsCode {
    /// Calls `found` with the number when the person agrees to hand it over.
    pub fn ask(found: impl FnOnce(String) + 'static) -> Self {
        let supported = js::get(&window(), "OTPCredential").is_some();
        let credentials = js::get(&window().navigator(), "credentials");
        let (Some(credentials), true, Ok(abort)) = (credentials, supported, web_sys::AbortController::new()) else {
            return Self { abort: None };
        };
        let transport = js_sys::Array::of1(&"sms".into());
        let wish = js::object([
            ("otp", js::object([("transport", transport.into())])),
            ("signal", JsValue::from(abort.signal())),
        ]);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = js::call_later(&credentials, "get", &[&wish]).await;
            if let Some(code) = answer.ok().and_then(|credential| js::text(&credential, "code")) {
                found(code);
            }
        });
        Self { abort: Some(abort) }
    }
}

impl Drop for SmsCode {
    fn drop(&mut self) {
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }
}
