//! JSON: one object a line, one value a file.
#![no_main]

use finewire::ingest::kind::Kind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    finewire_fuzz::read(bytes, Some(Kind::Lines));
    finewire_fuzz::read(bytes, Some(Kind::Values));
});
