//! Which fields of a JSON record hold what.
//!
//! Scrapers agree on few names; the first name of a list that has a value wins. Values may be
//! strings, numbers, lists of them, or objects that wrap one (`{"name": …}`, `{"rendered": …}`).

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::ingest::source::IngestError;

/// What a field of a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The article's text or page.
    Text,
    /// Headline.
    Title,
    /// Address.
    Url,
    /// When it was published.
    Published,
    /// Who wrote it.
    Author,
    /// Declared language.
    Lang,
    /// The record's own identifier.
    Id,
}

impl Slot {
    /// Every slot, in the order of `Values`.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Title, Self::Url, Self::Published, Self::Author, Self::Lang, Self::Id];

    /// Returns the names that scrapers use, best first.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["text", "body", "content", "article", "maintext", "full_text"],
            Self::Title => &["title", "headline"],
            Self::Url => &["url", "link"],
            Self::Published => &[
                "published",
                "date",
                "published_at",
                "date_publish",
                "publish_date",
                "pubDate",
                "created",
            ],
            Self::Author => &["author", "authors", "byline"],
            Self::Lang => &["lang", "language"],
            Self::Id => &["id"],
        }
    }

    /// Returns the word that `--field` uses.
    pub fn word(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// Returns the slot and rank of a field's name.
    fn of(name: &str) -> Option<(Self, usize)> {
        // Most fields of a record are none of ours; the longest of ours has 12 bytes.
        if !(2..=12).contains(&name.len()) {
            return None;
        }
        Self::ALL.into_iter().find_map(|slot| {
            slot.names().iter().position(|known| *known == name).map(|rank| (slot, rank))
        })
    }

    /// Returns what stands between the parts of a list.
    fn joint(self) -> &'static str {
        match self {
            Self::Text => "\n\n",
            Self::Author => ", ",
            _ => " ",
        }
    }
}

/// The names in use: the usual ones, and what the user names instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    paths: Vec<(Slot, Vec<String>)>,
}

impl Fields {
    /// Reads `slot` from the field at a dotted path instead: `text=content.rendered`.
    ///
    /// ```
    /// use finewire::ingest::fields::Fields;
    /// assert!(Fields::default().with("text=data.body").is_ok());
    /// assert!(Fields::default().with("data.body").is_err());
    /// ```
    pub fn with(mut self, field: &str) -> Result<Self, IngestError> {
        let wrong = || IngestError::Field(field.to_owned());
        let (name, path) = field.split_once('=').ok_or_else(wrong)?;
        let (slot, _) = Slot::of(name.trim()).ok_or_else(wrong)?;
        let path: Vec<String> = path.trim().split('.').map(str::to_owned).collect();
        if path.iter().any(String::is_empty) {
            return Err(wrong());
        }
        self.paths.retain(|(known, _)| *known != slot);
        self.paths.push((slot, path));
        Ok(self)
    }

    /// Returns whether a column of that name may hold something.
    pub(crate) fn wants(&self, column: &str) -> bool {
        let is_named = |path: &[String]| {
            path.first().is_some_and(|first| first == column) || path.join(".") == column
        };
        Slot::of(column).is_some() || self.paths.iter().any(|(_, path)| is_named(path))
    }

    /// Reads the fields of one record.
    pub(crate) fn read(&self, json: &str) -> serde_json::Result<Values> {
        let mut values: Values = serde_json::from_str(json)?;
        if !self.paths.is_empty() {
            let record: Value = serde_json::from_str(json)?;
            for (slot, path) in &self.paths {
                let parts = at(&record, path).map(parts).unwrap_or_default();
                values.set(*slot, 0, join(*slot, parts));
                values.is_object = record.is_object();
            }
        }
        Ok(values)
    }
}

/// What the fields of one record hold.
#[derive(Debug, Default)]
pub(crate) struct Values {
    slots: [Option<(usize, String)>; 7],
    /// Whether the record is an object at all.
    pub(crate) is_object: bool,
}

impl Values {
    /// Takes the value of a slot out.
    pub(crate) fn take(&mut self, slot: Slot) -> Option<String> {
        self.slots.get_mut(slot as usize)?.take().map(|(_, value)| value)
    }

    fn set(&mut self, slot: Slot, rank: usize, value: Option<String>) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = value.map(|value| (rank, value));
        }
    }

    /// Keeps `loose` if it says something and no better name did.
    fn offer(&mut self, slot: Slot, rank: usize, loose: Loose<'_>) {
        let held = self.slots.get(slot as usize).and_then(Option::as_ref).map(|(rank, _)| *rank);
        if held.is_none_or(|held| rank < held)
            && let Some(value) = loose.joined(slot)
        {
            self.set(slot, rank, Some(value));
        }
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut values = Values { is_object: true, ..Values::default() };
        while let Some(Key(key)) = map.next_key()? {
            match Slot::of(&key) {
                Some((slot, rank)) => values.offer(slot, rank, map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Values, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Values::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_unit<E>(self) -> Result<Values, E> {
        Ok(Values::default())
    }
}

/// A key, borrowed where it holds no escape.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Loose::deserialize(deserializer)? {
            Loose::One(key) => Ok(Self(key)),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

/// A value of a wanted field, whatever its type.
enum Loose<'de> {
    Nothing,
    One(Cow<'de, str>),
    Many(Vec<Cow<'de, str>>),
}

impl<'de> Loose<'de> {
    fn joined(self, slot: Slot) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::One(value) => Some(value.into_owned()).filter(|value| !value.trim().is_empty()),
            Self::Many(parts) => join(slot, parts.into_iter().map(Cow::into_owned).collect()),
        }
    }

    fn parts(self) -> Vec<Cow<'de, str>> {
        match self {
            Self::Nothing => Vec::new(),
            Self::One(value) => vec![value],
            Self::Many(parts) => parts,
        }
    }
}

/// Keys under which an object wraps the one value that counts.
const WRAPPED: [&str; 6] = ["text", "rendered", "name", "value", "@value", "html"];

impl<'de> Deserialize<'de> for Loose<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Owned(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose<'de>, E> {
        Ok(Loose::One(Cow::Owned(value.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Loose<'de>, E> {
        Ok(Loose::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Loose<'de>, E> {
        Ok(Loose::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose<'de>, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = seq.next_element::<Loose<'de>>()? {
            parts.extend(part.parts());
        }
        Ok(Loose::Many(parts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose<'de>, A::Error> {
        let mut best: Option<(usize, Loose<'de>)> = None;
        while let Some(Key(key)) = map.next_key()? {
            let rank = WRAPPED.iter().position(|known| *known == key);
            match rank {
                Some(rank) if best.as_ref().is_none_or(|(held, _)| rank < *held) => {
                    best = Some((rank, map.next_value()?));
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(best.map_or(Loose::Nothing, |(_, value)| value))
    }
}

/// Joins the parts that say something.
fn join(slot: Slot, parts: Vec<String>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(slot.joint()))
}

/// Follows a dotted path; a number picks an element of a list.
fn at<'v>(record: &'v Value, path: &[String]) -> Option<&'v Value> {
    // A field whose own name holds the dots comes first.
    record.get(path.join(".")).or_else(|| {
        path.iter().try_fold(record, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            other => other.get(step),
        })
    })
}

/// Returns the strings and numbers that a value holds.
fn parts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(parts).collect(),
        Value::Object(map) => {
            WRAPPED.iter().find_map(|key| map.get(*key)).map(parts).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}
