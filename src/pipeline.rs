//! What is compiled once, and an article's way to its text and language; the other stages are in
//! `finish`.

mod clock;
mod finish;

use std::{sync::OnceLock, thread};

use crate::{
    actions::{self, Action, model::Model, scene::Scene},
    base::{lang::Lang, reject::Reason},
    clean::{
        self,
        article::{Article, Published},
        furniture::{Furniture, FurnitureError},
    },
    dataset::{
        compose::{self, Source},
        cost::{Cost, Stage},
        record::Record,
    },
    detect::{Detected, Detector},
    extract::{
        Mentions,
        entities::{self, NameMention},
        tagger::{self, Tagger, model::WeightsError},
    },
    ingest::{
        fields::Fields,
        parse::parse,
        raw::{Body, RawArticle},
        record::RawRecord,
    },
    pack::{
        compile::{Pack, PackError},
        tables::{TableError, Tables},
        world::World,
    },
    pipeline::clock::Clock,
    resolve,
    text::{document::Document, memo::Memo},
};

/// What a run may set.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// Publication date of articles that state none (`--published`).
    pub published: Option<Published>,
    /// Whether `articles.text` is left null.
    pub no_text: bool,
    /// Rows of `actions` below this confidence are left out.
    pub min_confidence: f32,
    /// Which fields of a JSON record hold what.
    pub fields: Fields,
    /// Whether actions say why their slots are filled as they are.
    pub explains: bool,
    /// Where packs, tables and weights come from.
    pub tables: Tables,
}

/// Why the engine cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A pack or world table is wrong.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A file that stands in for a built-in one cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The weights of names are of no use.
    #[error(transparent)]
    Names(#[from] WeightsError),
    /// The table of page furniture is wrong.
    #[error(transparent)]
    Furniture(#[from] FurnitureError),
}

/// Everything that is compiled once, before the first article.
pub struct Engine {
    options: EngineOptions,
    furniture: Furniture,
    detector: Detector,
    /// Packs in the order of [`Lang::ALL`], each compiled when its first article comes.
    packs: Vec<OnceLock<Pack>>,
    /// The pack of no language: what needs no words.
    neutral: Pack,
    world: World,
    tagger: Tagger,
    model: Model,
}

/// Buffers of one worker, for one engine; cleared and not dropped.
pub struct Scratch {
    words: Memo,
    /// What words say to the name tagger.
    names: tagger::memo::Memo,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { words: Memo::new(), names: tagger::memo::Memo::default() }
    }
}

/// An article whose text and language are known, and what is left of its record.
pub struct Opened {
    raw: RawArticle,
    read: Result<(Article, Detected), Reason>,
    cost: Cost,
}

impl Opened {
    /// Returns the language whose tables the other stages need; `None` for those of no language.
    pub fn lang(&self) -> Option<Lang> {
        self.read.as_ref().ok().and_then(|(_, detected)| detected.lang)
    }
}

impl Engine {
    /// Compiles all tables.
    ///
    /// Built-in packs are known to compile and wait for their first article; those of a folder are
    /// compiled at once, so that a mistake stops the program before the first article.
    pub fn new(options: &EngineOptions) -> Result<Self, EngineError> {
        // Half of the tables are read while the other half is: nothing else runs yet.
        let load_weights = || (Tagger::load(), Model::load(&options.tables));
        let (world, (tagger, model)) = thread::scope(|scope| {
            let weights = scope.spawn(load_weights);
            let world = World::load(&options.tables);
            (world, weights.join().unwrap_or_else(|_| load_weights()))
        });
        let (world, tagger) = (world?, tagger?);
        let mut packs = Vec::with_capacity(Lang::ALL.len());
        let mut words = Vec::with_capacity(Lang::ALL.len());
        for &lang in Lang::ALL {
            let cell = OnceLock::new();
            let mut of_pack = Vec::new();
            if !options.tables.is_built_in() || Detector::takes_words_of(lang) {
                let pack = Pack::load(lang, &options.tables, &world.currencies)?;
                of_pack.clone_from(&pack.function_words);
                let _ = cell.set(pack); // It is new, so it is empty.
            }
            words.push((lang, of_pack));
            packs.push(cell);
        }
        Ok(Self {
            options: options.clone(),
            furniture: Furniture::new()?,
            detector: Detector::new(&words),
            neutral: Pack::neutral(&world.currencies)?,
            packs,
            world,
            tagger,
            model: model?,
        })
    }

