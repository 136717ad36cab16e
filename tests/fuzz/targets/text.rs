//! The extractors, and all stages behind them, in every language: the first byte tells which.
#![no_main]

use finewire::base::lang::Lang;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let lang = Lang::ALL[usize::from(*first) % Lang::ALL.len()];
    finewire_fuzz::extract(String::from_utf8_lossy(rest).into_owned(), lang.code());
});
