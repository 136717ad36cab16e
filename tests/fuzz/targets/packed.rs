//! Archives, packings and files whose bytes tell their kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| finewire_fuzz::read(bytes, None));
