//! The cleaner: pages, pieces of pages and texts.
#![no_main]

use finewire::ingest::raw::Body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    finewire_fuzz::clean(Body::Html(text.clone()));
    finewire_fuzz::clean(Body::Text(text));
});
