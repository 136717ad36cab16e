//! `finewire train`: learns the weights of the action models from annotated articles.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use finewire::pipeline::Engine;

use crate::{
    cli::{eval, input::Options},
    eval::{
        gold::{self, GoldArticle},
        report::Report,
        score,
        train::Examples,
    },
};

/// Learn the weights of the action models from annotated articles
///
/// First scores itself by cross-validation: each article by weights that its fold had no part in.
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// Folders or files of annotated articles
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Folds of the cross-validation; 0 leaves it out
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Write the weights learnt from all articles to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// List the annotated actions that no word of the packs points at
    #[arg(long)]
    unreached: bool,
    #[command(flatten)]
    options: Options,
}

impl Train {
    /// Prints the cross-validated scores and writes the weights.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let mut articles = Vec::new();
        for path in &self.gold {
            articles.extend(gold::read(path)?);
        }
        let mut engine = Engine::new(&self.options.engine()?)?;
        if self.folds > 1 {
            write!(out, "{}", self.cross_validate(&mut engine, &articles).table())?;
        }
        if self.unreached {
            for line in examples(&engine, articles.iter()).unreached() {
                writeln!(out, "{line}")?;
            }
        }
        if let Some(path) = &self.out {
            let examples = examples(&engine, articles.iter());
            let [candidates, actors, targets] = examples.counts();
            fs::write(path, examples.learn().to_text())
                .with_context(|| format!("writing `{}`", path.display()))?;
            writeln!(
                out,
                "learnt from {candidates} candidates, {actors} authorities, {targets} targets"
            )?;
            writeln!(out, "{:.3} of the annotated actions have a candidate", examples.reach())?;
        }
        Ok(0)
    }

    fn cross_validate(&self, engine: &mut Engine, articles: &[GoldArticle]) -> Report {
        let mut report = Report::default();
        for fold in 0..self.folds {
            let held = |index: usize| index % self.folds == fold;
            let rest = articles.iter().enumerate().filter(|(i, _)| !held(*i)).map(|(_, a)| a);
            let model = examples(engine, rest).learn();
            engine.set_model(model);
            for (_, article) in articles.iter().enumerate().filter(|(i, _)| held(*i)) {
                let record = eval::process(engine, article);
                let outcome = score::article(article, &record, self.options.min_confidence);
                report.add(&article.id, &article.lang, &outcome.counts, Vec::new());
            }
        }
        report
    }
}

fn examples<'a>(engine: &Engine, articles: impl Iterator<Item = &'a GoldArticle>) -> Examples {
    let mut examples = Examples::default();
    for article in articles {
        examples.add(engine, &eval::raw(article), article);
    }
    examples
}
