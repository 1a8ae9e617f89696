//! Small words for values that `web_sys` has no types for, or only unstable ones.

use farhand_shared::client::Failure;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The property `key`; none when it is missing, `undefined` or `null`.
pub(crate) fn get(target: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(target, &key.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// The property `key` as text.
pub(crate) fn text(target: &JsValue, key: &str) -> Option<String> {
    get(target, key)?.as_string()
}

/// The property `key` as a number.
pub(crate) fn number(target: &JsValue, key: &str) -> Option<f64> {
    get(target, key)?.as_f64()
}

/// Whether the property `key` is exactly `true`.
pub(crate) fn flag(target: &JsValue, key: &str) -> bool {
    get(target, key).is_some_and(|value| value.as_bool() == Some(true))
}

/// Sets a property; objects of the browser that refuse it are left as they are.
pub(crate) fn set(target: &JsValue, key: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(target, &key.into(), &value.into());
}

/// A plain object of the pairs.
pub(crate) fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        set(&object, key, value);
    }
    object.into()
}

/// Calls the method `name`.
///
/// # Errors
/// What the method threw, or `undefined` when there is no such method.
pub(crate) fn call(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(target, name)
        .and_then(|value| value.dyn_into().ok())
        .ok_or(JsValue::UNDEFINED)?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    method.apply(target, &list)
}

/// Calls a method that answers with a promise, and waits for it.
///
/// # Errors
/// What the method threw, or what the promise was rejected with.
pub(crate) async fn call_later(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    settle(call(target, name, arguments)?).await
}

/// Waits for a promise; any other value is its own answer.
///
/// # Errors
/// What the promise was rejected with.
pub(crate) async fn settle(value: JsValue) -> Result<JsValue, JsValue> {
    match value.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(value) => Ok(value),
    }
}

/// Keeps a promise whose answer nobody needs from being reported as unhandled.
pub(crate) fn ignore(promise: Result<JsValue, JsValue>) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(promise) = promise {
            let _ = settle(promise).await;
        }
    });
}

/// An error of the browser as name and message.
pub(crate) fn failure(error: &JsValue) -> Failure {
    Failure {
        name: text(error, "name").unwrap_or_else(|| "Error".to_owned()),
        message: text(error, "message").unwrap_or_default(),
    }
}

/// A new object of the browser's class `name`; none where there is no such class.
pub(crate) fn make(name: &str, argument: &JsValue) -> Option<JsValue> {
    let class: Function = get(&js_sys::global(), name)?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(argument)).ok()
}
