//! JSON-LD: what pages say of their article in words of schema.org.
//!
//! Read in lists, in graphs, as the main entity of a page, and with authors that are named elsewhere
//! on the page. Scripts that are no JSON as they stand are read with their line ends and superfluous
//! commas put right. What is said of the page and not of an article counts for its date alone.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::clean::{entities, metadata::keep};

/// What the scripts of one page say.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    /// The name of the article, which may be another than its headline.
    pub(super) name: Option<String>,
    pub(super) published: Option<String>,
    /// When it was made, or its page was published.
    pub(super) created: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
    /// Who made it, which need not be its author.
    pub(super) creator: Option<String>,
    author: Option<String>,
    /// Ids of authors without a name.
    authors: Vec<String>,
    /// Ids and names of people and bodies.
    people: Vec<(String, String)>,
}

/// Levels of objects within objects.
const DEEPEST: usize = 6;
/// People of one page that are remembered.
const MOST_PEOPLE: usize = 200;

impl Linked {
    /// Reads one script.
    pub(super) fn read(&mut self, script: &str) {
        let is_around = |c: char| c.is_whitespace() || c == ';' || c == '/' || c == '*';
        let script = script.trim_matches(is_around);
        let script = script.trim_start_matches("<![CDATA[").trim_start_matches("<!--");
        let script = script.trim_end_matches("-->").trim_end_matches("]]>").trim_matches(is_around);
        let value = serde_json::from_str::<Value>(script)
            .or_else(|_| serde_json::from_str(&mended(script)));
        if let Ok(value) = value {
            self.value(&value, 0);
        }
    }

    /// Returns the authors' names.
    pub(super) fn take_author(&mut self) -> Option<String> {
        let named = |id: &String| {
            self.people.iter().find(|(other, _)| other == id).map(|(_, name)| name.as_str())
        };
        let names: Vec<&str> = self.authors.iter().filter_map(named).collect();
        let named = (!names.is_empty()).then(|| names.join(", "));
        self.author.take().or(named)
    }

    fn value(&mut self, value: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.value(item, depth + 1)),
            Value::Object(map) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = map.get(key) {
                        self.value(inner, depth + 1);
                    }
                }
                match kind(map) {
                    Some(Kind::Article) => self.article(map),
                    Some(Kind::Page) => {
                        keep(&mut self.created, map.get("datePublished").and_then(words));
                    }
                    Some(Kind::Person) => self.person(map),
                    None => {}
                }
            }
            _ => {}
        }
    }

    fn article(&mut self, map: &Map<String, Value>) {
        let text = |key: &str| words(map.get(key)?);
        keep(&mut self.title, text("headline").or_else(|| text("name")));
        keep(&mut self.name, text("name"));
        keep(&mut self.creator, map.get("creator").and_then(names));
        if let Some(author) = map.get("author") {
            keep(&mut self.author, names(author));
            if self.author.is_none() && self.authors.is_empty() {
                self.authors = ids(author);
            }
        }
        keep(&mut self.published, text("datePublished"));
        keep(&mut self.created, text("dateCreated"));
        keep(&mut self.url, text("url"));
        keep(&mut self.lang, text("inLanguage"));
        keep(&mut self.body, text("articleBody").or_else(|| updates(map.get("liveBlogUpdate")?)));
        if let Some(free) = map.get("isAccessibleForFree") {
            let is_no = |text: &str| text.eq_ignore_ascii_case("false");
            let is_free = free.as_bool().or_else(|| free.as_str().map(|text| !is_no(text)));
            self.is_free = self.is_free.or(is_free);
        }
    }

    fn person(&mut self, map: &Map<String, Value>) {
        if let (Some(id), Some(name)) = (map.get("@id").and_then(Value::as_str), map.get("name"))
            && let Some(name) = words(name)
            && self.people.len() < MOST_PEOPLE
        {
            self.people.push((id.to_owned(), name));
        }
    }
}

/// What an object tells of.
enum Kind {
    Article,
    Page,
    Person,
}

