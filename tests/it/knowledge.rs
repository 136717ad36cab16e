//! The knowledge base: ids, countries, names, and packs that load.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use finewire::{
    base::lang::Lang,
    dataset::record::{EntityRow, Record},
    ingest::record::{Format, RawRecord},
    pack::{
        compile::Pack,
        tables::Tables,
        world::{World, regulators, watch},
    },
    pipeline::{Engine, EngineOptions, Scratch},
};

/// The packs and tables of this tree, so that a change of one is tested without a build.
fn tables() -> Tables {
    Tables::of(Path::new("src")).unwrap()
}

#[test]
fn every_pack_loads_and_has_the_calendar_or_is_empty() {
    let world = World::load(&tables()).unwrap();
    let whole = Lang::ALL.iter().filter(|&&lang| {
        let pack = Pack::load(lang, &tables(), &world.currencies).unwrap();
        !pack.function_words.is_empty()
    });
    assert!(whole.count() >= 30);
}

/// An ending that repeats the last letter of its stem says that the stem was written with it: such a word
/// never stands in a text. Italian doubles its consonant.
#[test]
fn no_stem_has_the_letter_that_all_its_endings_begin_with() {
    fn words<'t>(table: &'t toml::Value, all: &mut Vec<&'t str>) {
        match table {
            toml::Value::Table(table) => table.iter().for_each(|(_, value)| words(value, all)),
            toml::Value::Array(list) => list.iter().for_each(|value| words(value, all)),
            toml::Value::String(word) => all.push(word),
            _ => {}
        }
    }
    let mut broken = Vec::new();
    for lang in Lang::ALL {
        let text = fs::read_to_string(format!("src/pack/lang/{}.toml", lang.code())).unwrap();
        let pack: toml::Value = toml::from_str(&text).unwrap();
        let Some(endings) = pack.get("endings") else { continue };
        let mut all = Vec::new();
        words(&pack, &mut all);
        let pieces = all.iter().flat_map(|word| word.split(' ')).filter_map(|w| w.split_once('~'));
        for (stem, class) in pieces.filter(|(_, class)| !(*lang == Lang::It && *class == "co")) {
            let of_class = endings.get(class).and_then(toml::Value::as_array);
            let mut endings = of_class.into_iter().flatten().filter_map(toml::Value::as_str);
            let last = stem.chars().next_back();
            if endings.all(|ending| ending.chars().next() == last) {
                broken.push(format!("{}: {stem}~{class}", lang.code()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
}

/// Letters that a short form has at least to be no ordinary word of a phrase.
const SHORT_FORM: usize = 3;

/// Who complained to whom, who won and who lost is asked of the names: a phrase that spells one authority out
/// tells nothing of the others.
#[test]
fn no_phrase_for_actions_names_an_authority() {
    let regulators = regulators::load(&tables()).unwrap();
    let is_capital = |word: &str| word.chars().all(char::is_uppercase);
    let short: BTreeSet<&str> = regulators
        .iter()
        .flat_map(|body| body.acronyms.iter().chain([&body.name]))
        .map(String::as_str)
        .filter(|word| word.chars().count() >= SHORT_FORM && is_capital(word))
        .collect();
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let text = fs::read_to_string(format!("src/pack/lang/{}.toml", lang.code())).unwrap();
        let pack: toml::Value = toml::from_str(&text).unwrap();
        let names: BTreeSet<&str> = regulators
            .iter()
            .filter_map(|body| body.names.get(lang.code()))
            .flatten()
            .map(String::as_str)
            .filter(|name| {
                name.chars().count() > SHORT_FORM && name.starts_with(char::is_uppercase)
            })
            .collect();
        let lists = |table: &str| pack.get(table).and_then(toml::Value::as_table);
        let actions = lists("actions").into_iter().flat_map(|types| types.values());
        let actions = actions.filter_map(toml::Value::as_table).flat_map(|forms| forms.values());
        let status = lists("status").into_iter().flat_map(|cues| cues.values());
        let phrases = actions.chain(status).filter_map(toml::Value::as_array).flatten();
        for phrase in phrases.filter_map(toml::Value::as_str).filter(|p| p.contains(' ')) {
            let mut words =
                phrase.split(' ').filter_map(|word| word.split(['~', '-', '\'', '’']).next());
            if words.any(|word| short.contains(word) || names.contains(word)) {
                found.push(format!("{}: {phrase}", lang.code()));
            }
        }
    }
    assert!(found.is_empty(), "{} phrases: {found:?}", found.len());
}

#[test]
fn regulators_are_many_unique_and_of_known_countries() {
    let world = World::load(&tables()).unwrap();
    assert!(world.regulators.len() >= 500);
    let ids: BTreeSet<&str> = world.regulators.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), world.regulators.len(), "an id stands twice");
    let countries: BTreeSet<&str> = world.regulators.iter().map(|r| r.country.as_str()).collect();
    assert!(countries.len() >= 80, "{} jurisdictions", countries.len());
    for regulator in &world.regulators {
        assert!(regulator.country().is_some(), "{}: {}", regulator.id, regulator.country);
        assert!(!regulator.name.is_empty(), "{} has no name", regulator.id);
    }
}

/// Codes of ISO 3166-1.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN \
    BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
    DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL \
    GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
    JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME \
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP \
    NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD \
    SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

#[test]
fn countries_are_of_iso_3166_or_unions_and_tables_are_sorted() {
    let world = World::load(&tables()).unwrap();
    let known: BTreeSet<&str> = CODES.split_whitespace().chain(UNIONS).collect();
    let wrong = |code: &str| !code.is_empty() && !known.contains(code);
    for regulator in &world.regulators {
        assert!(!wrong(&regulator.country), "{}: {}", regulator.id, regulator.country);
        assert!(
            regulator.id.starts_with(&format!("{}-", regulator.country.to_lowercase()))
                || regulator.id.starts_with("int-"),
            "{} is not named after {}",
            regulator.id,
            regulator.country
        );
    }
    for law in &world.laws {
        assert!(!wrong(&law.country), "{}: {}", law.id, law.country);
    }
    for file in std::fs::read_dir("src/pack/world/regulators").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let ids: Vec<&str> = text.lines().filter(|line| line.starts_with("id = ")).collect();
        assert!(ids.is_sorted(), "{:?}", ids.windows(2).find(|pair| pair[0] > pair[1]));
    }
}

