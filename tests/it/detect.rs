//! Languages told: own sentences on real cases, noise, quotes, and a folder of sentences if given.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, a test may panic"
)]

use std::{collections::BTreeMap, fs, path::Path};

use finewire::{
    base::lang::Lang,
    detect::{Detected, Detector},
};
use unicode_normalization::UnicodeNormalization;

/// Two sentences on one real case or rule, a language: `tests/lang/<code>/sample.txt`.
fn carried() -> Vec<(&'static str, String)> {
    let sample = |lang: &Lang| {
        let path = format!("tests/lang/{}/sample.txt", lang.code());
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        (lang.code(), text.trim_end().to_owned())
    };
    Lang::ALL.iter().map(sample).collect()
}

/// The same in languages that have no pack.
const OTHERS: [(&str, &str); 13] = [
    (
        "af",
        "Die Inligtingsreguleerder het die departement 'n boete opgelê omdat dit nie die databreuk betyds aangemeld het nie. Hulle sê dat hulle sal appelleer.",
    ),
    (
        "az",
        "Dövlət xidməti şirkəti cərimələyib, çünki o, qiymətlər haqqında yalan məlumat verib. Şirkət bu qərarla razı deyil və məhkəməyə müraciət edəcək.",
    ),
    (
        "be",
        "Міністэрства аштрафавала кампанію за тое, што яна павысіла цэны без дазволу. Кампанія паведаміла, што яшчэ можа абскардзіць гэтае рашэнне ў судзе.",
    ),
    (
        "cy",
        "Mae'r comisiynydd wedi dirwyo'r cwmni am nad oedd wedi diogelu data ei gwsmeriaid. Dywedodd y cwmni y byddai'n apelio yn erbyn y penderfyniad.",
    ),
    (
        "eu",
        "Agentziak isuna jarri dio enpresari, ez baitzituen bezeroen datuak behar bezala babestu. Enpresak esan du erabakiaren aurka egingo duela.",
    ),
    (
        "fa",
        "سازمان تنظیم مقررات این شرکت را به دلیل نقض قانون جریمه کرد و گفت که این تصمیم نهایی نیست و می‌تواند در دادگاه بررسی شود.",
    ),
    (
        "gl",
        "A axencia impúxolle unha multa á empresa porque non protexera os datos das persoas usuarias. Aínda pode recorrer a decisión, segundo dixo onte o goberno galego.",
    ),
    (
        "id",
        "Komisi Pengawas Persaingan Usaha menjatuhkan denda kepada perusahaan itu karena telah melanggar undang-undang. Perusahaan tersebut akan mengajukan banding.",
    ),
    (
        "sq",
        "Komisioneri ka gjobitur kompaninë sepse ajo nuk i kishte mbrojtur të dhënat e klientëve. Kompania tha se do të ankohet kundër këtij vendimi.",
    ),
    (
        "sw",
        "Tume ya ushindani imeitoza kampuni hiyo faini kwa sababu ilikiuka sheria ya nchi. Kampuni hiyo imesema kuwa itakata rufaa katika mahakama kuu.",
    ),
    ("th", "คณะกรรมการคุ้มครองข้อมูลส่วนบุคคลมีคำสั่งปรับบริษัทเป็นเงินเจ็ดล้านบาท"),
    (
        "ur",
        "مسابقتی کمیشن نے کمپنی پر جرمانہ عائد کیا ہے کیونکہ اس نے قانون کی خلاف ورزی کی تھی۔ کمپنی نے کہا کہ وہ اس فیصلے کے خلاف اپیل کرے گی۔",
    ),
    (
        "vi",
        "Ủy ban Cạnh tranh Quốc gia đã phạt công ty vì không cung cấp đầy đủ thông tin cho khách hàng. Công ty cho biết sẽ khiếu nại quyết định này.",
    ),
];

fn detector() -> Detector {
    let words: Vec<_> = Lang::ALL.iter().map(|&lang| (lang, Vec::new())).collect();
    Detector::new(&words)
}

fn told(detector: &Detector, text: &str) -> &'static str {
    detector.language(text, None).code
}

/// Returns what was told wrong, a line a text.
fn mistakes(cases: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let detector = detector();
    let wrong = cases.into_iter().filter_map(|(code, text)| {
        let found = detector.language(&text, None);
        (found.code != code).then(|| format!("{code} told as {found:?}: {text}\n"))
    });
    wrong.collect()
}

