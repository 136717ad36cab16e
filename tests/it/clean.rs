//! Scraped texts and pages to clean text: what goes, what must stay.

use finewire::{
    base::reject::Reason,
    clean::{self, article::Article, furniture::Furniture, published::published},
    ingest::raw::{Body, RawArticle},
};

fn raw(body: Body) -> RawArticle {
    RawArticle {
        source: "a".to_owned(),
        record_id: None,
        url: None,
        title: None,
        author: None,
        published: None,
        lang: None,
        body: Ok(body),
        bytes: 0,
    }
}

fn cleaned(text: &str) -> Article {
    clean::article(&Furniture::new().unwrap(), &raw(Body::Text(text.to_owned()))).unwrap()
}

fn page(html: &str) -> Article {
    clean::article(&Furniture::new().unwrap(), &raw(Body::Html(html.to_owned()))).unwrap()
}

const BODY: &str = "Die Datenschutzbehörde hat gegen den Händler ein Bußgeld von 35,3 Millionen Euro \
    verhängt. Das Unternehmen kündigte an, den Bescheid sorgfältig zu prüfen.";

#[test]
fn characters_become_uniform_and_no_break_spaces_stay() {
    let article = cleaned(
        "\u{FEFF}Ame\u{AD}nde\r\nUn  montant\u{200B} de 5\u{A0}000\u{202F}€ e\u{301}t\0e\u{7}.\r\n\r\n\r\n\r\nFin.",
    );
    assert_eq!(article.text, "Amende\nUn montant de 5\u{A0}000\u{202F}€ ét\u{FFFD}e.\n\nFin.");
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    let text = format!(
        "Bußgeld für H&amp;M\n\n{BODY}\n\nTeilen | Drucken\nLesen Sie auch: Andere Fälle\nKommentare (2)\nNa ja."
    );
    let once = cleaned(&text).text;
    assert_eq!(once, format!("Bußgeld für H&M\n\n{BODY}"));
    assert_eq!(cleaned(&once).text, once);
}

#[test]
fn reader_comments_are_cut_and_counted() {
    let cases = [
        "Kommentare (2)\nNa endlich!",
        "3 Commentaires\nx",
        "COMENTARIOS\nx",
        "Reacties (4)\nx",
        "Коментари (2): Ох.",
        "Comments\nx",
        "網友評論：\nx",
        "댓글 3\nx",
        "תגובות (3): אוף",
        "Okur yorumu: «Az bile»",
        "12 Kommentare | Teilen\nx",
    ];
    for case in cases {
        let article = cleaned(&format!("Titel des Artikels\n\n{BODY}\n{case}"));
        assert!(article.text.ends_with("zu prüfen."), "{case}: {}", article.text);
        assert_eq!(
            article.comments_chars as usize,
            case.replace('\n', "").chars().count(),
            "{case}"
        );
        assert_eq!(article.boilerplate_chars, 0, "{case}");
    }
}

#[test]
fn a_bar_above_the_article_does_not_cut_it() {
    let article = cleaned(&format!("Titel\n12 Kommentare\nTeilen | Drucken | Facebook\n{BODY}"));
    assert!(article.text.ends_with("zu prüfen."));
    assert!(!article.text.contains("Kommentare"));
    let lead = "Der Händler muss nach langem Streit ein hohes Bußgeld bezahlen.";
    let article = cleaned(&format!("Titel\n{lead}\nKommentare (3)\n{BODY}\n{BODY}"));
    assert!(article.text.ends_with("zu prüfen."));
}

#[test]
fn furniture_goes() {
    let lines = [
        "Lire aussi : Notre dossier",
        "Read more: What it means",
        "Lees ook",
        "Abonnez-vous à notre newsletter",
        "Subscribe to our newsletter",
        "Share this article",
        "Partager | Imprimer | Réagir",
        "Facebook Twitter WhatsApp",
        "We use cookies to improve your experience.",
        "© Riproduzione riservata",
        "Foto: dpa",
        "Tags: GDPR, fine",
        "Følg avisen på Facebook",
        "2 min",
        "이 기사 무단전재 및 재배포 금지",
        "اقرأ أيضا: خبر آخر",
        "Подпишитесь на наш канал",
        "関連記事",
        "Your email address will not be published.",
        "All rights reserved 2021 Example Media",
    ];
    for line in lines {
        let article = cleaned(&format!("Titel des Artikels\n\n{BODY}\n\n{line}\n\n{BODY}"));
        assert_eq!(article.text, format!("Titel des Artikels\n\n{BODY}\n\n{BODY}"), "{line}");
        assert_eq!(article.boilerplate_chars as usize, line.chars().count(), "{line}");
    }
}

