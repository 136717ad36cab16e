//! Compresses the tables that a run reads once.
//!
//! Built in as they stand they cost a run some 20 MB: the pages of the program that were read stay
//! in memory.

use std::{env, error::Error, fs, io, path::Path};

/// Folders of such tables.
const FOLDERS: [&str; 2] = ["src/pack/lang", "src/pack/world/regulators"];
/// Such tables.
const FILES: [&str; 1] = ["src/actions/weights.txt"];
/// Of 1 to 22: what a higher one saves is not worth the time of the build.
const LEVEL: i32 = 9;

#[expect(clippy::disallowed_methods, reason = "so cargo tells a build script where to write")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=scripts/build.rs");
    let out = env::var("OUT_DIR")?;
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            compress(&entry?.path(), Path::new(&out))?;
        }
    }
    for file in FILES {
        println!("cargo::rerun-if-changed={file}");
        compress(Path::new(file), Path::new(&out))?;
    }
    Ok(())
}

/// Writes a file, compressed, to the same path below `out`.
fn compress(file: &Path, out: &Path) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".zst");
    let packed = out.join(file).with_file_name(name);
    fs::create_dir_all(packed.parent().unwrap_or(out))?;
    fs::write(packed, zstd::encode_all(&*fs::read(file)?, LEVEL)?)
}
