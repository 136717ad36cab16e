//! The `finewire` command: arguments in, exit code out.
//!
//! 0: the command did what it was asked. 1: more articles failed than `--max-failed` allows.
//! 2: it stopped, and said why on stderr. A reader that hangs up (`finewire … | head`) is no error.

mod cli;
mod eval;

use std::process::ExitCode;

/// Small allocations from many threads are most of what a run asks of memory.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::main()
}