#[test]
fn every_carried_language_is_told_in_two_sentences() {
    assert_eq!(mistakes(carried()), "");
}

#[test]
fn capitals_and_combining_marks_change_nothing() {
    let written =
        |how: fn(&str) -> String| carried().into_iter().map(move |(code, text)| (code, how(&text)));
    assert_eq!(mistakes(written(str::to_uppercase)), "");
    assert_eq!(mistakes(written(|text| text.nfd().collect())), "");
}

#[test]
fn a_language_without_a_pack_is_no_carried_one() {
    assert_eq!(mistakes(OTHERS.map(|(code, text)| (code, text.to_owned()))), "");
    let detector = detector();
    let mut others = OTHERS.iter().filter(|(code, _)| *code != "bs");
    assert!(others.all(|(_, text)| detector.language(text, None).lang.is_none()));
}

#[test]
fn bosnian_keeps_its_name_and_is_read_with_the_words_of_croatian() {
    let text = "Konkurencijsko vijeće kaznilo je u julu hiljadu općinskih preduzeća iz Sarajeva, Tuzle i Zenice, a \
        vijeće je saopćilo da će uslijediti još ovakvih odluka kada sedmica bude okončana.";
    let found = detector().language(text, None);
    assert_eq!((found.code, found.lang), ("bs", Some(Lang::Hr)), "{found:?}");
}

#[test]
fn an_article_needs_neither_model() {
    let detector = detector();
    for (code, text) in carried() {
        let found = detector.language(&text.repeat(12), None);
        assert_eq!((found.code, found.detector), (code, "script"), "{found:?}");
    }
}

#[test]
fn the_ends_of_words_tell_where_no_function_word_stands() {
    let cases = [
        ("mk", "Управната инспекција запечатила скопската пекарница и битолските дуќани."),
        ("mr", "कंपनीला दंड भरण्याचे आदेश."),
        ("kk", "Агенттік айыппұлдың мөлшерін жариялады."),
        ("tr", "Þirkete kesilen para cezasý mahkemece onandý."),
    ];
    assert_eq!(mistakes(cases.map(|(code, text)| (code, text.to_owned()))), "");
}

#[test]
fn latin_letters_are_of_no_language_of_cyrillic_ones() {
    let found = told(&detector(), "Calle Mayor, 35 (CP 28013).");
    assert!(!["be", "bg", "kk", "mk", "mn", "ru", "uk"].contains(&found), "{found}");
}

#[test]
fn serbian_is_told_in_latin_letters() {
    let text = "Komisija za zaštitu konkurencije izrekla je kaznu preduzeću jer je zloupotrebilo \
        položaj. Protiv ove odluke preduzeće može da podnese tužbu, ali će i dalje morati da plati \
        kaznu u roku od četiri meseca, rekli su u Beogradu posle sednice saveta.";
    assert_eq!(told(&detector(), text), "sr");
}

#[test]
fn traditional_characters_are_chinese_and_bare_kanji_japanese() {
    let detector = detector();
    assert_eq!(
        told(&detector, "公平交易委員會對該公司處以罰鍰新臺幣五百萬元，並命其停止違法行為。"),
        "zh"
    );
    assert_eq!(
        told(&detector, "公取委、価格協定で総額百億円課徴金納付命令 関係業者処分検討"),
        "ja"
    );
}

#[test]
fn noise_is_unknown() {
    let detector = detector();
    let noise = [
        "",
        " \n\t",
        "12 345,67 % (2021-03-04) €€€",
        "....---",
        "X",
        "AB-12/7",
        "💶💶💶",
        "\u{0}\u{1}",
    ];
    for text in noise {
        let found = detector.language(text, Some("fr"));
        assert!(found.code == "und" || found.detector == "declared", "{text:?}: {found:?}");
        let found = detector.language(text, None);
        assert_eq!((found.lang, found.code, found.confidence), (None, "und", 0.0), "{text:?}");
    }
    assert_eq!(
        told(&detector, "Xqzt wvrp kjhgf bnmlk qwrtz pldfgh zxcvb mnbvc lkjhg rtzpq wxcvb"),
        "und"
    );
}

