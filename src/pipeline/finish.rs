//! Opened articles through the other stages, on one screen.
//!
//! A few articles of one language go together, all of them through a stage before the first goes
//! through the next: each stage has tables of its own, and those of all do not fit into the
//! processor's cache. What an article gives never depends on the others.

use crate::{
    actions::{self, scene::Scene},
    clean::article::Article,
    dataset::{
        compose::{self, Source},
        cost::{Cost, Stage},
        record::Record,
    },
    detect::Detected,
    extract::Mentions,
    pipeline::{Engine, Opened, Scratch, clock::Clock},
    resolve,
    text::document::Document,
};

/// An article on its way through the stages.
struct Reading<'o> {
    opened: &'o Opened,
    article: &'o Article,
    detected: &'o Detected,
    document: Document<'o>,
    cost: Cost,
}

impl Engine {
    /// Takes opened articles through the other stages; returns a record of each, in their order.
    pub fn finish(&self, opened: &[Opened], scratch: &mut Scratch) -> Vec<Record> {
        let mut clock = Clock::start();
        let mut readings: Vec<Reading> = opened
            .iter()
            .filter_map(|opened| {
                let (article, detected) = opened.read.as_ref().ok()?;
                let mut cost = opened.cost;
                let read = || self.document(detected, article, scratch);
                let document = clock.time(&mut cost, Stage::Text, read);
                Some(Reading { opened, article, detected, document, cost })
            })
            .collect();
        let mut mentions: Vec<Mentions> = readings
            .iter_mut()
            .map(|Reading { document, cost, .. }| {
                clock.time(cost, Stage::Values, || Mentions::of_values(document))
            })
            .collect();
        for (Reading { document, cost, .. }, mentions) in readings.iter_mut().zip(&mut mentions) {
            mentions.names = clock.time(cost, Stage::Names, || self.names(document, scratch));
        }
        let (world, fallback) = (&self.world, self.options.published);
        let facts: Vec<resolve::Facts> = readings
            .iter_mut()
            .zip(mentions)
            .map(|(Reading { document, article, cost, .. }, mentions)| {
                let resolve =
                    || resolve::facts(document, mentions, article.published, fallback, world);
                clock.time(cost, Stage::Resolve, resolve)
            })
            .collect();
        let actions: Vec<Vec<actions::Action>> = readings
            .iter_mut()
            .zip(&facts)
            .map(|(Reading { document, cost, .. }, facts)| {
                let read = || {
                    let mut scene = Scene::new(document, facts, world);
                    scene.explains = self.options.explains;
                    actions::actions(&scene, &self.model)
                };
                clock.time(cost, Stage::Actions, read)
            })
            .collect();
        let mut records =
            readings.iter_mut().zip(&facts).zip(&actions).map(|((reading, facts), actions)| {
                let Reading { opened, article, detected, document, cost } = reading;
                let source =
                    Source { raw: &opened.raw, article, detected, document, facts, actions, world };
                let mut record = clock.time(cost, Stage::Rows, || compose::record(&source));
                record.article.cost = *cost;
                record
            });
        let mut rest = Vec::with_capacity(opened.len());
        for opened in opened {
            rest.push(match &opened.read {
                Ok(_) => self.wanted(records.next().unwrap_or_default()),
                Err(reason) => {
                    let mut record = Record::without_facts(&opened.raw, reason);
                    record.article.cost = opened.cost;
                    record
                }
            });
        }
        rest
    }

    /// Takes one opened article through the other stages.
    pub(super) fn finish_one(&self, opened: &Opened, scratch: &mut Scratch) -> Record {
        let mut records = self.finish(std::slice::from_ref(opened), scratch);
        records.pop().unwrap_or_default()
    }

    /// Leaves out what the options do not want.
    fn wanted(&self, mut record: Record) -> Record {
        record.actions.retain(|action| action.confidence >= self.options.min_confidence);
        if self.options.no_text {
            record.article.text = None;
        }
        record
    }
}
