//! Mails: newsletters, one article each.
//!
//! The page is taken before the plain text, which newsletters often leave empty; the subject is the
//! headline, the date of sending that of publication. Attachments are not read.

use mail_parser::{Address, MessageParser, PartType};

use crate::{
    base::reject::Reason,
    ingest::raw::{Body, RawArticle},
};

/// Reads one mail into `article`.
pub(crate) fn mail(bytes: &[u8], article: RawArticle) -> RawArticle {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return RawArticle { body: Err(Reason::Broken), ..article };
    };
    // The parser offers a text part as a page and the other way round; what was sent counts.
    let sent = |is_html: bool| {
        let parts = message.html_bodies().chain(message.text_bodies());
        let texts = parts.filter_map(move |part| match &part.body {
            PartType::Html(text) if is_html => Some(text.as_ref()),
            PartType::Text(text) if !is_html => Some(text.as_ref()),
            _ => None,
        });
        texts.map(str::to_owned).find(|text| !text.trim().is_empty())
    };
    let body = sent(true).map(Body::Html).or_else(|| sent(false).map(Body::Text));
    let author = message.from().and_then(Address::first);
    let author = author.and_then(|from| from.name.as_deref().or(from.address.as_deref()));
    RawArticle {
        record_id: message.message_id().map(str::to_owned),
        title: message.subject().map(str::to_owned),
        author: author.map(str::to_owned),
        published: message.date().map(mail_parser::DateTime::to_rfc3339),
        body: body.ok_or(Reason::NoText),
        ..article
    }
}