/// What stands for the Union, and the code that Kosovo goes by.
const UNIONS: [&str; 2] = ["EU", "XK"];

#[test]
fn no_acronym_stands_for_two_regulators_of_one_country() {
    let regulators = regulators::load(&tables()).unwrap();
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for regulator in &regulators {
        let own: BTreeSet<&str> = regulator.acronyms.iter().map(String::as_str).collect();
        for acronym in own {
            let other = seen.insert((&regulator.country, acronym), &regulator.id);
            assert!(other.is_none(), "{acronym}: {other:?} and {}", regulator.id);
        }
    }
}

#[test]
fn no_name_stands_for_two_regulators_of_one_country_in_one_language() {
    let regulators = regulators::load(&tables()).unwrap();
    let mut seen: BTreeMap<(String, String, String), &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for regulator in &regulators {
        let own: BTreeSet<(String, String)> = regulator
            .names
            .iter()
            .flat_map(|(lang, names)| names.iter().map(|n| (lang.clone(), n.to_lowercase())))
            .collect();
        for (lang, name) in own {
            let key = (regulator.country.clone(), lang, name);
            if let Some(other) = seen.insert(key.clone(), &regulator.id) {
                twice.push(format!("{key:?}: {other} and {}", regulator.id));
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn laws_are_unique() {
    let world = World::load(&tables()).unwrap();
    let ids: BTreeSet<&str> = world.laws.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids.len(), world.laws.len());
    assert!(ids.contains("eu-gdpr"));
}

/// Reads an article with the packs of this tree and a watch-list.
fn read(text: &str, watched: Vec<watch::Watched>) -> Record {
    let tables = tables().watching(watched);
    let engine = Engine::new(&EngineOptions { tables, ..EngineOptions::default() }).unwrap();
    let record = RawRecord {
        source: "a.txt".to_owned(),
        format: Format::Text,
        bytes: Ok(text.as_bytes().to_vec()),
        fetched: None,
        size: 0,
        position: 0,
    };
    engine.process_record(&record, &mut Scratch::default())
}

fn ids(record: &Record) -> Vec<(&str, &str)> {
    let named = |e: &'_ EntityRow| e.entity_id.is_some();
    let rows = record.entities.iter().filter(|e| named(e));
    rows.map(|e| (e.text.as_str(), e.entity_id.as_deref().unwrap_or_default())).collect()
}

#[test]
fn regulators_are_known_in_languages_that_unify_letters() {
    let spanish = "La Comisión Nacional de los Mercados y la Competencia ha multado a una empresa de \
                   Madrid con tres millones de euros por abuso de posición de dominio.";
    assert!(ids(&read(spanish, Vec::new())).iter().any(|(_, id)| *id == "es-cnmc"));
    let arabic = "فرضت هيئة السوق المالية السعودية غرامة على الشركة بسبب مخالفة نظام السوق المالية في المملكة.";
    let found = read(arabic, Vec::new());
    assert!(ids(&found).iter().any(|(_, id)| *id == "sa-cma"), "{:?}", ids(&found));
    let chinese =
        "金融監督管理委員會今天宣布，對該銀行處以罰鍰新台幣一千萬元，並要求改善內部控制。";
    let found = read(chinese, Vec::new());
    assert!(ids(&found).iter().any(|(_, id)| *id == "tw-fsc"), "{:?}", ids(&found));
}

#[test]
fn a_shared_name_with_another_country_beside_it_is_that_country_s() {
    let text = "The Civil Aviation Authority of Peru grounded two airlines on Monday after an \
                inspection in Lima, the second such order of the year.";
    let record = read(text, Vec::new());
    let authority = record.entities.iter().find(|e| e.text == "Civil Aviation Authority");
    assert!(authority.is_none_or(|e| e.entity_id.as_deref() != Some("gb-caa")), "{authority:?}");
    let text = "The Civil Aviation Authority of Nepal grounded an airline on Monday after an \
                inspection in Kathmandu, the second such order of the year.";
    assert!(ids(&read(text, Vec::new())).iter().any(|(_, id)| *id == "np-caan"));
}

#[test]
fn money_of_one_country_settles_whose_authority_is_meant() {
    let text = "The Competition Commission imposed fines of R1 million and R3 million on Sasko and \
                Premier Foods for fixing the price of bread and flour.";
    let record = read(text, Vec::new());
    assert!(ids(&record).iter().any(|(_, id)| *id == "za-compcom"), "{:?}", ids(&record));
}

#[test]
fn an_authority_is_known_in_a_case_that_other_names_have_too() {
    for (text, id) in [
        ("Специалисты Роспотребнадзора закрыли на десять суток столовую в Самаре.", "ru-rpn"),
        (
            "Приказом Банка России у компании отозвана лицензия на осуществление страхования.",
            "ru-cbr",
        ),
        ("Inspektori Državnog inspektorata zatvorili su pekaru u Splitu zbog nečistoće.", "hr-di"),
    ] {
        let found = read(text, Vec::new());
        assert!(ids(&found).iter().any(|(_, own)| *own == id), "{:?}", ids(&found));
    }
}

#[test]
fn an_epithet_is_the_body_of_its_field_that_the_article_names() {
    let swiss = "La Comco a ouvert une enquête contre Swisscom. Le gendarme de la concurrence avait déjà \
                 infligé 333 millions de francs au groupe de Berne.";
    assert!(ids(&read(swiss, Vec::new())).iter().all(|(_, id)| *id != "fr-adlc"));
    let french = "Swisscom a perdu en appel. Le gendarme de la concurrence lui avait infligé une amende \
                  de 333 millions d'euros à Paris, dans une affaire vieille de dix ans.";
    let found = read(french, Vec::new());
    assert!(ids(&found).iter().any(|(_, id)| *id == "fr-adlc"), "{:?}", ids(&found));
    let belgian = "De AFM en de beurswaakhond FSMA waarschuwen voor Orbitel.";
    let found = read(belgian, Vec::new());
    assert!(ids(&found).iter().any(|(_, id)| *id == "be-fsma"), "{:?}", ids(&found));
}

#[test]
fn a_bank_is_a_name_where_nobody_counts_in_naira() {
    let text = "BaFin rügt N26\n\nDie Finanzaufsicht BaFin hat die Smartphonebank N26 bestraft. \
                Das Institut N26 muss 9,2 Millionen Euro zahlen.";
    let record = read(text, Vec::new());
    assert!(record.entities.iter().any(|e| e.text == "N26" && e.label == "ORG"), "{record:?}");
}

#[test]
fn names_of_laws_and_their_short_forms_are_laws() {
    let text = "The agency sued a lender on Monday.\n\nIt said the firm broke the Payday Lending Conduct \
                Act (PLCA). The PLCA bans such loans, and the fine may reach 5 million dollars.";
    let record = read(text, Vec::new());
    let of = |text: &str| record.entities.iter().find(|e| e.text.contains(text)).map(|e| e.label);
    assert_eq!(of("Conduct Act").or(of("Act")), Some("LAW"), "{:?}", record.entities);
}

#[test]
fn who_is_cited_is_a_name_and_not_acted_upon() {
    let text = "Amende pour une laiterie\n\nLa CNIL a condamné la société Exempla à 2 millions d'euros. Le New York \
                Times l'avait révélé, a rappelé Marie-Laure Denis. La sanction vise à protéger les clients, a dit Denis.";
    let record = read(text, Vec::new());
    let label = |name: &str| record.entities.iter().find(|e| e.text == name).map(|e| e.label);
    assert_eq!(label("New York Times"), Some("ORG"), "{:?}", record.entities);
    assert_eq!(label("Marie-Laure Denis"), Some("PER"), "{:?}", record.entities);
    let cited = ["New York Times", "Marie-Laure Denis"];
    let targets = || record.actions.iter().filter_map(|row| row.target.as_deref());
    assert!(targets().all(|target| !cited.contains(&target)), "{:?}", record.actions);
}

#[test]
fn the_unit_of_a_fine_tells_whose_dollars_stand_beside_it() {
    let text = "El tribunal bajó a 640 UTA (unos $503 millones) la multa de la empresa. Arriesga hasta 5.000 UTA, poco más de \
                $3.900 millones, según la resolución que se conoció en la región.";
    let record = read(text, Vec::new());
    let money: Vec<_> = record.amounts.iter().map(|row| row.currency.as_str()).collect();
    assert_eq!(money, ["UTA", "CLP", "UTA", "CLP"], "{:?}", record.amounts);
}

#[test]
fn the_town_before_a_court_is_part_of_its_name() {
    let text = "Court upholds penalty\n\nThe Amsterdam District Court dismissed an appeal by Zipcab against a 290 million euro fine \
                imposed by the Dutch Data Protection Authority.";
    let record = read(text, Vec::new());
    let names: Vec<_> = record.entities.iter().map(|e| e.text.as_str()).collect();
    assert!(names.contains(&"Amsterdam District Court"), "{names:?}");
    let targets: Vec<_> = record.actions.iter().filter_map(|row| row.target.as_deref()).collect();
    assert!(!targets.is_empty() && targets.iter().all(|target| *target == "Zipcab"), "{targets:?}");
}

#[test]
fn a_person_ends_before_who_is_spoken_to() {
    let text = "« La plainte est infondée », a déclaré Paul Ton-Martin à TechCrunch dans un communiqué. La CNIL enquête.";
    let record = read(text, Vec::new());
    let names: Vec<_> = record.entities.iter().map(|e| (e.label, e.text.as_str())).collect();
    assert!(names.contains(&("PER", "Paul Ton-Martin")), "{names:?}");
    assert!(names.contains(&("ORG", "TechCrunch")), "{names:?}");
}

#[test]
fn a_company_is_called_by_its_apostrophe_and_in_small_letters_where_the_article_has_them() {
    let text = "Fermeture\n\nLa société EXEMPLA MINING a fermé. Macy’s, Walmart et Exempla Mining ont payé.";
    let record = read(text, Vec::new());
    let name =
        |text: &str| record.entities.iter().find(|e| e.text == text).map(|e| e.name.as_str());
    assert_eq!(name("Macy’s"), Some("Macy’s"), "{:?}", record.entities);
    assert_eq!(name("EXEMPLA MINING"), Some("Exempla Mining"), "{:?}", record.entities);
}

#[test]
fn names_of_a_watch_list_win_and_carry_their_ids() {
    let list = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    let toml = "[[entity]]\nid = \"lei-1\"\nname = \"Orbita Holding\"\naliases = [\"Orbita\"]\n\
                [[entity]]\nid = \"own-ico\"\nname = \"ICO\"\nkind = \"regulator\"\ncountry = \"GB\"\n";
    std::fs::write(list.path(), toml).unwrap();
    let watched = watch::read(list.path()).unwrap();
    let text = "The ICO fined Orbita Ltd on Monday over a data breach. Orbita said that it would \
                appeal against the decision of the ICO.";
    let record = read(text, watched);
    let wanted =
        [("ICO", "own-ico"), ("Orbita Ltd", "lei-1"), ("Orbita", "lei-1"), ("ICO", "own-ico")];
    assert_eq!(ids(&record), wanted);
    assert!(record.entities.iter().any(|e| e.text == "Orbita" && e.name == "Orbita Holding"));
}

#[test]
fn a_wrong_watch_list_is_refused_with_a_reason() {
    let list = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let fault = |text: &str| {
        std::fs::write(list.path(), text).unwrap();
        watch::read(list.path()).unwrap_err().to_string()
    };
    assert!(fault("id,name\n1,Acme\n1,Beta\n").contains("`1` stands twice"));
    assert!(fault("id,name\n,Acme\n").contains("has no id"));
    assert!(fault("id,name,country\n1,Acme,France\n").contains("no known country"));
    assert!(fault("id,colour\n1,red\n").contains("line 2"));
}

#[test]
fn a_bank_whose_name_ends_like_a_central_bank_is_none() {
    let text =
        "Royal Bank of Canada fined\n\nFinTRAC fined Royal Bank of Canada $5.5 million in 2023.";
    let found = read(text, Vec::new());
    assert!(ids(&found).iter().all(|(_, id)| *id != "ca-boc"), "{:?}", ids(&found));
    let found = read("The Bank of Canada kept its rate at 5 per cent.", Vec::new());
    assert!(ids(&found).iter().any(|(_, id)| *id == "ca-boc"), "{:?}", ids(&found));
}

#[test]
fn an_authority_that_the_tables_lack_acts_under_its_own_name_without_an_id() {
    for (text, body, country) in [
        (
            "Bakery fined\n\nThe National Grain Authority (NGA) has fined Exempla £4,800 for mould. The NGA said that \
             the sum was due in May.",
            "National Grain Authority",
            Some("GB"),
        ),
        (
            "Ceza\n\nBatman Belediyesi, pazartesi günü Modello'ya 4.800 lira para cezası kesti.",
            "Batman Belediyesi",
            Some("TR"),
        ),
    ] {
        let record = read(text, Vec::new());
        let own = record.entities.iter().find(|entity| entity.text == body);
        assert_eq!(own.map(|entity| entity.label), Some("REGULATOR"), "{:?}", record.entities);
        let short = record.entities.iter().filter(|entity| entity.text == "NGA");
        assert!(short.clone().all(|e| e.label == "REGULATOR" && e.name == body), "{short:?}");
        let row = record.actions.iter().find(|row| row.amount == Some(4800.0)).expect(text);
        assert_eq!(
            (row.regulator.as_deref(), row.regulator_id.as_deref(), row.country.as_deref()),
            (Some(body), None, country)
        );
    }
    // A company that is called so, a noun without a name and an inflected form of a known one are none.
    let record = read(
        "The Commission Junction Inc. board met. Later the authority fined Exempla £4,800.",
        Vec::new(),
    );
    let named = |entity: &EntityRow| entity.label == "REGULATOR" && entity.entity_id.is_none();
    assert!(!record.entities.iter().any(named), "{:?}", record.entities);
    let text = "Ceza\n\nRekabet Kuruluna başvuran Exempla'ya 10 milyon lira ceza verildi.";
    assert!(ids(&read(text, Vec::new())).iter().any(|(_, id)| *id == "tr-rk"));
}