    /// Takes one record as read through every stage.
    pub fn process_record(&self, record: &RawRecord, scratch: &mut Scratch) -> Record {
        self.finish_one(&self.open_record(record), scratch)
    }

    /// Takes one article through every stage.
    pub fn process(&self, raw: &RawArticle, scratch: &mut Scratch) -> Record {
        self.finish_one(&self.open(raw.clone()), scratch)
    }

    /// Takes one record as read to its clean text and language.
    pub fn open_record(&self, record: &RawRecord) -> Opened {
        let (mut clock, mut cost) = (Clock::start(), Cost::default());
        let raw = clock.time(&mut cost, Stage::Parse, || parse(record, &self.options.fields));
        self.opened(raw, clock, cost)
    }

    /// Takes one article to its clean text and language.
    pub fn open(&self, raw: RawArticle) -> Opened {
        self.opened(raw, Clock::start(), Cost::default())
    }

    fn opened(&self, mut raw: RawArticle, mut clock: Clock, mut cost: Cost) -> Opened {
        let article = clock.time(&mut cost, Stage::Clean, || clean::article(&self.furniture, &raw));
        // Many articles are open at a time: what was scraped goes.
        raw.body = raw.body.map(|_| Body::default());
        let read = article.map(|article| {
            let detected = clock.time(&mut cost, Stage::Detect, || self.language(&article));
            (article, detected)
        });
        Opened { raw, read, cost }
    }

    fn language(&self, article: &Article) -> Detected {
        self.detector.language(&article.text, article.declared_lang.as_deref())
    }

    /// Shows `look` what an article says, before its actions are read; for training.
    pub fn study<T>(
        &self,
        raw: &RawArticle,
        scratch: &mut Scratch,
        look: impl FnOnce(&Scene) -> T,
    ) -> Option<T> {
        self.through(raw, scratch, |_, _, scene| look(scene))
    }

    /// Shows `look` the actions of an article, as other weights find them, beside their rows; for
    /// training.
    pub fn trial<T>(
        &self,
        raw: &RawArticle,
        model: &Model,
        look: impl FnOnce(&Scene, &[Action], &Record) -> T,
    ) -> Option<T> {
        self.through(raw, &mut Scratch::default(), |article, detected, scene| {
            let actions = actions::actions(scene, model);
            let record = compose::record(&Source {
                actions: &actions,
                world: &self.world,
                raw,
                article,
                detected,
                document: scene.document,
                facts: scene.facts,
            });
            look(scene, &actions, &record)
        })
    }

    fn through<T>(
        &self,
        raw: &RawArticle,
        scratch: &mut Scratch,
        look: impl FnOnce(&Article, &Detected, &Scene) -> T,
    ) -> Option<T> {
        let article = clean::article(&self.furniture, raw).ok()?;
        let detected = self.language(&article);
        let document = self.document(&detected, &article, scratch);
        let mut mentions = Mentions::of_values(&document);
        mentions.names = self.names(&document, scratch);
        let fallback = self.options.published;
        let facts = resolve::facts(&document, mentions, article.published, fallback, &self.world);
        Some(look(&article, &detected, &Scene::new(&document, &facts, &self.world)))
    }

    /// Puts other weights in the place of the built-in ones; for training.
    pub fn set_model(&mut self, model: Model) {
        self.model = model;
    }

    fn document<'a>(
        &'a self,
        detected: &Detected,
        article: &'a Article,
        scratch: &mut Scratch,
    ) -> Document<'a> {
        let pack = detected.lang.map_or(&self.neutral, |lang| self.pack(lang));
        let (text, headline) = (&article.text, article.headline_len);
        Document::read(pack, &self.world.gazetteer, text, headline, &mut scratch.words)
    }

    fn names(&self, document: &Document, scratch: &mut Scratch) -> Vec<NameMention> {
        entities::names(document, &self.world, &self.tagger, &mut scratch.names)
    }

    /// Returns the words of a language; those of none if a built-in pack were wrong.
    fn pack(&self, lang: Lang) -> &Pack {
        let Some(cell) = self.packs.get(lang as usize) else { return &self.neutral };
        if let Some(pack) = cell.get() {
            return pack;
        }
        match Pack::load(lang, &self.options.tables, &self.world.currencies) {
            Ok(pack) => cell.get_or_init(|| pack),
            Err(_) => &self.neutral,
        }
    }
}
