//! What the loop needs of an article, and of what takes it through its stages.

use crate::{
    base::reject::Reason,
    dataset::record::Record,
    ingest::{raw::RawArticle, record::RawRecord},
    pipeline::{Engine, Opened, Scratch},
};

/// One article of the input, parsed or not.
pub trait Input: Send + Sync {
    /// Returns the bytes of (decompressed) input that it cost.
    fn size(&self) -> u64;

    /// Makes the record of an article that could not be processed.
    fn without_facts(&self, reason: &Reason) -> Record;

    /// Returns the hash of its bytes, 0 if it is to be read in any case.
    fn key(&self) -> u128 {
        0
    }

    /// Returns where it was read.
    fn source(&self) -> &str;
}

/// Takes single articles through every stage; [`Engine`] is the one that a run uses.
pub trait Stages<I: Input>: Sync {
    /// Buffers of one worker.
    type Scratch: Default + Send;
    /// An article that is through the first stages.
    type Opened: Send;

    /// Takes one article through the stages that tell which tables the others need.
    fn open(&self, article: &I) -> Self::Opened;

    /// Returns which tables an article needs: those of one number follow each other through the
    /// other stages.
    fn tables(&self, opened: &Self::Opened) -> usize;

    /// Takes some articles that need the same tables through the other stages; returns the record
    /// of each, in their order.
    fn finish(&self, opened: &[Self::Opened], scratch: &mut Self::Scratch) -> Vec<Record>;
}

impl Input for RawArticle {
    fn size(&self) -> u64 {
        self.bytes
    }

    fn without_facts(&self, reason: &Reason) -> Record {
        Record::without_facts(self, reason)
    }

    fn source(&self) -> &str {
        &self.source
    }
}

impl Input for RawRecord {
    fn size(&self) -> u64 {
        self.size
    }

    fn without_facts(&self, reason: &Reason) -> Record {
        Record::unread(&self.source, self.size, reason)
    }

    fn key(&self) -> u128 {
        RawRecord::key(self)
    }

    fn source(&self) -> &str {
        &self.source
    }
}

impl Stages<RawArticle> for Engine {
    type Scratch = Scratch;
    type Opened = Opened;

    fn open(&self, article: &RawArticle) -> Opened {
        Engine::open(self, article.clone())
    }

    fn tables(&self, opened: &Opened) -> usize {
        tables(opened)
    }

    fn finish(&self, opened: &[Opened], scratch: &mut Scratch) -> Vec<Record> {
        Engine::finish(self, opened, scratch)
    }
}

/// Parsing is left to the workers this way, which is faster.
impl Stages<RawRecord> for Engine {
    type Scratch = Scratch;
    type Opened = Opened;

    fn open(&self, article: &RawRecord) -> Opened {
        self.open_record(article)
    }

    fn tables(&self, opened: &Opened) -> usize {
        tables(opened)
    }

    fn finish(&self, opened: &[Opened], scratch: &mut Scratch) -> Vec<Record> {
        Engine::finish(self, opened, scratch)
    }
}

fn tables(opened: &Opened) -> usize {
    opened.lang().map_or(0, |lang| lang as usize + 1)
}
