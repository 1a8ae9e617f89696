#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| farhand_fuzz::upload::upload(data));
