//! Tables of comma-separated values.
#![no_main]

use finewire::ingest::kind::Kind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| finewire_fuzz::read(bytes, Some(Kind::Rows)));
