//! What the loop needs of an article, and of what takes it through its stages.

use crate::{
    base::reject::Reason,
    dataset::record::Record,
    ingest::{raw::RawArticle, record::RawRecord},
    pipeline::{Engine, Scratch},
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

    /// Takes one article through every stage.
    fn process(&self, article: &I, scratch: &mut Self::Scratch) -> Record;
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

    fn process(&self, article: &RawArticle, scratch: &mut Scratch) -> Record {
        Engine::process(self, article, scratch)
    }
}

/// Parsing is left to the workers this way, which is faster.
impl Stages<RawRecord> for Engine {
    type Scratch = Scratch;

    fn process(&self, article: &RawRecord, scratch: &mut Scratch) -> Record {
        self.process_record(article, scratch)
    }
}
