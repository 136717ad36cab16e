//! Who may import whom: a module only from those before it, and each crate has one home.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The modules of the library in the order of the data.
const ORDER: [&str; 13] = [
    "base", "pack", "ingest", "clean", "detect", "text", "extract", "resolve", "actions", "merge",
    "dataset", "pipeline", "run",
];

/// A crate and the only parts of `src/` that may name it.
const HOMES: [(&str, &[&str]); 10] = [
    ("rayon", &["run"]),
    ("polars", &["dataset", "ingest"]),
    ("polars_parquet", &["dataset"]),
    ("toml", &["pack", "clean", "detect"]),
    ("dom_smoothie", &["clean"]),
    ("lingua", &["detect"]),
    ("whatlang", &["detect"]),
    ("clap", &["cli", "main"]),
    ("tracing", &["cli"]),
    ("anyhow", &["cli", "eval", "main"]),
];

/// Every source file with the module it belongs to.
fn sources() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((module_of(&path), path));
            }
        }
    }
    found.sort();
    found
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without comments and without its unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The first names of all paths that start with `crate::`.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut opens = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => opens = true,
                c if opens && c.is_alphanumeric() => {
                    found.push(word(&list[at..]));
                    opens = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_imports_only_from_those_before_it() {
    let place = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (module, path) in sources() {
        let Some(own) = place(&module) else { continue };
        for import in imports(&code(&path)) {
            seen += 1;
            if place(&import).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports from `{import}`", path.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} imports were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_crate_has_one_home() {
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        let code = code(&path);
        for (name, homes) in HOMES {
            let names = [format!("{name}::"), format!("use {name};")];
            let is_named = names.iter().any(|used| {
                code.match_indices(used.as_str()).any(|(at, _)| {
                    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            if is_named && !homes.contains(&module.as_str()) {
                wrong.push(format!("{} names `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_read_through_groups_and_paths() {
    let code = "use crate::{\n    base::{span::Span, token},\n    pack::compile::Pack,\n};\nlet x = crate::run::run();";
    assert_eq!(imports(code), ["base", "pack", "run"]);
}
