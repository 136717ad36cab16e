//! Whole short articles through the engine: what they report, slot by slot. Invented firms.

use std::path::Path;

use finewire::{
    dataset::record::{ActionRow, EntityRow, Record},
    pack::tables::Tables,
    pipeline::{Engine, EngineOptions, Scratch},
};

use crate::articles::article;

/// Reads one article with the packs and weights of this tree.
fn read(text: &str) -> Record {
    let tables = Tables::of(Path::new("src")).unwrap();
    let options =
        EngineOptions { tables, min_confidence: 0.3, explains: true, ..EngineOptions::default() };
    Engine::new(&options).unwrap().process(&article(None, text), &mut Scratch::default())
}

fn fines(record: &Record) -> Vec<&ActionRow> {
    record.actions.iter().filter(|row| row.r#type == "fine").collect()
}

#[test]
fn one_fine_told_three_times_is_one_row() {
    let record = read(
        "CNIL fines Orbitel 20 million euros over cookies\n\
         The French data protection authority CNIL has fined Orbitel 20 million euros. \
         The regulator said Orbitel had placed cookies without consent.\n\
         Orbitel said it would appeal against the 20 million euro fine.",
    );
    let fines = fines(&record);
    assert_eq!(fines.len(), 1, "{:?}", record.actions);
    assert_eq!(fines[0].regulator_id.as_deref(), Some("fr-cnil"));
    assert_eq!(fines[0].target.as_deref(), Some("Orbitel"));
    assert_eq!(fines[0].amount, Some(20e6));
    assert_eq!(fines[0].status, "imposed");
}

#[test]
fn whom_the_headline_describes_is_who_is_named_below() {
    for (text, target) in [
        (
            "VMVT sustabdė kavinės veiklą\n\nValstybinė maisto ir veterinarijos tarnyba sustabdė kavinės \
             „Senasis žvejys“ veiklą Klaipėdoje.",
            "Senasis žvejys",
        ),
        (
            "Держпродспоживслужба призупинила роботу пекарні\n\nДержпродспоживслужба зупинила роботу пекарні \
             «Золоте зерно» у Львові через порушення санітарних норм.",
            "Золоте зерно",
        ),
        (
            "PTA peatas kohviku tegevuse\n\nPõllumajandus- ja toiduamet peatas Pärnus kohviku Vana Kalur \
             tegevuse.",
            "Vana Kalur",
        ),
    ] {
        let record = read(text);
        let bans: Vec<_> = record.actions.iter().filter(|row| row.r#type == "ban").collect();
        assert_eq!(bans.len(), 1, "{:?}", record.actions);
        assert_eq!(bans[0].target.as_deref(), Some(target));
    }
}

#[test]
fn cfa_francs_are_of_the_central_bank_of_the_country() {
    for (text, currency) in [
        (
            "Yaoundé : l'opérateur Exempla sanctionné\n\nAu Cameroun, l'Agence de régulation des \
             télécommunications (ART) a infligé à Exempla une amende de 800 millions de FCFA.",
            "XAF",
        ),
        (
            "Dakar : l'opérateur Exempla sanctionné\n\nAu Sénégal, l'Autorité de régulation des \
             télécommunications et des postes (ARTP) a infligé à Exempla une amende de 800 millions de FCFA.",
            "XOF",
        ),
    ] {
        let record = read(text);
        let fines = fines(&record);
        assert_eq!(fines.len(), 1, "{:?}", record.actions);
        assert_eq!(fines[0].currency.as_deref(), Some(currency), "{text}");
    }
}

#[test]
fn the_number_of_a_batch_is_not_acted_upon() {
    let record = read(
        "Food agency recalls baby milk of Exempla\n\nThe Food Standards Agency has ordered Exempla to \
         recall batch B20034A of its baby milk. The FSA said B20034A and SR-13 may hold bacteria.",
    );
    let targets: Vec<_> = record.actions.iter().filter_map(|row| row.target.as_deref()).collect();
    assert!(
        !targets.is_empty() && targets.iter().all(|target| *target == "Exempla"),
        "{targets:?}"
    );
}

#[test]
fn a_ruling_that_does_not_overturn_upholds() {
    for text in [
        "The Competition and Markets Authority fined Exempla £4 million in 2021. The Court of Appeal has \
         not overturned the fine.",
        "Consiliul Concurenței a amendat Exempla cu 4 milioane de lei în 2021. Curtea de Apel București nu a \
         anulat amenda.",
    ] {
        let record = read(text);
        let rulings: Vec<_> =
            record.actions.iter().filter(|row| row.r#type == "court_ruling").collect();
        assert!(!rulings.is_empty(), "{:?}", record.actions);
        assert!(rulings.iter().all(|row| row.status == "upheld"), "{rulings:?}");
    }
}

#[test]
fn targets_are_called_as_they_are_without_case_and_legal_form() {
    for (text, target) in [
        (
            "ФАС оштрафовала «Экземплу» на 3 млн рублей\n\nФедеральная антимонопольная служба назначила ООО \
             «Экземпла» штраф в размере 3 млн рублей за рекламу.",
            "Экземпла",
        ),
        (
            "SOI uložila Exemple pokutu 30 000 eur\n\nSlovenská obchodná inšpekcia uložila spoločnosti \
             Exempla, s. r. o., pokutu vo výške 30 000 eur za klamlivé zľavy.",
            "Exempla",
        ),
        (
            "45 millió forintra bírságolta az Exemplát a GVH\n\nA Gazdasági Versenyhivatal 45 millió forint \
             bírságot szabott ki az Exempla Kft.-re megtévesztő reklámok miatt.",
            "Exempla",
        ),
        (
            "EPDK'dan ceza\n\nEnerji Piyasası Düzenleme Kurumu (EPDK), 25 akaryakıt şirketine 9 milyon lira \
             idari para cezası verdi.",
            "25 akaryakıt şirketi",
        ),
    ] {
        let record = read(text);
        let fines = fines(&record);
        assert_eq!(fines.len(), 1, "{:?}", record.actions);
        assert_eq!(fines[0].target.as_deref(), Some(target));
    }
}

#[test]
fn the_headline_s_rounded_sum_is_the_fine_of_the_text() {
    let record = read(
        "Advertising giant hit with €40m fine over cookies\n\
         The French data protection authority CNIL has fined Criterion €39.8 million. \
         It said that the company had tracked people without consent.",
    );
    let fines = fines(&record);
    assert_eq!(fines.len(), 1, "{:?}", record.actions);
    assert_eq!(fines[0].amount, Some(39.8e6));
    assert_eq!(fines[0].regulator_id.as_deref(), Some("fr-cnil"));
}

#[test]
fn what_is_only_said_to_be_more_is_the_exact_sum_told_again() {
    let record = read(
        "Orbitel must pay more than £30,000 for late reports\n\n\
         The FCA has fined Orbitel £33,319 for late reports.\n\n\
         The fine of more than £30,000 on Orbitel is the second this year.",
    );
    let fines = fines(&record);
    assert_eq!(fines.len(), 1, "{:?}", record.actions);
    assert_eq!(fines[0].amount, Some(33_319.0));
}

#[test]
fn the_sum_to_the_last_digit_is_the_fine_and_not_its_rounding() {
    let record = read(
        "The FCA has fined Orbitel nearly £1.2 million for poor records.\n\n\
         It took two years. Orbitel did not contest the penalty of £1,187,900.",
    );
    let fines = fines(&record);
    assert_eq!(fines.len(), 1, "{:?}", record.actions);
    assert_eq!(fines[0].amount, Some(1_187_900.0));
}

#[test]
fn a_fine_on_a_firm_that_is_described_and_then_named_is_one_row() {
    let record = read(
        "The Financial Conduct Authority has fined a payments firm £2.7 million.\n\n\
         Customers waited for weeks, it said on Tuesday. The Financial Conduct Authority fined Orbitel \
         Payments £2.7 million because it had kept no records.",
    );
    let fines = fines(&record);
    assert_eq!(fines.len(), 1, "{:?}", record.actions);
    assert_eq!(fines[0].target.as_deref(), Some("Orbitel Payments"));
}

#[test]
fn what_may_be_done_is_not_done() {
    for text in [
        "The Information Commissioner's Office can fine Orbitel £3 million and may order it to stop.",
        "Il Garante per la protezione dei dati personali può multare Orbitel per 3 milioni di euro.",
        "La CNIL peut infliger 3 millions d'euros à Orbitel.",
    ] {
        let record = read(text);
        let told = record.actions.iter().filter(|row| row.confidence >= 0.5);
        let done = told.filter(|row| row.status == "imposed").count();
        assert_eq!(done, 0, "{text} {:?}", record.actions);
    }
}

#[test]
fn words_that_name_two_types_name_one_action() {
    let record = read(
        "The Financial Conduct Authority has suspended the licence of Orbitel Payments. \
         The watchdog said customers' money was at risk.",
    );
    let told = record.actions.iter().filter(|row| row.confidence >= 0.5);
    let kinds: Vec<&str> = told.map(|row| row.r#type).collect();
    assert_eq!(kinds, ["licence_withdrawal"], "{:?}", record.actions);
}

#[test]
fn a_total_stands_aside_for_its_parts() {
    let record = read(
        "La CNIL inflige deux amendes à Orbitel et Lumena\n\
         La CNIL a prononcé deux amendes d'un montant total de 150 millions d'euros. \
         Orbitel doit payer 90 millions d'euros. Lumena doit payer 60 millions d'euros.",
    );
    let sums: Vec<Option<f64>> = fines(&record).iter().map(|row| row.amount).collect();
    assert!(!sums.contains(&Some(150e6)), "{sums:?}");
    assert!(sums.contains(&Some(90e6)) && sums.contains(&Some(60e6)), "{sums:?}");
    let target = |sum| {
        let row = fines(&record).into_iter().find(|row| row.amount == Some(sum));
        row.and_then(|row| row.target.clone())
    };
    assert_eq!(target(90e6).as_deref(), Some("Orbitel"));
    assert_eq!(target(60e6).as_deref(), Some("Lumena"));
}

#[test]
fn a_sum_or_a_date_is_no_target() {
    let record = read(
        "FCA fines Brightwell Bank £3m\n\
         The Financial Conduct Authority fined Brightwell Bank £3m in January 2022.",
    );
    let fines = fines(&record);
    assert_eq!(fines[0].target.as_deref(), Some("Brightwell Bank"));
    assert_eq!(fines[0].date.as_deref(), Some("2022-01"));
}

#[test]
fn the_short_name_in_brackets_is_the_long_one() {
    let record = read(
        "Northbrook Finance fined\n\
         The Financial Conduct Authority opened a probe into Northbrook Finance (NBF). \
         On 3 May 2021 it fined NBF £5m.",
    );
    for row in &record.actions {
        assert_eq!(row.target.as_deref(), Some("Northbrook Finance"), "{row:?}");
    }
    assert!(!record.actions.is_empty());
}

#[test]
fn letters_in_brackets_tell_where_the_name_before_them_begins() {
    for (text, name) in [
        (
            "Multa\n\nA ASAE multou a Santa Casa da Misericórdia de Vila Exempla (SCMVE) em 20 mil euros.",
            "Santa Casa da Misericórdia de Vila Exempla",
        ),
        (
            "Штраф\n\nФАС оштрафовала Экземплийский трубопроводный консорциум (ЭТК) на 3 млн рублей.",
            "Экземплийский трубопроводный консорциум",
        ),
    ] {
        let record = read(text);
        let is_whole = |entity: &&EntityRow| entity.text == name && entity.label == "ORG";
        let whole = record.entities.iter().find(is_whole);
        let whole = whole.unwrap_or_else(|| panic!("{:?}", record.entities));
        let fined = fines(&record).iter().find_map(|row| row.target.clone());
        assert_eq!(fined.as_deref(), Some(whole.name.as_str()), "{:?}", record.actions);
    }
}

#[test]
fn the_counted_are_targets_and_no_entities() {
    let record = read(
        "Garante privacy, sanzioni\n\
         Il Garante per la protezione dei dati personali ha multato nove aziende per 50.000 euro.",
    );
    let fines = fines(&record);
    assert_eq!(fines.first().and_then(|row| row.target.as_deref()), Some("nove aziende"));
    assert!(record.entities.iter().all(|row| row.text != "nove aziende"));
}

/// Whom a sentence acts upon, as a row names them.
const WHOM: [(&str, &str); 5] = [
    ("ФАС оштрафовала «Роснефть» и «Лукойл» на 3 млн рублей.", "Роснефть, Лукойл"),
    (
        "Inšpekcia práce pokutovala stavebnú firmu zo Žiliny sumou 5000 eur.",
        "stavebná firma zo Žiliny",
    ),
    ("ЦБ оштрафовал четыре банка на 3 млн рублей.", "четыре банка"),
    ("KNF ukarała trzy banki karą 3 mln zł.", "trzy banki"),
    ("Spelinspektionen ger Bet365 en sanktionsavgift på 3 miljoner kronor.", "Bet365"),
];

#[test]
fn those_acted_upon_are_whole_and_in_the_nominative() {
    for (text, whom) in WHOM {
        let record = read(text);
        let targets: Vec<_> = record.actions.iter().map(|row| row.target.as_deref()).collect();
        assert_eq!(targets, [Some(whom)], "{text}");
    }
}

#[test]
fn a_slot_says_what_it_was_weighed_against() {
    let record = read(
        "CNIL fines Orbitel 20 million euros\n\
         The CNIL has fined Orbitel 20 million euros. Lumena was not concerned.",
    );
    let why = &fines(&record)[0].why;
    for slot in ["status:", "regulator:", "target:", "date:"] {
        assert!(why.iter().any(|line| line.starts_with(slot)), "{why:?}");
    }
}

#[test]
fn sport_and_company_results_report_nothing() {
    let record = read(
        "Orbitel lifts profit to 20 million euros\n\
         Orbitel said its profit rose to 20 million euros in the first quarter of 2023. \
         The coach fined the striker for being late, and the match ended in a draw.",
    );
    let rows: Vec<_> = record.actions.iter().filter(|row| row.confidence >= 0.5).collect();
    assert!(rows.is_empty(), "{rows:?}");
}

#[test]
fn a_sum_told_in_another_currency_is_one_fine() {
    let record = read(
        "ICO fines Orbitel €8.4m over leaked addresses\n\
         The Information Commissioner's Office has fined Orbitel £7.2 million (€8.4m) \
         after the addresses of its customers leaked.",
    );
    let sums: Vec<_> = fines(&record).iter().map(|r| (r.amount, r.currency.clone())).collect();
    assert_eq!(sums, [(Some(7.2e6), Some("GBP".to_owned()))]);
}

#[test]
fn each_item_of_a_digest_has_its_own_authority() {
    let record = read(
        "The week's penalties\n\n\
         1. Orbitel\n\n\
         The French data protection authority CNIL fined Orbitel 20 million euros over cookies.\n\n\
         2. Lumena\n\n\
         The Dutch data protection authority AP issued a fine of EUR 460,000 to Lumena.\n",
    );
    let rows: Vec<_> = fines(&record)
        .iter()
        .map(|r| (r.regulator_id.as_deref().unwrap_or(""), r.target.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(rows, [("fr-cnil", "Orbitel"), ("nl-ap", "Lumena")]);
}

#[test]
fn an_action_has_a_day_and_no_minute() {
    let record = read(
        "La CNIL inflige 20 millions d'euros à Orbitel\n2021-12-17T08:13\n\
         La CNIL a infligé une amende de 20 millions d'euros à Orbitel.",
    );
    let dates = record.actions.iter().filter_map(|row| row.date.as_deref());
    assert!(dates.clone().count() > 0 && dates.clone().all(|date| date.len() <= 10));
}

#[test]
fn a_target_that_is_described_and_not_named_beats_a_far_name() {
    let told = [
        (
            "The ICO fined Orbitel 90,000 pounds in March over cold calls.\n\
             In a separate case the ICO fined a dental clinic 12,000 pounds for losing records.",
            12e3,
            "dental clinic",
        ),
        (
            "La CNIL a infligé une amende de 90 000 euros à Orbitel en mars.\n\
             Dans une autre affaire, la CNIL a infligé une amende de 12 000 euros à une petite \
             clinique pour défaut de sécurité.",
            12e3,
            "petite clinique",
        ),
        (
            "Der HBDI verhängte im März gegen Orbitel ein Bußgeld von 90.000 Euro.\n\
             In einem anderen Fall verhängte der HBDI gegen einen Baumarkt ein Bußgeld von 12.000 Euro.",
            12e3,
            "Baumarkt",
        ),
    ];
    for (text, sum, target) in told {
        let record = read(text);
        let row = fines(&record).into_iter().find(|row| row.amount == Some(sum));
        let found = row.and_then(|row| row.target.as_deref());
        assert_eq!(found, Some(target), "{:?}", record.actions);
    }
}

#[test]
fn a_noun_beside_a_name_is_no_target_of_its_own() {
    let record = read(
        "The ICO fined a Leeds company, Lumena, 12,000 pounds.\n\
         It was the largest fine on a company of its size.",
    );
    let targets: Vec<Option<&str>> =
        fines(&record).iter().map(|row| row.target.as_deref()).collect();
    assert!(targets.contains(&Some("Lumena")), "{targets:?}");
}

#[test]
fn a_short_form_in_brackets_is_the_authority_before_it_and_a_dateline_names_none() {
    let ids = |text: &str| -> Vec<String> {
        read(text).entities.iter().filter_map(|entity| entity.entity_id.clone()).collect()
    };
    let found = ids(
        "Airline fined over refunds\n\nThe US Department of Transportation (DOT) fined \
        Exempla Air 2 million dollars, as Indian newspapers noted. The DOT said refunds were late.",
    );
    assert!(found.contains(&"us-dot".to_owned()), "{found:?}");
    assert!(!found.contains(&"in-dot".to_owned()), "{found:?}");
    // In the genitive, and spelled with other letters.
    let record = read(
        "Amendă\n\nComisarii Autorităţii Naţionale pentru Protecţia Consumatorilor (ANPC) \
        au amendat Exempla cu 5.000 de lei.",
    );
    let name = |entity: &EntityRow| entity.text.contains("Autorit") && entity.entity_id.is_some();
    assert!(record.entities.iter().any(name), "{:?}", record.entities);
    // The legal form of a Norwegian company is no authority of Britain.
    let found = ids(
        "Bank fined\n\nThe Norwegian regulator Finanstilsynet fined Exempla ASA 2 million kroner.",
    );
    assert!(!found.contains(&"gb-asa".to_owned()), "{found:?}");
    let found = ids("Multa a una perruqueria\n\nGIRONA / ACN - L'Agència Catalana del Consum ha \
        sancionat una perruqueria de Girona amb 3.000 euros per no exhibir els preus.");
    assert!(!found.contains(&"it-acn".to_owned()), "{found:?}");
}

#[test]
fn a_described_target_keeps_its_place_and_a_place_alone_is_none() {
    for (text, expected) in [
        (
            "Bank fined\n\nA Malta-based bank has been fined 300,000 euros by the Malta Financial \
                Services Authority (MFSA).",
            "Malta-based bank",
        ),
        (
            "Kara dla sklepów\n\nUOKiK nałożył na sieć sklepów z Krakowa karę 1,2 mln zł.",
            "sklepów z Krakowa",
        ),
        ("金融庁の処分\n\n国土交通省は福岡市の運送会社に事業停止を命じた。", "福岡市の運送会社"),
        ("银行罚单\n\n国家金融监督管理总局对一家保险代理公司罚款50万元。", "一家保险代理公司"),
        // Whom a text describes and then names in quotes is called by the name.
        (
            "営業停止\n\n福井県は4日、鯖江市の日本料理店「かな里」を3日間の営業停止処分とした。",
            "かな里",
        ),
        ("银行罚单\n\n国家金融监督管理总局对建行宁波市分行罚款50万元。", "建行宁波市分行"),
        ("证监会罚单\n\n中国证监会对ST苏安处以500万元罚款。", "ST苏安"),
        (
            "담합 제재\n\n공정거래위원회는 11개 소주업체에 총 272억원의 과징금을 부과했다.",
            "11개 소주업체",
        ),
    ] {
        let targets: Vec<String> =
            read(text).actions.iter().filter_map(|action| action.target.clone()).collect();
        assert!(targets.iter().any(|target| target.contains(expected)), "{text}: {targets:?}");
    }
}

/// Returns whom each fine is on, by its sum.
fn by_sum(record: &Record) -> Vec<(f64, &str)> {
    let fines = fines(record).into_iter();
    let mut by_sum: Vec<(f64, &str)> =
        fines.filter_map(|row| Some((row.amount?, row.target.as_deref()?))).collect();
    by_sum.sort_by(|a, b| a.0.total_cmp(&b.0));
    by_sum
}

#[test]
fn sums_and_companies_of_two_lists_go_together_place_by_place() {
    let told = [
        "The Bundeskartellamt has fined Orbitel and Lumena 9 million euros and 4 million euros, respectively.",
        "L'Autorité de la concurrence a infligé à Orbitel et Lumena des amendes de 9 millions d'euros et 4 millions d'euros, respectivement.",
    ];
    for text in told {
        let record = read(text);
        assert_eq!(by_sum(&record), [(4e6, "Lumena"), (9e6, "Orbitel")], "{:?}", record.actions);
    }
}

#[test]
fn each_sum_of_a_sentence_has_a_company_of_its_own() {
    let record = read(
        "Il Garante privacy ha inflitto una sanzione di 27 milioni di euro a Orbitel e di 11 milioni di euro \
         a Lumena.",
    );
    assert_eq!(by_sum(&record), [(11e6, "Lumena"), (27e6, "Orbitel")]);
}

#[test]
fn a_description_behind_a_comma_says_more_of_the_name_before_it() {
    let record =
        read("The ICO has fined Orbitel, a lead generation company, £350,000 for nuisance calls.");
    assert_eq!(by_sum(&record), [(350_000.0, "Orbitel")]);
}

#[test]
fn a_row_is_no_surer_than_its_slots() {
    let record = read(
        "CNIL fines Orbitel 20 million euros over cookies\n\
         The French data protection authority CNIL has fined Orbitel 20 million euros. \
         The regulator had warned the company a year before, and a partner in Lyon as well.",
    );
    let fine = fines(&record).into_iter().find(|row| row.amount == Some(20e6)).unwrap();
    assert!(fine.confidence >= 0.8, "{fine:?}");
    let vague = record.actions.iter().filter(|row| row.r#type == "warning");
    assert!(vague.clone().all(|row| row.confidence < fine.confidence), "{:?}", record.actions);
}

#[test]
fn an_owner_within_a_name_is_a_name_of_its_own() {
    let record = read(
        "FRC expands probe of PwC’s Babcock International audits\n\nThe FRC has expanded its investigation into \
         PwC over its audits of the defence contractor Babcock International.",
    );
    let names: Vec<_> = record.entities.iter().map(|row| row.name.as_str()).collect();
    assert!(names.contains(&"PwC") && !names.iter().any(|name| name.contains('’')), "{names:?}");
    let probes = record.actions.iter().filter(|row| row.r#type == "investigation");
    assert!(probes.clone().all(|row| row.target.as_deref() == Some("PwC")), "{:?}", record.actions);
}

#[test]
fn who_heads_an_authority_is_not_fined_by_it() {
    for text in [
        "Kara dla mleczarni\n\nPrezes UOKiK Tomasz Chróstny nałożył 12 mln zł kary za opóźnione \
         płatności. Wysokość kary wynosi 12 mln zł, powiedział Tomasz Chróstny.",
        "The competition authority UOKiK has fined a dairy.\n\nUOKiK President Tomasz Chróstny \
         imposed 12 million zloty for late payments to farmers. Tomasz Chróstny said the fine of \
         12 million zloty was not final.",
        "Fine for a dairy\n\nThe competition authority UOKiK has fined a dairy in Łódź. Tomasz \
         Chróstny, president of UOKiK, imposed 12 million zloty for late payments to farmers.",
    ] {
        let record = read(text);
        let targets: Vec<_> =
            record.actions.iter().filter_map(|row| row.target.as_deref()).collect();
        assert!(targets.iter().all(|target| !target.contains("Chróstny")), "{targets:?}");
        let mut people = record.entities.iter().filter(|row| row.name.contains("Chróstny"));
        assert!(people.next().is_some(), "{:?}", record.entities);
    }
}

#[test]
fn towns_and_the_buttons_below_an_article_are_not_acted_upon() {
    let record = read(
        "Fine for late payments\n\nThe FCA has fined Exempla Ltd 3 million pounds over late payments to \
         customers in Birmingham and Leeds.\n\nFacebook Twitter LinkedIn Email",
    );
    let targets: Vec<_> = record.actions.iter().filter_map(|row| row.target.as_deref()).collect();
    assert!(targets.iter().all(|target| *target == "Exempla"), "{targets:?}");
    let buttons = record.entities.iter().filter(|row| row.text.starts_with("Facebook Twitter"));
    assert_eq!(buttons.count(), 0, "{:?}", record.entities);
}

#[test]
fn an_authority_that_is_only_told_something_acts_on_nobody() {
    for text in [
        "Exempla gana 103 millones\n\nEl grupo obtuvo un beneficio neto de 103 millones de euros, según comunicó \
         ayer a la Comisión Nacional del Mercado de Valores (CNMV). El consejo propondrá a la junta el reparto \
         de 46 millones; Modello ingresará unos seis.",
        "Exempla says profit rose\n\nExempla said in a filing with the FCA that pre-tax profit was £40m. The lender, \
         regulated by the Prudential Regulation Authority (PRA), has set aside £3m for claims.",
    ] {
        assert_eq!(read(text).actions, [], "{text}");
    }
    let record = read(
        "Lender fined\n\nExempla said in a filing with the FCA that profit was £40m. In 2021 the FCA fined Exempla \
         £3m over late reports.",
    );
    let found: Vec<_> =
        fines(&record).iter().map(|row| (row.regulator_id.as_deref(), row.amount)).collect();
    assert_eq!(found, [(Some("gb-fca"), Some(3e6))]);
}

#[test]
fn an_authority_that_must_pay_is_not_the_one_that_acts() {
    let record = read(
        "Belastingdienst beboet\n\nDe Belastingdienst moet 2,75 miljoen euro betalen, besliste de Autoriteit \
         Persoonsgegevens (AP) dinsdag.",
    );
    let fines = fines(&record);
    assert!(!fines.is_empty());
    assert!(fines.iter().all(|row| row.regulator_id.as_deref() == Some("nl-ap")), "{fines:?}");
}

#[test]
fn every_name_of_a_list_of_sums_is_read_where_every_noun_has_a_capital() {
    let record = read(
        "Kartellstrafen\n\nDas Bundeskartellamt hat Bußgelder von zusammen 75 Millionen Euro verhängt. Auf Exempla \
         entfielen 18 Millionen Euro, auf Modello 22 Millionen, auf Tertia 25 Millionen und auf Quarta 10 \
         Millionen. Dem Mobilfunkanbieter Orbitel-Funk brummte die Bundesnetzagentur 145.000 Euro auf.",
    );
    for (target, sum) in [
        ("Exempla", 18e6),
        ("Modello", 22e6),
        ("Tertia", 25e6),
        ("Quarta", 10e6),
        ("Orbitel-Funk", 145e3),
    ] {
        let row = fines(&record).into_iter().find(|row| row.amount == Some(sum));
        assert_eq!(row.and_then(|row| row.target.as_deref()), Some(target), "{:?}", record.actions);
    }
}

#[test]
fn to_put_an_end_to_a_practice_is_a_measure_and_no_settlement() {
    let record = read(
        "L'Antitrust ferma Exempla\n\nL'Autorità Garante della Concorrenza e del Mercato ha ordinato a Exempla di porre \
         fine alle condotte entro 90 giorni.",
    );
    let found: Vec<_> = record.actions.iter().map(|row| row.r#type).collect();
    assert!(found.contains(&"order") && !found.contains(&"settlement"), "{:?}", record.actions);
    let orders = record.actions.iter().filter(|row| row.r#type == "order");
    assert!(orders.clone().any(|row| row.measures.contains(&"cease")), "{:?}", record.actions);
}

#[test]
fn firms_are_counted_with_all_their_nouns() {
    for (text, target) in [
        ("Ofcom fined three mobile operators £2m each on Monday.", "three mobile operators"),
        ("The FDA sent warning letters to 12 vape sellers.", "12 vape sellers"),
        (
            "The CMA has banned two concrete suppliers, Exempla and Modello, from public tenders.",
            "Exempla, Modello",
        ),
    ] {
        let record = read(text);
        let found: Vec<_> = record.actions.iter().map(|row| row.target.as_deref()).collect();
        assert_eq!(found, [Some(target)], "{text}");
    }
}

#[test]
fn an_authority_that_looks_at_its_own_fine_again_is_no_court() {
    for (text, status, sum) in [
        (
            "Multa firme\n\nLa SIC confirmó la multa de 900 millones de pesos a Cementos Exempla.",
            "upheld",
            9e8,
        ),
        (
            "Boete blijft\n\nDe Autoriteit Persoonsgegevens handhaaft de boete van 50.000 euro voor Exempla.",
            "upheld",
            5e4,
        ),
        ("Fine cut\n\nThe FCA reduced the fine on Exempla to £2m.", "reduced", 2e6),
    ] {
        let record = read(text);
        let found: Vec<_> =
            record.actions.iter().map(|row| (row.r#type, row.status, row.amount)).collect();
        assert_eq!(found, [("fine", status, Some(sum))], "{text}");
    }
    let record = read(
        "Fine stands\n\nThe Court of Appeal upheld the fine of £3m that the FCA imposed on Exempla in 2021.",
    );
    assert!(
        record.actions.iter().any(|row| row.r#type == "court_ruling" && row.status == "upheld")
    );
}

#[test]
fn what_two_sentences_date_apart_was_done_twice() {
    let record = read(
        "Orders on Exempla\n\nOn 17 June 2024 the Information Commissioner's Office ordered Exempla to delete its \
         files. On 5 March 2021 the ICO had ordered Exempla to stop its cold calls.",
    );
    let orders = record.actions.iter().filter(|row| row.r#type == "order");
    let mut days: Vec<_> = orders.map(|row| row.date.as_deref()).collect();
    days.sort_unstable();
    assert_eq!(days, [Some("2021-03-05"), Some("2024-06-17")], "{:?}", record.actions);
}

#[test]
fn the_company_is_whom_the_article_goes_on_about_and_no_bystander() {
    let record = read(
        "Exempla Foods fined 2 million euros over cartel\n\
         DUBLIN, 3 March 2024. The Competition and Consumer Protection Commission (CCPC) has fined Exempla Foods 2 million \
         euros for fixing prices. Exempla Foods runs eleven plants. Modello Rail, a customer, had complained in 2021. \
         In 2019 the company was fined 300,000 euros by the CCPC for the same practice.",
    );
    let earlier: Vec<_> =
        fines(&record).into_iter().filter(|row| row.amount == Some(300_000.0)).collect();
    assert_eq!(earlier.len(), 1, "{:?}", record.actions);
    assert_eq!(earlier[0].target.as_deref(), Some("Exempla Foods"));
}

#[test]
fn the_town_of_a_local_office_is_not_acted_upon() {
    let record = read(
        "Kompostwerk darf nichts mehr annehmen\n\
         Wertingen, 23. Juli 2025. Das Landratsamt Dillingen hat der Zusamtaler Exempla GmbH am Montag untersagt, weitere \
         Fuhren anzunehmen. Schon 2023 hatte das Landratsamt Dillingen ein Bußgeld verhängt.",
    );
    let town = record.entities.iter().find(|name| name.text == "Dillingen");
    assert_eq!(town.map(|name| name.label), Some("LOC"), "{:?}", record.entities);
    assert!(record.actions.iter().all(|row| row.target.as_deref() != Some("Dillingen")));
}

#[test]
fn a_ruling_is_told_by_the_word_for_its_outcome_one_a_clause() {
    let record = read(
        "Court splits cases\n\nThe tribunal upheld the £3 million fine that Ofgem imposed on Exempla; in June 2022 the same \
         tribunal quashed the £5 million fine that Ofgem imposed on Modello.",
    );
    let rulings: Vec<_> =
        record.actions.iter().filter(|row| row.r#type == "court_ruling").collect();
    let told: Vec<_> = rulings.iter().map(|row| (row.trigger.as_str(), row.status)).collect();
    assert_eq!(told, [("upheld", "upheld"), ("quashed", "overturned")], "{:?}", record.actions);
    assert_eq!(rulings[1].date.as_deref(), Some("2022-06"), "{rulings:?}");
}

#[test]
fn the_day_beside_a_decision_dates_what_stands_before_it() {
    let record = read(
        "Kartellamt straft Exempla ab\n\nDas Bundeskartellamt hat gegen den Fensterbauer Exempla ein Bußgeld von 3 Millionen \
         Euro verhängt. Die Firma hatte Preise abgesprochen. Zahlen muss sie bald. Die Entscheidung fiel am 28. Mai.",
    );
    let fines = fines(&record);
    assert_eq!(fines[0].date.as_deref(), Some("2023-05-28"), "{fines:?}");
}

#[test]
fn a_sum_beside_a_fine_that_is_denied_or_agreed_by_contract_is_none() {
    for text in [
        "Ofgem fines Exempla\n\nOfgem fined Exempla £3 million. It has not fined Modello £9 million.",
        "Bußgeld für Exempla\n\nDie BaFin verhängte gegen Exempla ein Bußgeld von 3 Millionen Euro. Dem Lieferanten Modello \
         schuldet Exempla eine Vertragsstrafe von 9 Millionen Euro.",
    ] {
        let record = read(text);
        let sums: Vec<_> = fines(&record).iter().map(|row| row.amount).collect();
        assert_eq!(sums, [Some(3e6)], "{:?}", record.actions);
    }
}

#[test]
fn the_legal_tender_beside_a_unit_of_account_is_the_fine() {
    let record = read(
        "SMA multa a Exempla\n\nLa Superintendencia del Medio Ambiente de Chile multó a Exempla con 8.000 UTM, unos 526 millones \
         de pesos.",
    );
    let sums: Vec<_> =
        fines(&record).iter().map(|row| (row.amount, row.currency.as_deref())).collect();
    assert_eq!(sums, [(Some(526e6), Some("CLP"))], "{:?}", record.actions);
}

#[test]
fn bare_roubles_are_those_of_the_country_and_cash_is_not_weighed() {
    for (text, expected) in [
        ("МАРТ оштрафовал «Экземпла»\n\nМинск. МАРТ Беларуси наложил штраф 9 тысяч рублей.", "BYN"),
        ("ФАС оштрафовала «Экземпла»\n\nМосква. ФАС России наложила штраф 9 тысяч рублей.", "RUB"),
        ("Exempla grows\n\nExempla of London holds £22m of cash.", "GBP"),
    ] {
        let record = read(text);
        let money: Vec<_> = record.amounts.iter().map(|row| row.currency.as_str()).collect();
        assert_eq!(money, [expected], "{:?}", record.amounts);
    }
}

#[test]
fn the_shop_is_the_one_that_was_told_of_before_though_it_has_no_name() {
    let record = read(
        "Cockroaches seen\n\nInspectors of Brent Council fined a takeaway in Exampleton 300 pounds. A customer had \
         complained. On 3 May 2023 the council closed the takeaway.",
    );
    let bans: Vec<&ActionRow> = record.actions.iter().filter(|row| row.r#type == "ban").collect();
    assert!(!bans.is_empty(), "{:?}", record.actions);
    for ban in bans {
        assert!(ban.target.as_deref().is_some_and(|t| t.contains("takeaway")), "{ban:?}");
    }
}

#[test]
fn whom_a_sentence_describes_is_told_in_the_nominative() {
    for (text, target) in [
        ("ČOI uložila pekárně pokutu 30 tisíc korun.", "pekárna"),
        ("משרד הבריאות הוציא צו סגירה למאפייה.", "מאפייה"),
        ("أغلقت بلدية الكويت مطعما في حولي.", "مطعما"),
    ] {
        let record = read(text);
        let targets: Vec<_> = record.actions.iter().map(|row| row.target.as_deref()).collect();
        assert_eq!(targets, [Some(target)], "{:?}", record.actions);
    }
}

#[test]
fn two_firms_with_a_word_for_of_before_each_lose_what_both_had() {
    let record = read(
        "La Comunidad de Madrid ha suspendido las licencias de Taxis Exempla y de Radio Modello.",
    );
    let are_both = |row: &ActionRow| row.target.as_deref() == Some("Taxis Exempla, Radio Modello");
    assert!(!record.actions.is_empty());
    assert!(record.actions.iter().all(are_both), "{:?}", record.actions);
}

#[test]
fn the_town_of_a_court_is_not_acted_upon() {
    let record = read(
        "Gericht\n\nEin Wirt aus der Pfalz darf nicht öffnen. Das Verwaltungsgericht Hintertal lehnte am 23. August \
         2007 seinen Eilantrag gegen die Schließung ab, die das Ordnungsamt verfügt hatte.",
    );
    let is_town = |row: &ActionRow| row.target.as_deref() == Some("Hintertal");
    assert!(!record.actions.iter().any(is_town), "{:?}", record.actions);
}

#[test]
fn a_dispatch_of_one_sentence_is_believed() {
    for text in [
        "Ofgem fined a bakery in Leeds £300.",
        "Brent Council has ordered a landlord to demolish nine flats.",
        "A 45-year-old driver was fined £900 by the Environment Agency.",
        "Inspekcja Handlowa ukarała dwie stacje benzynowe karą 4 tys. zł.",
        "ČOI nařídila kempu odstranit chatky.",
    ] {
        let record = read(text);
        let sure = record.actions.iter().filter(|row| row.confidence >= 0.5).count();
        assert_eq!(sure, 1, "{text}: {:?}", record.actions);
    }
}

/// Articles that date a decision once and tell later, too far from the date, what else it was.
const ONE_DECISION: [&str; 2] = [
    "Kartellamt straft Kabelhersteller\n\nAm 14. Mai 2023 hat das Bundeskartellamt gegen Exempla Kabel ein Bußgeld von 12 \
     Millionen Euro verhängt.\n\nDie Firmen hatten jahrelang Preise abgesprochen. Sie wollen klagen. Ein Sprecher nannte \
     die Entscheidung falsch.\n\nModello Draht muss 7 Millionen Euro zahlen, Muster Leitungen 3 Millionen Euro.",
    "La CNMC multa a tres cementeras\n\nLa CNMC impuso el 14 de mayo de 2023 una multa de 12 millones de euros a Cementos \
     Exempla.\n\nLas empresas pactaron precios durante años. Lo negaron siempre. Un portavoz anunció recurso.\n\n\
     Cementos Modelo pagará 7 millones; Hormigones Muestra, 3 millones.",
];

#[test]
fn what_one_decision_did_has_one_day() {
    for text in ONE_DECISION {
        let record = read(text);
        let rows = record.actions.iter().filter(|row| row.confidence >= 0.5);
        let days: Vec<_> = rows.map(|row| row.date.as_deref()).collect();
        assert_eq!(days, [Some("2023-05-14"); 3], "{text}");
    }
}
