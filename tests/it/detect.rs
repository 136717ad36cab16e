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

/// Two sentences on one real case or rule, a language.
const CARRIED: [(&str, &str); 38] = [
    (
        "ar",
        "فرضت هيئة حماية البيانات الأيرلندية غرامة على الشركة بسبب نقل بيانات المستخدمين إلى الولايات المتحدة. وقالت الشركة إنها سوف تستأنف القرار أمام المحكمة.",
    ),
    (
        "bg",
        "Комисията за защита на личните данни наложи глоба на банката, защото данните на клиентите са били достъпни за трети лица. Решението може да бъде обжалвано.",
    ),
    (
        "ca",
        "L'Autoritat Catalana de Protecció de Dades ha sancionat l'ajuntament perquè no havia protegit les dades dels veïns. La resolució encara es pot recórrer als tribunals.",
    ),
    (
        "cs",
        "Úřad pro ochranu osobních údajů uložil společnosti pokutu, protože předávala údaje uživatelů bez jejich souhlasu. Rozhodnutí již nabylo právní moci.",
    ),
    (
        "da",
        "Datatilsynet har indstillet virksomheden til en bøde, fordi den ikke havde slettet oplysninger om flere hundrede tusinde kunder. Sagen skal nu afgøres ved retten.",
    ),
    (
        "de",
        "Der Hamburgische Datenschutzbeauftragte hat gegen den Modehändler ein Bußgeld verhängt, weil dieser private Umstände seiner Beschäftigten erfasst hatte. Das Unternehmen will den Bescheid nicht anfechten.",
    ),
    (
        "el",
        "Η Αρχή Προστασίας Δεδομένων επέβαλε πρόστιμο στην εταιρεία, επειδή δεν είχε ενημερώσει τους πελάτες της.",
    ),
    (
        "en",
        "The Information Commissioner's Office has fined the airline because it failed to protect the personal data of its customers. The company said that it would not appeal.",
    ),
    (
        "es",
        "La Agencia Española de Protección de Datos ha multado al banco porque no informó bien a sus clientes sobre el uso de sus datos. La entidad todavía puede recurrir la sanción.",
    ),
    (
        "et",
        "Andmekaitse inspektsioon tegi ettevõttele ettekirjutuse, sest see ei olnud klientide andmeid piisavalt kaitsnud. Otsuse peale võib esitada vaide.",
    ),
    (
        "fi",
        "Tietosuojavaltuutetun toimiston seuraamuskollegio määräsi yhtiölle maksun, koska se ei ollut kertonut asiakkaille heidän oikeuksistaan. Päätös ei ole vielä lainvoimainen.",
    ),
    (
        "fr",
        "La CNIL a infligé une amende à la société parce que les internautes ne pouvaient pas refuser les traceurs aussi facilement que les accepter. L'entreprise a annoncé qu'elle ferait appel.",
    ),
    (
        "ga",
        "Ghearr an Coimisiún um Chosaint Sonraí fíneáil ar an gcuideachta toisc nár chosain sí sonraí na n-úsáideoirí. Dúirt an chuideachta go ndéanfaidh sí achomharc i gcoinne an chinnidh.",
    ),
    ("he", "הרשות להגנת הפרטיות הטילה קנס על החברה לאחר שמידע על לקוחותיה דלף לרשת."),
    (
        "hi",
        "भारतीय प्रतिस्पर्धा आयोग ने कंपनी पर जुर्माना लगाया है क्योंकि उसने बाजार में अपनी स्थिति का दुरुपयोग किया था। कंपनी ने कहा कि वह इस फैसले को चुनौती देगी।",
    ),
    (
        "hr",
        "Agencija za zaštitu osobnih podataka izrekla je tvrtki kaznu jer nije zaštitila podatke više tisuća korisnika. Protiv tog rješenja tvrtka može pokrenuti upravni spor u sljedećih mjesec dana.",
    ),
    (
        "hu",
        "A Gazdasági Versenyhivatal bírságot szabott ki a cégre, mert az megtévesztette a fogyasztókat. A vállalat azt közölte, hogy nem ért egyet a döntéssel, ezért bírósághoz fordul.",
    ),
    (
        "is",
        "Persónuvernd hefur lagt sekt á fyrirtækið vegna þess að það hafði ekki tryggt öryggi upplýsinga um viðskiptavini sína. Ákvörðunin var birt á vef stofnunarinnar.",
    ),
    (
        "it",
        "Il Garante per la protezione dei dati personali ha sanzionato la società perché aveva contattato gli utenti senza il loro consenso. L'azienda ha ora trenta giorni per pagare.",
    ),
    ("ja", "公正取引委員会は、独占禁止法に違反したとして同社に排除措置命令を出した。"),
    ("ko", "공정거래위원회는 시장 지배력을 남용한 회사에 과징금을 부과했다고 밝혔다."),
    (
        "lt",
        "Valstybinė duomenų apsaugos inspekcija skyrė bendrovei baudą, nes ji netinkamai saugojo klientų duomenis. Šis sprendimas dar gali būti skundžiamas teismui.",
    ),
    (
        "lv",
        "Datu valsts inspekcija uzlika uzņēmumam sodu, jo tas nebija pienācīgi aizsargājis klientu datus. Lēmumu vēl var pārsūdzēt tiesā, un uzņēmums to arī darīs.",
    ),
    (
        "mt",
        "Il-Kummissarju għall-Informazzjoni impona multa fuq il-kumpanija għax ma kinitx ħarset id-data tal-klijenti tagħha. Il-kumpanija qalet li se tappella mid-deċiżjoni.",
    ),
    (
        "nb",
        "Datatilsynet har gitt selskapet et gebyr fordi det ikke hadde sikret opplysninger om brukerne sine. Selskapet sier at det vil klage på vedtaket, og mener at bøten er altfor høy.",
    ),
    (
        "nl",
        "De Autoriteit Persoonsgegevens heeft het bedrijf een boete opgelegd omdat het de gegevens van chauffeurs zonder goede bescherming naar het buitenland stuurde. Het bedrijf gaat in beroep.",
    ),
    (
        "nn",
        "Datatilsynet har gjeve kommunen eit gebyr fordi han ikkje hadde sikra opplysningar om elevane. Kommunen seier at dei ikkje vil klage på vedtaket, men rette opp feila.",
    ),
    (
        "pl",
        "Prezes Urzędu Ochrony Konkurencji i Konsumentów nałożył na spółkę karę, ponieważ wprowadzała ona klientów w błąd. Decyzja nie jest jeszcze prawomocna i może zostać zaskarżona do sądu.",
    ),
    (
        "pt",
        "A Comissão Nacional de Proteção de Dados aplicou uma coima ao hospital porque pessoas não autorizadas tinham acesso aos dados dos doentes. A decisão ainda pode ser contestada.",
    ),
    (
        "ro",
        "Consiliul Concurenței a sancționat compania cu o amendă pentru că aceasta a încălcat legea. Decizia poate fi atacată în instanță, iar compania a anunțat că o va contesta.",
    ),
    (
        "ru",
        "Федеральная антимонопольная служба оштрафовала компанию за то, что она злоупотребила своим положением на рынке. Решение ещё может быть обжаловано в суде.",
    ),
    (
        "sk",
        "Úrad na ochranu osobných údajov uložil spoločnosti pokutu, pretože nechránila údaje svojich zákazníkov. Rozhodnutie ešte nie je právoplatné a firma sa môže odvolať.",
    ),
    (
        "sl",
        "Informacijski pooblaščenec je podjetju izrekel globo, ker ni ustrezno zavarovalo podatkov svojih strank. Podjetje je sporočilo, da se bo na odločitev pritožilo.",
    ),
    (
        "sr",
        "Комисија за заштиту конкуренције изрекла је казну предузећу јер је злоупотребило доминантан положај. Против ове одлуке предузеће може да поднесе тужбу у року од тридесет дана.",
    ),
    (
        "sv",
        "Integritetsskyddsmyndigheten har beslutat om en sanktionsavgift mot bolaget eftersom det inte hade skyddat kundernas uppgifter. Bolaget säger att det ska överklaga beslutet.",
    ),
    (
        "tr",
        "Kişisel Verileri Koruma Kurulu, kullanıcı verilerini yeterince korumadığı için şirkete idari para cezası verdi. Şirket ise bu karara karşı dava açacağını söyledi.",
    ),
    (
        "uk",
        "Антимонопольний комітет наклав штраф на компанію, оскільки вона поширювала неправдиву інформацію про свою продукцію. Це рішення ще може бути оскаржене в суді.",
    ),
    ("zh", "国家市场监督管理总局对该公司滥用市场支配地位的行为作出行政处罚。"),
];

