//! RSS and Atom, item by item.
#![no_main]

use finewire::ingest::kind::Kind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| finewire_fuzz::read(bytes, Some(Kind::Feed)));