#[test]
fn quotes_in_english_leave_a_french_article_french() {
    let text = "Meta condamnée à une amende record en Irlande\nLa décision est tombée lundi. \
        « We are disappointed to have been singled out when using the same legal mechanism as \
        thousands of other companies », a réagi le groupe. « This decision is flawed and it sets a \
        dangerous precedent », ajoute-t-il. La commission irlandaise lui reproche d'avoir poursuivi \
        les transferts de données vers les États-Unis après l'arrêt de la Cour de justice. Le groupe \
        dispose de cinq mois pour se mettre en conformité avec cette décision.";
    assert_eq!(told(&detector(), text), "fr");
}

#[test]
fn a_declared_language_settles_doubt_and_nothing_else() {
    let detector = detector();
    let found = detector.language("Google", Some("da"));
    assert_eq!((found.code, found.detector), ("da", "declared"));
    assert_eq!(detector.language("Google", Some("ru")).code, "und");
    let samples = carried();
    let (_, german) = samples.iter().find(|(code, _)| *code == "de").unwrap();
    assert_eq!(detector.language(german, Some("en")).code, "de");
    assert_eq!(detector.language(german, Some("xx")).code, "de");
    let norwegian = "Selskapet må betale";
    assert_eq!(detector.language(norwegian, Some("no")).lang, Some(Lang::Nb));
}

#[test]
fn the_answer_is_the_same_every_time() {
    let detector = detector();
    let again = self::detector();
    let others = OTHERS.map(|(code, text)| (code, text.to_owned()));
    for (_, text) in carried().into_iter().chain(others) {
        let short: String = text.chars().take(40).collect();
        assert_eq!(detector.language(&short, None), again.language(&short, None));
    }
}

/// Counts of one length of text: right and all texts of a language, and what was told instead.
#[derive(Default)]
struct Tally {
    languages: BTreeMap<String, (u32, u32)>,
    confusions: BTreeMap<(String, &'static str), u32>,
    careful: u32,
}

impl Tally {
    fn count(&mut self, code: &str, found: Detected) {
        let is_carried = Lang::from_code(code).is_some();
        let is_right = if is_carried { found.code == code } else { found.lang.is_none() };
        let of = self.languages.entry(code.to_owned()).or_default();
        of.0 += u32::from(is_right);
        of.1 += 1;
        self.careful += u32::from(is_carried && found.detector == "lingua");
        if !is_right {
            *self.confusions.entry((code.to_owned(), found.code)).or_default() += 1;
        }
    }

    /// Returns the mean share of right answers over the carried languages, or over the others.
    fn mean(&self, carried: bool) -> f64 {
        let shares: Vec<f64> = self
            .languages
            .iter()
            .filter(|(code, _)| Lang::from_code(code).is_some() == carried)
            .map(|(_, &(right, all))| f64::from(right) / f64::from(all))
            .collect();
        shares.iter().sum::<f64>() / shares.len() as f64
    }
}

/// Measures on a folder of `<code>.txt`, a sentence a line, where one is given.
#[test]
#[expect(clippy::disallowed_methods, reason = "the folder is too large for the repository")]
fn sentences_and_paragraphs_of_a_folder_are_told() {
    let Some(folder) = std::env::var_os("FINEWIRE_LID") else {
        println!("skipped: no language data");
        return;
    };
    for (sentences, least, least_others) in [(1, 0.98, 0.94), (4, 0.995, 0.95)] {
        let tally = measure(Path::new(&folder), sentences);
        let (carried, others) = (tally.mean(true), tally.mean(false));
        println!(
            "{sentences} sentences: {carried:.4}, others {others:.4}, lingua {}",
            tally.careful
        );
        println!("{:?}", tally.confusions);
        assert!(carried >= least && others >= least_others, "{carried} {others}");
    }
}

fn measure(folder: &Path, sentences: usize) -> Tally {
    let detector = detector();
    let mut tally = Tally::default();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for chunk in lines.chunks_exact(sentences) {
            tally.count(&code, detector.language(&chunk.join(" "), None));
        }
    }
    tally
}

#[test]
fn what_a_page_declares_tells_twins_apart() {
    let detector = detector();
    let text = "Inspekcija zatvorila pekaru";
    for code in ["hr", "sr"] {
        assert_eq!(detector.language(text, Some(code)).code, code);
    }
    // Nobody takes Finnish for Serbian.
    let finnish = "Viranomainen määräsi yhtiölle seuraamusmaksun";
    assert_eq!(detector.language(finnish, Some("sr")).code, "fi");
}
