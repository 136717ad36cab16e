//! Short texts to learn from, cut out of annotated articles: dispatches of a headline and what follows, and
//! single sentences. Feeds are full of them, and what an article says elsewhere is not there to help.

use finewire::{
    actions::scene::Scene,
    base::span::Span,
    pipeline::{Engine, Scratch},
};

use super::{
    examples::Lesson,
    gold::{GoldAction, GoldArticle},
};

/// Bytes that a dispatch has at least.
const DISPATCH: u32 = 300;
/// Bytes that must be left of the article behind it.
const REST: usize = 50;

/// Returns what is cut out of the article of a number: of three, one gives a dispatch, one a sentence.
pub(crate) fn of(engine: &Engine, lesson: &Lesson, number: usize) -> Option<GoldArticle> {
    let article = lesson.gold;
    if article.types_only {
        return None;
    }
    let cut = |scene: &Scene| {
        let text = scene.document.text;
        let mut spans = scene.sentences.iter().map(|s| scene.document.span(&s.range));
        let span = match number % 3 {
            0 => spans
                .find(|s| s.end >= DISPATCH && (s.end as usize) + REST < text.len())
                .map(|s| Span::new(0, s.end as usize)),
            1 => spans.find(|span| article.actions.iter().any(|a| is_whole(a, span.of(text)))),
            _ => None,
        };
        span.map(|span| span.of(text).to_owned())
    };
    let text = engine.study(&lesson.raw, &mut Scratch::default(), cut)??;
    let within = |action: &GoldAction| GoldAction {
        // What is told elsewhere, or of somebody named elsewhere, counts neither for nor against.
        optional: action.optional || !is_told(action, &text),
        ..action.clone()
    };
    let actions: Vec<GoldAction> = article.actions.iter().map(within).collect();
    Some(GoldArticle { text, actions, ..article.clone() })
}

/// Returns whether a text tells an action and names who acts and who is acted upon.
fn is_whole(action: &GoldAction, text: &str) -> bool {
    let names = |name: &Option<String>| name.as_deref().is_some_and(|name| text.contains(name));
    text.contains(&action.evidence) && names(&action.target) && names(&action.regulator)
}

/// Returns whether a text tells an action, and names one of those acted upon.
fn is_told(action: &GoldAction, text: &str) -> bool {
    let target = action.target.as_deref();
    text.contains(&action.evidence)
        && target.is_none_or(|all| all.split(", ").any(|one| text.contains(one)))
}