#[test]
fn the_way_from_the_front_page_to_the_article_goes() {
    let ways = [
        "Domů › Ekonomika › Servis",
        "Avaleht > Majandus",
        "ראשי / כלכלה / צרכנות",
        "होम > कारोबार > बाज़ार",
    ];
    for way in ways {
        let article = cleaned(&format!("{way}\n\nTitel des Artikels\n\n{BODY}"));
        assert_eq!(article.text, format!("Titel des Artikels\n\n{BODY}"), "{way}");
    }
    for line in [
        "Fusion von Orange / Bouygues",
        "Apple | Google",
        "Bank > 5 Prozent",
        "Neu: Banken | Fonds | Makler",
    ] {
        let text = format!("{line}\n\n{BODY}");
        assert_eq!(cleaned(&text).text, text, "{line}");
    }
}

#[test]
fn sentences_of_the_article_stay() {
    let lines = [
        "Cookies ohne Einwilligung kosten Google 100 Millionen Euro.",
        "La CNIL reproche au site d'afficher « nous utilisons des cookies » sans bouton de refus.",
        "Google said it would give users a choice, and that the banner saying we use cookies would change.",
        "The watchdog deleted 300 comments from the page and fined its owner.",
        "Facebook",
        "Reaktionen",
        "Opinions differ on the sum.",
        "Le 17 décembre 2021 à 08h13",
        "date 2021-12",
        "Par Marc Rees",
        "Bild berichtete zuerst über den Fall.",
        "Anzeige gegen den Vorstand hat die Behörde nicht erstattet.",
        "Bruselas sigue investigando a Facebook",
        "Also Read: Regulator fines lender Rs 87 lakh",
        "[Emploi] Un juriste, 55 à 65 K€",
        "Share prices of Facebook fell after the fine was announced.",
        "Commentaires, avis et témoignages ont été supprimés par la société.",
    ];
    for line in lines {
        let text = format!("Titel des Artikels\n\n{BODY}\n\n{line}\n\n{BODY}");
        let article = cleaned(&text);
        assert_eq!(article.text, text, "{line}");
        assert_eq!(article.boilerplate_chars + article.comments_chars, 0, "{line}");
    }
}

#[test]
fn the_headline_comes_first_and_once() {
    let furniture = Furniture::new().unwrap();
    let with = |title: &str, text: &str| {
        let raw = RawArticle { title: Some(title.to_owned()), ..raw(Body::Text(text.to_owned())) };
        clean::article(&furniture, &raw).unwrap()
    };
    let article = with("H&M muss zahlen", BODY);
    assert_eq!(article.text, format!("H&M muss zahlen\n\n{BODY}"));
    assert_eq!(article.headline_len, 15);
    let article = with(
        "Händler muss Bußgeld zahlen | Zeitung",
        &format!("Händler muss Bußgeld zahlen\n{BODY}"),
    );
    assert_eq!(article.headline_len, "Händler muss Bußgeld zahlen".len());
    assert!(article.text.starts_with("Händler muss Bußgeld zahlen\nDie"));
    assert_eq!(cleaned(BODY).headline_len, 0);
    assert_eq!(
        cleaned(&format!("Händler muss zahlen\n{BODY}")).title.as_deref(),
        Some("Händler muss zahlen")
    );
}

#[test]
fn authors_come_from_fields_and_bylines() {
    assert_eq!(
        cleaned(&format!("Titre\nPar Anne Dupont\n{BODY}")).author.as_deref(),
        Some("Anne Dupont")
    );
    assert_eq!(cleaned(&format!("Titre\nPar la suite\n{BODY}")).author, None);
    let with =
        RawArticle { author: Some("By Jane Roe".to_owned()), ..raw(Body::Text(BODY.to_owned())) };
    let article = clean::article(&Furniture::new().unwrap(), &with).unwrap();
    assert_eq!(article.author.as_deref(), Some("Jane Roe"));
}

