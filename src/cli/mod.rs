//! Arguments in, exit code out; one file a subcommand.
//!
//! stdout carries what was asked for, stderr everything else. No option hides in the environment.

mod diff;
mod eval;
mod extract;
mod health;
mod input;
mod languages;
mod log;
mod progress;
mod regulators;
mod schema;
mod show;
mod table;
mod train;
mod train_letters;
mod train_names;

use std::{
    io::{self, BufWriter, ErrorKind, Write as _},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// The command stopped before it was done.
const STOPPED: u8 = 2;

/// Turns multilingual scraped news into a Parquet dataset of regulator actions.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Extract),
    Diff(diff::Diff),
    Health(health::Health),
    Show(show::Show),
    Eval(eval::Eval),
    Languages(languages::Languages),
    Regulators(regulators::Regulators),
    Schema(schema::Schema),
    Train(train::Train),
    TrainLetters(train_letters::TrainLetters),
    TrainNames(train_names::TrainNames),
}

/// Runs the command that the arguments name.
pub(crate) fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(cli.command),
        Err(error) => {
            // Help goes to stdout, mistakes to stderr; nothing is left to say if that is closed.
            let _ = error.print();
            ExitCode::from(if error.use_stderr() { STOPPED } else { 0 })
        }
    }
}

fn run(command: Command) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match command {
        Command::Extract(extract) => extract.run(&mut out),
        Command::Diff(diff) => diff.run(&mut out),
        Command::Health(health) => health.run(&mut out),
        Command::Show(show) => show.run(&mut out),
        Command::Eval(eval) => eval.run(&mut out),
        Command::Languages(languages) => languages.run(&mut out),
        Command::Regulators(regulators) => regulators.run(&mut out),
        Command::Train(train) => train.run(&mut out),
        Command::TrainLetters(train) => train.run(&mut out),
        Command::TrainNames(train) => train.run(&mut out),
        Command::Schema(schema) => schema.run(&mut out),
    };
    match done.and_then(|code| Ok(out.flush().map(|()| code)?)) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            log::stopped(&error);
            ExitCode::from(STOPPED)
        }
    }
}

/// Returns whether the reader of our output has hung up, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    // Only stdout may hang up: a table that could not be written is told by a WriteError.
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