/// The same in languages that have no pack.
const OTHERS: [(&str, &str); 14] = [
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
        "mk",
        "Агенцијата ја казни компанијата бидејќи не ги заштитила личните податоци на корисниците. Компанијата најави дека ќе се жали на оваа одлука.",
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
    assert_eq!(CARRIED.len(), Lang::ALL.len());
    assert_eq!(mistakes(CARRIED.map(|(code, text)| (code, text.to_owned()))), "");
}

#[test]
fn capitals_and_combining_marks_change_nothing() {
    assert_eq!(mistakes(CARRIED.map(|(code, text)| (code, text.to_uppercase()))), "");
    assert_eq!(mistakes(CARRIED.map(|(code, text)| (code, text.nfd().collect()))), "");
}

#[test]
fn a_language_without_a_pack_is_no_carried_one() {
    assert_eq!(mistakes(OTHERS.map(|(code, text)| (code, text.to_owned()))), "");
    let detector = detector();
    assert!(OTHERS.iter().all(|(_, text)| detector.language(text, None).lang.is_none()));
}

#[test]
fn an_article_needs_neither_model() {
    let detector = detector();
    for (code, text) in CARRIED {
        let found = detector.language(&text.repeat(12), None);
        assert_eq!((found.code, found.detector), (code, "script"), "{found:?}");
    }
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
    let (_, german) = CARRIED[5];
    assert_eq!(detector.language(german, Some("en")).code, "de");
    assert_eq!(detector.language(german, Some("xx")).code, "de");
    let norwegian = "Selskapet må betale";
    assert_eq!(detector.language(norwegian, Some("no")).lang, Some(Lang::Nb));
}

#[test]
fn the_answer_is_the_same_every_time() {
    let detector = detector();
    let again = self::detector();
    for (_, text) in CARRIED.iter().chain(&OTHERS) {
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