#[test]
fn nothing_left_is_empty() {
    let furniture = Furniture::new().unwrap();
    for text in ["", " \n\u{200B}", "Share | Tweet"] {
        let outcome = clean::article(&furniture, &raw(Body::Text(text.to_owned())));
        assert_eq!(outcome, Err(Reason::Empty), "{text:?}");
    }
}

#[test]
fn publication_dates_are_read_in_the_shapes_of_feeds() {
    let second = 1_639_728_780_000;
    let cases = [
        ("2021-12-17T08:13:00Z", "2021-12-17", "second", Some(second)),
        ("2021-12-17T09:13:00+01:00", "2021-12-17", "second", Some(second)),
        ("2021-12-17 08:13:00.000000", "2021-12-17", "second", Some(second)),
        ("2021-12-17 08:13", "2021-12-17", "minute", Some(second)),
        ("Fri, 17 Dec 2021 09:13:00 +0100", "2021-12-17", "second", Some(second)),
        ("Fri, 17 Dec 2021 08:13:00 GMT", "2021-12-17", "second", Some(second)),
        ("December 17, 2021 8:13 AM", "2021-12-17", "minute", Some(second)),
        ("17/12/2021 à 08h13", "2021-12-17", "day", None),
        ("1639728780", "2021-12-17", "second", Some(second)),
        ("1639728780000", "2021-12-17", "second", Some(second)),
        ("20211217", "2021-12-17", "day", None),
        ("2021-12-17", "2021-12-17", "day", None),
        ("17.12.2021", "2021-12-17", "day", None),
        ("2021-12", "2021-12-01", "month", None),
        ("Dec 2021", "2021-12-01", "month", None),
        ("2021", "2021-01-01", "year", None),
    ];
    for (text, first, granularity, at) in cases {
        let read = published(text, true).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (read.first.to_string().as_str(), read.granularity, read.at),
            (first, granularity, at),
            "{text}"
        );
    }
    for text in [
        "",
        "soon",
        "2021-13-40",
        "0001-01-01T00:00:00Z",
        "9999",
        "03/04/2021",
        "99999999999999999999",
        "1.2.3.4.5",
    ] {
        assert_eq!(published(text, true), None, "{text}");
    }
    assert_eq!(
        published("03/04/2021", false).map(|read| read.first.to_string()).as_deref(),
        Some("2021-04-03")
    );
}

#[test]
fn a_page_gives_its_article_and_metadata() {
    let html = format!(
        r#"<!doctype html><html lang="de-DE"><head><title>H&amp;M muss zahlen - Zeitung</title>
        <link rel="canonical" href="https://zeitung.example/a?x=1&amp;y=2">
        <script type="application/ld+json">{{"@graph":[{{"@type":"WebSite","name":"Z"}},{{"@type":["NewsArticle"],
        "headline":"H&amp;M muss zahlen","datePublished":"2020-10-01T11:00:00+02:00","author":[{{"name":"Eva Kern"}}]}}]}}</script>
        <script>if (a < b) {{ document.write("<div>") }}</script></head><body><nav><a href="/">Start</a></nav>
        <article><h1>H&amp;M muss zahlen</h1><p>{BODY}</p><p>{BODY}</p><p>{BODY}</p><p>Lesen Sie auch: Mehr</p></article>
        <footer>Impressum</footer></body></html>"#
    );
    let article = page(&html);
    assert_eq!(article.title.as_deref(), Some("H&M muss zahlen"));
    assert!(
        article.text.starts_with("H&M muss zahlen\n\nDie Datenschutzbehörde"),
        "{}",
        article.text
    );
    assert!(!article.text.contains("Impressum") && !article.text.contains("Lesen Sie auch"));
    assert_eq!(article.author.as_deref(), Some("Eva Kern"));
    assert_eq!(article.url.as_deref(), Some("https://zeitung.example/a?x=1&y=2"));
    assert_eq!(article.declared_lang.as_deref(), Some("de"));
    assert_eq!(article.published.unwrap().first.to_string(), "2020-10-01");
}

