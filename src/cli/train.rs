//! `finewire train`: learns the weights of the action models from annotated articles.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use finewire::{
    actions::{Action, scene::Scene},
    dataset::record::Record,
    pipeline::{Engine, EngineOptions, Scratch},
};

use crate::{
    cli::{eval, input::Options},
    eval::{
        antecedents,
        descend::{Learning, shuffle},
        errors,
        examples::{Counts, Lesson},
        gold::{self, GoldArticle},
        missed, pieces,
        reliability::Reliability,
        report::Report,
        score, targets, told, train,
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
    /// Articles to learn from but not to score
    #[arg(long, value_name = "GOLD")]
    with: Vec<PathBuf>,
    /// Folder of short texts, a line each behind its type of action, to learn from but not to score
    #[arg(long, value_name = "FOLDER")]
    told: Option<PathBuf>,
    /// Folds of the cross-validation; 0 leaves it out
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Score each language by weights that no article in it had a part in
    #[arg(long)]
    by_language: bool,
    /// Score only the questions of the first look, each alone: quick
    #[arg(long)]
    alone: bool,
    /// List the errors of the cross-validation, and count them by kind
    #[arg(long)]
    errors: bool,
    /// Write the weights learnt from all articles to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the weights by which "the company" finds whom it stands for to this file
    #[arg(long, value_name = "FILE")]
    antecedents: Option<PathBuf>,
    /// List the annotated actions that no word of the packs points at
    #[arg(long)]
    unreached: bool,
    /// Leave features out whose names start so, to see what they are worth
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    without: Vec<String>,
    /// Passes over the examples
    #[arg(long, default_value_t = 20)]
    passes: usize,
    /// Step of the first pass
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// How much more a missed action weighs than a row too many
    #[arg(long, default_value_t = 2.1)]
    missed: f32,
    /// How much more a row too many weighs in an article without any action
    #[arg(long, default_value_t = 5.0)]
    silent: f32,
    /// By how much somebody is preferred to nobody as authority or target
    #[arg(long, default_value_t = 0.7)]
    somebody: f32,
    /// How strongly sums of one sentence are kept from having the same target
    #[arg(long, default_value_t = 0.8)]
    apart: f32,
    /// What a short text weighs, of 1 for an annotated article
    #[arg(long, default_value_t = 0.5)]
    told_weight: f32,
    /// Probability that a row is right from which it is kept: its confidence is 0.5
    #[arg(long, default_value_t = 0.08)]
    least: f32,
    #[command(flatten)]
    options: Options,
}

impl Train {
    fn how(&self) -> Learning {
        Learning {
            passes: self.passes,
            rate: self.rate,
            missed: self.missed,
            silent: self.silent,
            somebody: self.somebody,
            least: self.least,
            apart: self.apart,
            told: self.told_weight,
            without: self.without.clone(),
        }
    }

    /// Prints the cross-validated scores and writes the weights.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let articles = gold::read_all(&self.gold)?;
        let mut others = gold::read_all(&self.with)?;
        if let Some(folder) = &self.told {
            others.extend(told::read(folder)?);
        }
        let options = EngineOptions { min_confidence: 0.0, ..self.options.engine()? };
        let mut engine = Engine::new(&options)?;
        let how = self.how();
        let lesson = |article| Lesson::new(&engine, eval::raw(article), article, &how);
        let lessons = articles.iter().chain(&others).map(lesson);
        let lessons: Vec<Lesson> = lessons.filter(Lesson::is_of_use).collect();
        if let Some(path) = &self.antecedents {
            fs::write(path, antecedents::learn(&lessons, &how))
                .with_context(|| format!("writing `{}`", path.display()))?;
        }
        if self.alone {
            write!(out, "{}", train::alone(&lessons, &self.parts(&articles), &how))?;
            return Ok(0);
        }
        let cut: Vec<(usize, GoldArticle)> = (0..)
            .zip(&lessons)
            .filter_map(|(number, lesson)| Some((number, pieces::of(&engine, lesson, number)?)))
            .collect();
        let pieces: Vec<(usize, Lesson)> =
            cut.iter().map(|(number, piece)| (*number, lesson(piece))).collect();
        if self.folds > 1 || self.by_language {
            let folds = if self.by_language { languages(&articles) } else { self.parts(&articles) };
            let (report, reliability) =
                self.cross_validate(&mut engine, &articles, (&lessons, &pieces), &folds);
            if self.errors {
                writeln!(out, "{}", report.errors())?;
            }
            write!(out, "{}\n{}", report.table(), reliability.table())?;
        }
        let counts = Counts::of(&lessons);
        if self.unreached {
            for line in &counts.unreached {
                writeln!(out, "{line}")?;
            }
        }
        let [candidates, actions] = counts.examples;
        writeln!(out, "{candidates} candidates, {actions} of them actions")?;
        writeln!(out, "{:.3} of the annotated actions have a candidate", counts.reach)?;
        for (slot, reach) in ["regulator", "target", "date"].into_iter().zip(counts.reaches) {
            let share = reach.reached as f64 / reach.all.max(1) as f64;
            writeln!(out, "{share:.3} of the slots `{slot}` have the right choice")?;
        }
        if let Some(path) = &self.out {
            let all = lessons.iter().chain(pieces.iter().map(|(_, lesson)| lesson));
            let model = train::teach(&engine, &all.collect::<Vec<_>>(), &how);
            fs::write(path, model.to_text())
                .with_context(|| format!("writing `{}`", path.display()))?;
        }
        Ok(0)
    }

    /// Returns the fold of each article: mixed by a fixed seed, each language spread over all folds.
    fn parts(&self, articles: &[GoldArticle]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        shuffle(&mut order, &mut 0x9E37_79B9_7F4A_7C15);
        order.sort_by_key(|index| &articles[*index].lang);
        let mut parts = vec![0; articles.len()];
        for (place, index) in order.into_iter().enumerate() {
            parts[index] = place % self.folds;
        }
        parts
    }

    /// Scores each fold by weights learnt from all other lessons.
    fn cross_validate(
        &self,
        engine: &mut Engine,
        articles: &[GoldArticle],
        (lessons, pieces): (&[Lesson], &[(usize, Lesson)]),
        folds: &[usize],
    ) -> (Report, Reliability) {
        let mut report = Report::default();
        let mut reliability = Reliability::default();
        for fold in 0..folds.iter().max().map_or(0, |last| last + 1) {
            let held = |index: usize| folds.get(index) == Some(&fold);
            let rest = lessons.iter().enumerate().filter(|(i, _)| !held(*i)).map(|(_, l)| l);
            let rest = rest.chain(pieces.iter().filter(|(i, _)| !held(*i)).map(|(_, l)| l));
            let model = train::teach(engine, &rest.collect::<Vec<_>>(), &self.how());
            engine.set_model(model.clone());
            for (_, article) in articles.iter().enumerate().filter(|(i, _)| held(*i)) {
                let record = eval::process(engine, article);
                reliability.add(article, &record);
                let outcome = score::article(article, &record, self.options.min_confidence);
                let mut errors = Vec::new();
                if self.errors {
                    errors = errors::list(article, &record, &outcome);
                    let look = |scene: &Scene| targets::list(scene, article, &record, &outcome);
                    let raw = eval::raw(article);
                    errors.extend(
                        engine.study(&raw, &mut Scratch::default(), look).into_iter().flatten(),
                    );
                    let look = |scene: &Scene, actions: &[Action], _: &Record| {
                        missed::list(scene, actions, article, &outcome, &model)
                    };
                    errors.extend(engine.trial(&raw, &model, look).into_iter().flatten());
                }
                report.add(&article.id, &article.lang, &outcome.counts, errors);
            }
        }
        (report, reliability)
    }
}

/// Returns one fold for each language.
fn languages(articles: &[GoldArticle]) -> Vec<usize> {
    let mut languages: Vec<&str> = articles.iter().map(|a| a.lang.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    articles.iter().map(|a| languages.partition_point(|l| *l < a.lang.as_str())).collect()
}