fn kind(map: &Map<String, Value>) -> Option<Kind> {
    let kinds: &[Value] = match map.get("@type")? {
        Value::Array(kinds) => kinds,
        one => std::slice::from_ref(one),
    };
    let has = |is: fn(&str) -> bool| kinds.iter().filter_map(Value::as_str).any(is);
    if has(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report") {
        Some(Kind::Article)
    } else if has(|kind| matches!(kind, "WebPage" | "ItemPage")) {
        Some(Kind::Page)
    } else {
        has(|kind| matches!(kind, "Person" | "Organization" | "NewsMediaOrganization"))
            .then_some(Kind::Person)
    }
}

/// Returns a script with control characters as spaces and without commas that nothing follows.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in script.chars() {
        if !is_quoted && matches!(c, '}' | ']') {
            let length = out.trim_end().len();
            if out.get(..length).is_some_and(|out| out.ends_with(',')) {
                out.truncate(length - 1);
            }
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// Returns the text that a value is or holds.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => Some(entities::decoded(text).into_owned()),
        Value::Array(items) => words(items.first()?),
        Value::Object(map) => words(map.get("name").or_else(|| map.get("@value"))?),
        _ => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

/// Returns the names of one or several authors, each once.
fn names(value: &Value) -> Option<String> {
    let mut names: Vec<Cow<'_, str>> = Vec::new();
    let mut add = |value: &Value| {
        let name = words(value).filter(|name| !name.contains("://"));
        if let Some(name) = name.map(|name| Cow::Owned(name.trim().to_owned()))
            && !names.contains(&name)
        {
            names.push(name);
        }
    };
    match value {
        Value::Array(items) => items.iter().for_each(&mut add),
        Value::Object(map) if matches!(map.get("name"), Some(Value::Array(_))) => {
            map.get("name").and_then(Value::as_array).into_iter().flatten().for_each(&mut add);
        }
        other => add(other),
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns the texts of a live report's entries, each with its heading.
fn updates(value: &Value) -> Option<String> {
    let mut out = String::new();
    for entry in value.as_array()? {
        for text in ["headline", "articleBody"].iter().filter_map(|key| words(entry.get(key)?)) {
            out.push_str(&text);
            out.push_str("\n\n");
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Returns the ids of authors that are described elsewhere.
fn ids(value: &Value) -> Vec<String> {
    let items: &[Value] = match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    };
    let id = |item: &Value| Some(item.get("@id")?.as_str()?.to_owned());
    items.iter().filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> (Option<String>, Option<String>, Option<String>) {
        let mut linked = Linked::default();
        linked.read(script);
        (linked.title.clone(), linked.take_author(), linked.published)
    }

    #[test]
    fn entries_of_a_live_report_are_its_text() {
        let mut linked = Linked::default();
        linked.read(
            r#"{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting",
            "headline": "H", "articleBody": "One."}, {"articleBody": "Two."}]}"#,
        );
        assert_eq!(linked.body.as_deref(), Some("H\n\nOne.\n\nTwo."));
    }

    #[test]
    fn articles_are_found_in_every_shape_that_pages_use() {
        let plain = r#"{"@type": "NewsArticle", "headline": "T", "datePublished": "2021-05-03",
            "author": [{"@type": "Person", "name": "A"}, {"name": "B"}, {"name": "B"}]}"#;
        let graph = r##"{"@graph": [{"@type": "WebSite", "name": "S"}, {"@type": ["Article"],
            "headline": "T", "datePublished": "2021-05-03", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "A, B"}]}"##;
        let nested = r#"[{"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity":
            {"@type": "ReportageNewsArticle", "headline": "T", "datePublished": "2021-05-03",
            "author": ["A", "B"]}}]"#;
        let broken = "//<![CDATA[\n{\"@type\": \"BlogPosting\", \"headline\": \"T\", \"description\":
            \"a\nb\", \"datePublished\": \"2021-05-03\", \"author\": {\"name\": [\"A\", \"B\",]},}\n//]]>";
        for script in [plain, graph, nested, broken] {
            let (title, author, published) = read(script);
            assert_eq!(title.as_deref(), Some("T"), "{script}");
            assert_eq!(author.as_deref(), Some("A, B"), "{script}");
            assert_eq!(published.as_deref(), Some("2021-05-03"), "{script}");
        }
        assert_eq!(read(r#"{"@type": "Product", "name": "P"}"#), (None, None, None));
    }
}