#[test]
fn a_page_states_its_day_in_many_places() {
    let day = |head: &str, body: &str| {
        let html = format!(
            "<html><head><title>T</title>{head}</head><body><h1>T</h1>{body}<p>{BODY}</p></body></html>"
        );
        page(&html).published.map(|published| published.first.to_string())
    };
    let address = "<link rel=canonical href=https://x.org/2021/05/03/a.html>";
    let expected = Some("2021-05-03".to_owned());
    assert_eq!(day("", "<span itemprop=datePublished content=2021-05-03>x</span>"), expected);
    assert_eq!(day("", "<time datetime=2021-05-03T10:00>x</time>"), expected);
    assert_eq!(day(address, ""), expected);
    // A teaser has a day of its own.
    assert_eq!(day(address, "<aside><time datetime=2020-01-01>x</time></aside>"), expected);
    assert_eq!(day("", "<footer><time datetime=2020-01-01>x</time></footer>"), None);
}

#[test]
fn a_page_shows_what_its_metadata_leave_out() {
    let article = page(
        "<html><head><title>Bank fined for its late reports | Site</title><meta property='og:title' \
         content='You will not believe this bank'></head><body><h1>Bank fined for its late reports</h1>\
         <p class=byline>By <b>Bea Cy</b> on December 27, 2014 at 12:06 PM</p><article><p>The regulator \
         fined the bank 20 million euros last week, it said on Monday, after a long inquiry.</p><p>The \
         bank had sent its reports late for years, the regulator said, and will not appeal.</p></article>\
         <div id=comments><p>I never liked this bank, and I have told everybody so for years.</p></div>\
         </body></html>",
    );
    assert_eq!(article.title.as_deref(), Some("Bank fined for its late reports"));
    assert_eq!(article.author.as_deref(), Some("Bea Cy"));
    let published = article.published.unwrap();
    assert_eq!((published.first.to_string().as_str(), published.from), ("2014-12-27", "byline"));
    assert!(!article.text.contains("never liked"));
    assert_eq!(article.comments_chars, 64);
}

#[test]
fn a_piece_of_a_page_is_read_as_one() {
    let article = cleaned(
        "<p>Amende de 5&nbsp;000&nbsp;&euro; confirm&eacute;e.</p><p>La soci&#233;t&#xE9; fera appel.</p>",
    );
    assert_eq!(article.text, "Amende de 5\u{A0}000\u{A0}€ confirmée.\n\nLa société fera appel.");
}

#[test]
fn pages_that_no_tree_can_hold_are_read_without_one() {
    for tag in ["<div>", "<b>", "<svg>", "<p><div><a>", "<table><tr><td>"] {
        let html = format!("<html><body>{}<p>{BODY}</p>", tag.repeat(300_000));
        assert!(page(&html).text.contains("35,3 Millionen"), "{tag}");
    }
    for broken in [
        "<",
        "<a href=\"",
        "<!--",
        "<script>",
        "<p title='",
        "<a =\"x",
        "&#xFFFFFFFF;&",
        "<html><meta name=\"",
        "</",
    ] {
        let html = format!("<html><p>{BODY}</p>{}", broken.repeat(50_000));
        let outcome = clean::article(&Furniture::new().unwrap(), &raw(Body::Html(html)));
        assert!(outcome.is_ok_and(|article| article.text.contains("35,3 Millionen")), "{broken}");
    }
}

#[test]
fn declared_languages_become_codes() {
    for (declared, code) in [
        ("fr-FR", Some("fr")),
        ("fra", Some("fr")),
        ("French", Some("fr")),
        ("français", Some("fr")),
        ("pt_BR", Some("pt")),
        ("Norwegian Bokmål", Some("nb")),
        ("xx", Some("xx")),
        ("klingon", None),
        ("", None),
    ] {
        let with =
            RawArticle { lang: Some(declared.to_owned()), ..raw(Body::Text(BODY.to_owned())) };
        let article = clean::article(&Furniture::new().unwrap(), &with).unwrap();
        assert_eq!(article.declared_lang.as_deref(), code, "{declared}");
    }
}
