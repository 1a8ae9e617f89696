#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| farhand_fuzz::wire::pin_parse(data));
