//! Randomness from the browser's cryptographic source.

use super::window;
use farhand_shared::client::Dice;

/// `crypto.getRandomValues`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Random;

impl Random {
    fn fill<const N: usize>(self) -> [u8; N] {
        let mut bytes = [0; N];
        // `getRandomValues` exists in every browser that runs wasm and fails only for more than 64 KiB.
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
    }
}

impl Dice for Random {
    fn bits(&mut self) -> u128 {
        u128::from_le_bytes(self.fill())
    }

    fn share(&mut self) -> f32 {
        // 24 bits fill the fraction of an `f32`, so the quotient stays below 1.
        let bits = u32::from_le_bytes(self.fill()) >> 8;
        bits as f32 / (1_u32 << 24) as f32
    }
}
