//! `finewire eval`: scores the engine against annotated articles.

use std::{
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use anyhow::{Result, bail};
use clap::Args;
use finewire::{
    base::reject::Reason,
    dataset::record::Record,
    ingest::raw::{Body, RawArticle},
    pipeline::{Engine, Scratch},
};

use crate::{
    cli::input::Options,
    eval::{
        errors,
        gold::{self, GoldArticle},
        report::Report,
        score,
    },
};

/// Score the engine against annotated articles
///
/// Prints precision, recall and F1 of amounts, dates and actions, the share of found actions whose
/// slots are right, and `full`: the F1 of actions with type, regulator, target and amount right.
#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// Folders or files of annotated articles
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// List every error with its sentence, and count them by kind
    #[arg(long)]
    errors: bool,
    /// Score articles in these languages only: fr,en
    #[arg(long, value_name = "LANGS", value_delimiter = ',')]
    lang: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    options: Options,
}

impl Eval {
    /// Prints the scores.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let articles = self.articles()?;
        let engine = Engine::new(&self.options.engine()?)?;
        let mut report = Report::default();
        for article in &articles {
            let record = process(&engine, article);
            let outcome = score::article(article, &record, self.options.min_confidence);
            let errors =
                if self.errors { errors::list(article, &record, &outcome) } else { Vec::new() };
            report.add(&article.id, &article.lang, &outcome.counts, errors);
        }
        match (self.json, self.errors) {
            (true, true) => writeln!(out, "{:#}", report.json_with_errors())?,
            (true, false) => writeln!(out, "{:#}", report.json())?,
            (false, true) => write!(out, "{}\n{}", report.errors(), report.table())?,
            (false, false) => write!(out, "{}", report.table())?,
        }
        Ok(0)
    }

    fn articles(&self) -> Result<Vec<GoldArticle>> {
        let mut articles = gold::read_all(&self.gold)?;
        articles.retain(|article| self.lang.is_empty() || self.lang.contains(&article.lang));
        if articles.is_empty() {
            bail!("no annotated article to score");
        }
        Ok(articles)
    }
}

/// Returns an annotated article as a record that has an id, a text and a date.
pub(crate) fn raw(article: &GoldArticle) -> RawArticle {
    RawArticle {
        source: article.id.clone(),
        record_id: Some(article.id.clone()),
        url: None,
        title: None,
        author: None,
        published: article.published.clone(),
        lang: None,
        body: Ok(Body::Text(article.text.clone())),
        bytes: article.text.len() as u64,
    }
}

/// Runs the engine on an annotated article.
pub(crate) fn process(engine: &Engine, article: &GoldArticle) -> Record {
    let raw = raw(article);
    // As in a run: a bug met in one article costs that article.
    catch_unwind(AssertUnwindSafe(|| engine.process(&raw, &mut Scratch::default())))
        .unwrap_or_else(|_| Record::without_facts(&raw, &Reason::Panicked))
}
