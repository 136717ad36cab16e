//! Whole articles as a person reads them: what `finewire show` says of some of the corpus.
//!
//! A snapshot has the text with its mentions in brackets, then the actions with the words of each
//! slot. It is read line by line when it changes, and never edited by hand.

use std::{path::Path, process::Command};

/// One article for each way of writing: Latin with and without cases, Cyrillic, Greek, right to
/// left, and scripts without spaces.
const ARTICLES: [&str; 8] = [
    "ar/01-mahrouqat-tassalouh",
    "de/01",
    "en/01",
    "fr/01-cookies-google-shein",
    "pl/01",
    "ja/01-denryoku-karuteru",
    "ru/01",
    "zh/01-meituan-er-xuan-yi",
];

/// The file of the corpus that starts with `name`.
fn file(name: &str) -> String {
    let path = Path::new("corpus").join(name);
    let folder = path.parent().unwrap();
    let start = path.file_name().unwrap().to_str().unwrap();
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.rsplit('/').next().unwrap().starts_with(start))
        .collect();
    found.sort();
    found.swap_remove(0)
}

#[test]
fn articles_are_read_as_their_snapshots_say() {
    for name in ARTICLES {
        let output = Command::new(env!("CARGO_BIN_EXE_finewire"))
            .args(["show", &file(name)])
            .output()
            .unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("golden-{}", name.replace('/', "-")), text);
        });
    }
}
