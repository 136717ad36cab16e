//! Cases and near-duplicates: examples on real events, and laws on made-up ones.

use std::collections::BTreeSet;

use finewire::{
    dataset::{record::ActionRow, settle::told},
    merge::{
        Duplicates, Sketched,
        case::CaseRow,
        cases, sketch,
        told::{Report, Shared},
    },
};
use jiff::civil::Date;
use proptest::prelude::*;

/// An article with its actions; ids follow from its name.
fn article(name: &str, published: Option<&str>, actions: Vec<ActionRow>) -> Report {
    let number = |(index, mut row): (usize, ActionRow)| {
        row.action_id = format!("{name}-{index}");
        told(&row, &mut Shared::default())
    };
    Report {
        article_id: name.to_owned(),
        lang: "fr",
        published_on: published.map(|day| day.parse().unwrap()),
        duplicate_of: None,
        actions: actions.into_iter().enumerate().map(number).collect(),
    }
}

fn action(kind: &'static str, regulator: Option<(&str, &str)>, target: Option<&str>) -> ActionRow {
    ActionRow {
        r#type: kind,
        status: "imposed",
        regulator_id: regulator.map(|(id, _)| id.to_owned()),
        regulator: regulator.map(|(_, name)| name.to_owned()),
        country: regulator.map(|(id, _)| id[..2].to_uppercase()),
        target: target.map(str::to_owned),
        date_from: "none",
        confidence: 0.8,
        ..ActionRow::default()
    }
}

fn cnil(kind: &'static str) -> ActionRow {
    action(kind, Some(("fr-cnil", "CNIL")), Some("Clearview AI"))
}

fn ico(kind: &'static str) -> ActionRow {
    action(kind, Some(("gb-ico", "ICO")), Some("Clearview AI"))
}

trait With: Sized {
    fn sum(self, value: f64, currency: &str) -> Self;
    fn on(self, date: &str, first: &str, last: &str) -> Self;
    fn day(self, day: &str) -> Self;
    fn status(self, status: &'static str) -> Self;
    fn in_country(self, country: &str) -> Self;
    fn target(self, target: &str) -> Self;
}

impl With for ActionRow {
    fn sum(mut self, value: f64, currency: &str) -> Self {
        self.amount = Some(value);
        self.currency = Some(currency.to_owned());
        self.amount_eur = (currency == "EUR").then_some(value);
        self
    }

    fn on(mut self, date: &str, first: &str, last: &str) -> Self {
        self.date = Some(date.to_owned());
        self.first_day = first.parse().ok();
        self.last_day = last.parse().ok();
        self.date_from = "stated";
        self
    }

    fn day(self, day: &str) -> Self {
        self.on(day, day, day)
    }

    fn status(mut self, status: &'static str) -> Self {
        self.status = status;
        self
    }

    fn in_country(mut self, country: &str) -> Self {
        self.country = Some(country.to_owned());
        self
    }

    fn target(mut self, target: &str) -> Self {
        self.target = Some(target.to_owned());
        self
    }
}

fn merged(actions: Vec<ActionRow>) -> Vec<CaseRow> {
    let name = |(index, row)| article(&format!("a{index}"), None, vec![row]);
    cases(&actions.into_iter().enumerate().map(name).collect::<Vec<_>>())
}

/// What five articles tell of Clearview AI, undated ones included.
fn clearview() -> Vec<Report> {
    let nobody = |kind| action(kind, None, Some("Clearview AI"));
    let mut rounded = ico("fine").sum(8e6, "EUR");
    rounded.amount_qualifier = Some("about");
    let mut daily = cnil("periodic_penalty").sum(1e5, "EUR").status("threatened");
    daily.per = Some("day");
    let xxxx = |mut row: ActionRow, value: &str| {
        row.date = Some(value.to_owned());
        row
    };
    vec![
        article(
            "notice",
            Some("2021-12-17"),
            vec![
                cnil("formal_notice").on("2021-12-16", "2021-12-16", "2021-12-17"),
                cnil("investigation").on("2020-05", "2020-05-01", "2020-05-31"),
                cnil("complaint").on("2021-05", "2021-05-01", "2021-05-31"),
            ],
        ),
        article(
            "fine",
            None,
            vec![
                cnil("fine").sum(2e7, "EUR").target("Clearview"),
                daily,
                cnil("formal_notice"),
                cnil("order"),
                cnil("investigation"),
                cnil("complaint").on("2020-05", "2020-05-01", "2020-05-31"),
                rounded,
                nobody("ban").in_country("CA"),
            ],
        ),
        article(
            "threat",
            Some("2021-12-01"),
            vec![
                cnil("order"),
                cnil("fine").status("threatened"),
                nobody("complaint").on("2021-05", "2021-05-01", "2021-05-31"),
                nobody("order").in_country("AU").on("2021-11", "2021-11-01", "2021-11-30"),
            ],
        ),
        article(
            "sanction",
            None,
            vec![
                xxxx(cnil("fine").sum(2e7, "EUR"), "XXXX-10-20"),
                xxxx(cnil("formal_notice"), "XXXX-11-26"),
                cnil("investigation"),
            ],
        ),
        article(
            "ico",
            None,
            vec![
                ico("fine").sum(7.5e6, "GBP"),
                ico("order"),
                ico("ban"),
                nobody("fine").in_country("FR"),
                nobody("fine").in_country("IT"),
                nobody("fine").in_country("AU"),
                ico("investigation"),
            ],
        ),
    ]
}

fn line(row: &CaseRow) -> String {
    let by = row.regulator_id.as_deref().or(row.country.as_deref()).unwrap_or("?");
    let sum = row.amount.map(|v| format!(" {v} {}", row.currency.as_deref().unwrap_or_default()));
    let date = row.date.as_ref().map(|date| format!(" {date}"));
    format!(
        "{by} {} {}{}{} x{}",
        row.r#type,
        row.status,
        sum.unwrap_or_default(),
        date.unwrap_or_default(),
        row.articles.len()
    )
}

#[test]
fn five_articles_tell_one_story_and_no_case_twice() {
    let mut lines: Vec<String> = cases(&clearview()).iter().map(line).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "AU fine imposed x1",
            "AU order imposed 2021-11 x1",
            "CA ban imposed x1",
            "IT fine imposed x1",
            "fr-cnil complaint imposed 2020-05 x1",
            "fr-cnil complaint imposed 2021-05 x2",
            "fr-cnil fine imposed 20000000 EUR XXXX-10-20 x4",
            "fr-cnil formal_notice imposed 2021-12-16 x3",
            "fr-cnil investigation imposed 2020-05 x3",
            "fr-cnil order imposed x2",
            "fr-cnil periodic_penalty threatened 100000 EUR x1",
            "gb-ico ban imposed x1",
            "gb-ico fine imposed 7500000 GBP x2",
            "gb-ico investigation imposed x1",
            "gb-ico order imposed x1",
        ]
    );
}

#[test]
fn a_dossier_ties_one_regulator_and_one_target() {
    let rows = cases(&clearview());
    let dossier = |id: &str| -> BTreeSet<&str> {
        let of = rows.iter().filter(|row| row.regulator_id.as_deref() == Some(id));
        of.map(|row| row.dossier_id.as_str()).collect()
    };
    assert_eq!((dossier("fr-cnil").len(), dossier("gb-ico").len()), (1, 1));
    assert!(dossier("fr-cnil").is_disjoint(&dossier("gb-ico")));
}

#[test]
fn a_rounded_conversion_is_a_conflict_not_a_case() {
    let rows = cases(&clearview());
    let fine = rows.iter().find(|row| row.amount == Some(7.5e6)).unwrap();
    assert_eq!(fine.conflicts, ["amount: 7500000 GBP | about 8000000 EUR"]);
    assert_eq!(fine.target.as_deref(), Some("Clearview AI"));
    assert!(fine.confidence > 0.8);
}

#[test]
fn spellings_of_one_target_are_one() {
    for (one, other) in [
        ("Clearview AI, Inc.", "Clearview"),
        ("Google LLC", "GOOGLE IRELAND LTD"),
        ("Banco Santander, S.A.", "Santander"),
        ("Orlen Sp. z o.o.", "Orlen"),
        ("ПАО «Роснефть»", "Rosneft"),
        ("Яндекс", "Yandex LLC"),
        ("Julius Bär", "Julius Baer Group"),
        ("小林製薬株式会社", "小林製薬"),
        ("Facebook Ireland", "Meta Platforms Ireland Limited"),
        ("谷歌", "Google"),
        ("구글", "グーグル合同会社"),
        ("Société Générale", "SOCIETE GENERALE SA"),
        ("Neste Oyj", "Neste"),
        ("L'Oréal", "Oreal"),
        ("Amazon.com Inc", "Amazon"),
    ] {
        let row = |target| action("fine", Some(("fr-cnil", "CNIL")), Some(target)).sum(1e6, "EUR");
        assert_eq!(merged(vec![row(one), row(other)]).len(), 1, "{one} / {other}");
    }
}

#[test]
fn a_case_takes_the_spelling_that_is_not_all_capitals() {
    let sure = action("fine", Some(("fr-cnil", "CNIL")), Some("CLEARVIEW AI")).sum(2e7, "EUR");
    let unsure = ActionRow { confidence: 0.6, ..sure.clone() }.target("Clearview AI");
    let rows = merged(vec![sure, unsure]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].target.as_deref(), Some("Clearview AI"));
}

#[test]
fn names_that_share_a_common_word_are_two() {
    for (one, other) in [
        ("Deutsche Bank", "Deutsche Börse"),
        ("Bank of China", "Bank of America"),
        ("Banco Popular", "Banco"),
        ("Media Markt", "Media Company"),
        ("Medical Valley Invest AB", "Medical"),
        ("France Télécom", "Crédit Agricole France"),
        ("Rádio One", "Radio Expres"),
        ("Sport 1", "Sport"),
    ] {
        let row = |target| action("fine", Some(("fr-cnil", "CNIL")), Some(target)).sum(1e6, "EUR");
        assert_eq!(merged(vec![row(one), row(other)]).len(), 2, "{one} / {other}");
    }
}

#[test]
fn another_sum_year_or_body_is_another_case() {
    let google = |id, name| action("fine", Some((id, name)), Some("Google"));
    let rows = merged(vec![
        google("fr-cnil", "CNIL").sum(5e7, "EUR").day("2019-01-21"),
        google("fr-cnil", "CNIL").sum(1e8, "EUR").day("2020-12-07"),
        google("fr-cnil", "CNIL").sum(1.5e8, "EUR").day("2021-12-31"),
        google("fr-adlc", "Autorité de la concurrence").sum(1.5e8, "EUR").day("2019-12-19"),
        google("fr-adlc", "Autorité de la concurrence").sum(5e8, "EUR").day("2021-07-12"),
        google("eu-commission", "European Commission").sum(4.34e9, "EUR").day("2018-07-18"),
    ]);
    assert_eq!(rows.len(), 6);
}

#[test]
fn an_uncommon_sum_on_one_company_is_one_case_whatever_the_dates() {
    let fine = |sum, day| {
        action("fine", Some(("es-cnmc", "CNMC")), Some("Booking.com")).sum(sum, "EUR").day(day)
    };
    let rows = merged(vec![fine(413.24e6, "2024-07-29"), fine(413.24e6, "2022-10-06")]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(rows[0].conflicts, ["date: 2022-10-06 | 2024-07-29"]);
    // The more articles agree on a day, and the greater the sum, the fewer digits it takes.
    let shopping = |day| fine(2.42e9, day).target("Google");
    let rows = merged(vec![shopping("2021-11-10"), shopping("2017-06-27"), shopping("2017-06-27")]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(rows[0].date.as_deref(), Some("2017-06-27"));
    // A round sum may be set again.
    assert_eq!(merged(vec![fine(4e6, "2024-07-29"), fine(4e6, "2022-10-06")]).len(), 2);
}

#[test]
fn an_article_that_has_the_body_wrong_tells_of_the_same_case() {
    let fine = |id, name| action("fine", Some((id, name)), Some("Google")).sum(4.34e9, "EUR");
    let commission = || fine("eu-commission", "European Commission").day("2018-07-18");
    let rows = merged(vec![commission(), commission(), fine("gb-cma", "CMA")]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    let case = &rows[0];
    assert_eq!(case.regulator_id.as_deref(), Some("eu-commission"));
    assert_eq!((case.country.as_deref(), case.actions.len()), (Some("EU"), 3));
    assert_eq!(case.conflicts, ["regulator: CMA | European Commission"]);
    // What one article tells of two bodies is two.
    let both = |id, name| action("fine", Some((id, name)), Some("Citi")).sum(4.005e8, "USD");
    let twice = vec![both("us-occ", "OCC"), both("us-fed", "Fed")];
    assert_eq!(cases(&[article("a", None, twice)]).len(), 2);
}

#[test]
fn roundings_and_partial_dates_are_one_case() {
    let fine = || action("fine", Some(("lu-cnpd", "CNPD")), Some("Amazon Europe Core"));
    let mut nearly = fine().sum(7.5e8, "EUR").target("Amazon");
    nearly.amount_qualifier = Some("about");
    let rows = merged(vec![
        fine().sum(7.46e8, "EUR").day("2021-07-16"),
        nearly.on("2021-07", "2021-07-01", "2021-07-31"),
        fine().on("2021", "2021-01-01", "2021-12-31"),
        fine().target("Amazon"),
    ]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    let case = &rows[0];
    assert_eq!((case.amount, case.date.as_deref()), (Some(7.46e8), Some("2021-07-16")));
    assert_eq!(case.target.as_deref(), Some("Amazon Europe Core"));
    assert_eq!(case.conflicts, ["amount: 746000000 EUR | about 750000000 EUR"]);
}

#[test]
fn a_story_goes_from_proposed_to_reduced() {
    // British Airways: 183 million announced in July 2019, 20 million imposed in October 2020.
    let airline = || action("fine", Some(("gb-ico", "ICO")), Some("British Airways"));
    let rows = merged(vec![
        airline().sum(1.83e8, "GBP").status("proposed").day("2019-07-08"),
        airline().sum(2e7, "GBP").day("2020-10-16"),
    ]);
    assert_eq!(
        rows.iter().map(line).collect::<Vec<_>>(),
        ["gb-ico fine imposed 20000000 GBP 2020-10-16 x2"]
    );
    // Apple: 1.1 billion in March 2020, cut to 372 million in October 2022.
    let apple = || action("fine", Some(("fr-adlc", "Autorité de la concurrence")), Some("Apple"));
    let rows = merged(vec![
        apple().sum(1.1e9, "EUR").day("2020-03-16"),
        apple().sum(3.72e8, "EUR").status("reduced").day("2022-10-06"),
    ]);
    assert_eq!(
        rows.iter().map(line).collect::<Vec<_>>(),
        ["fr-adlc fine reduced 372000000 EUR 2020-03-16 x2"]
    );
}

#[test]
fn a_court_ruling_is_its_own_case_in_the_same_dossier() {
    let intel = |kind| action(kind, Some(("eu-commission", "European Commission")), Some("Intel"));
    let rows = merged(vec![
        intel("fine").sum(1.06e9, "EUR").day("2009-05-13"),
        intel("court_ruling").status("overturned").day("2022-01-26"),
        intel("court_ruling").status("upheld").day("2014-06-12"),
    ]);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows.iter().map(|row| &row.dossier_id).collect::<BTreeSet<_>>().len(), 1);
}

#[test]
fn an_unnamed_body_joins_only_the_one_there_is() {
    let google = |id, name| action("fine", Some((id, name)), Some("Google")).sum(1.5e8, "EUR");
    let unnamed = action("fine", None, Some("Google")).sum(1.5e8, "EUR");
    let cnil = google("fr-cnil", "CNIL");
    assert_eq!(merged(vec![cnil.clone(), unnamed.clone()]).len(), 1);
    let garante = google("it-garante", "Garante");
    assert_eq!(merged(vec![cnil.clone(), garante.clone(), unnamed.clone()]).len(), 3);
    assert_eq!(merged(vec![cnil, garante, unnamed.in_country("IT")]).len(), 2);
}

#[test]
fn without_a_target_all_else_must_agree() {
    let bank = || action("fine", Some(("gb-fca", "FCA")), None);
    let full = || bank().sum(3.4e7, "GBP").day("2021-06-01");
    assert_eq!(merged(vec![full(), full()]).len(), 1);
    assert_eq!(merged(vec![full(), full().target("Lloyds")]).len(), 1);
    assert_eq!(merged(vec![full(), bank().sum(3.4e7, "GBP")]).len(), 2);
    assert_eq!(merged(vec![bank().day("2021-06-01"), bank().day("2021-06-01")]).len(), 2);
}

#[test]
fn a_repeated_article_counts_once() {
    let fine = || cnil("fine").sum(2e7, "EUR");
    let first = article("a", Some("2022-10-20"), vec![fine()]);
    let mut copy = article("b", Some("2022-10-21"), vec![fine(), cnil("order")]);
    copy.duplicate_of = Some("a".to_owned());
    let rows = cases(&[copy, first.clone()]);
    assert_eq!(rows.len(), 2, "what only the copy tells is not lost");
    let case = rows.iter().find(|row| row.r#type == "fine").unwrap();
    let alone = &cases(&[first])[0];
    assert_eq!((&case.articles, case.confidence), (&alone.articles, alone.confidence));
}

#[test]
fn later_articles_leave_the_id_of_a_case() {
    let first = article("m", Some("2022-10-20"), vec![cnil("fine").sum(2e7, "EUR")]);
    let later =
        article("b", Some("2023-05-10"), vec![cnil("fine").sum(2e7, "EUR").day("2022-10-17")]);
    let before = cases(std::slice::from_ref(&first));
    let after = cases(&[later, first]);
    assert_eq!(after.len(), 1);
    assert_eq!(before[0].case_id, after[0].case_id);
    assert_eq!(before[0].dossier_id, after[0].dossier_id);
}

const WIRE: &str = "The data protection authority has fined the hotel chain for keeping guests' \
passport scans longer than it needed them. Inspectors who visited three of its houses last spring \
found copies that went back eleven years, stored on a shared drive without a password.\n\nThe chain \
said it regretted the matter and had deleted the files within a week of the visit. It did not say \
whether it would appeal against the decision, for which it has thirty days.\n\nConsumer groups had \
asked for such inspections since a leak at another hotel in the capital put the papers of thousands \
of travellers on sale. They welcomed the sum but called for regular checks of small hotels too.\n\n\
Lawyers expect more decisions of this kind before the year ends, because the authority has hired \
twenty inspectors and promised to visit every large hotel that scans documents at the desk.\n\n\
Shares in the chain were little changed in early trading on Monday.";

fn check(
    seen: &mut Duplicates,
    article_id: &str,
    lang: &'static str,
    text: &str,
) -> Option<String> {
    seen.check(&Sketched { article_id, lang, sketch: &sketch(text) })
}

#[test]
fn wire_copy_is_a_duplicate_and_another_wording_is_not() {
    let trimmed = WIRE.rsplit_once("\n\n").unwrap().0;
    let mut seen = Duplicates::new();
    assert_eq!(check(&mut seen, "a", "en", &format!("Hotel chain fined\n\n{WIRE}")), None);
    let copy = format!("Passport copies cost hotels dear, says watchdog\n\n{trimmed}");
    assert_eq!(check(&mut seen, "b", "en", &copy), Some("a".to_owned()));
    assert_eq!(check(&mut seen, "c", "de", &copy), None);
    let reworded = "A hotel group must pay for hoarding scans of its guests' passports, the privacy \
        watchdog ruled. During visits to three hotels in spring its staff came upon copies eleven \
        years old that anybody on the network could open. The group apologised, wiped the scans \
        within days, and has a month to go to court. Travellers' associations, alarmed by a breach \
        in the capital where stolen papers were sold, want every small house looked at as well. \
        With twenty newly hired officials the watchdog plans to see all big hotels by December.";
    assert_eq!(check(&mut seen, "d", "en", reworded), None);
}

#[test]
fn short_texts_are_duplicates_only_word_for_word() {
    let mut seen = Duplicates::new();
    assert_eq!(check(&mut seen, "a", "en", "Watchdog fines bank 5 million"), None);
    assert_eq!(check(&mut seen, "b", "en", "Watchdog fines bank 6 million"), None);
    assert_eq!(check(&mut seen, "c", "en", "WATCHDOG FINES BANK 5 MILLION."), Some("a".to_owned()));
    assert_eq!(check(&mut seen, "d", "en", ""), None);
    assert_eq!(check(&mut seen, "e", "en", ""), None);
}

#[test]
fn copies_in_scripts_without_spaces_are_found() {
    let text = "公正取引委員会は十六日、大手電力会社が互いの区域で営業しないと取り決めたとして、三社に合わせて\
        一千億円を超える課徴金を納めるよう命じた。会社側は決定の内容を調べたうえで裁判を起こすか決めると述べた。\
        電力の小売りが自由になってから初めての大きな処分で、利用者の団体は料金の見直しを求めている。";
    let mut seen = Duplicates::new();
    assert_eq!(check(&mut seen, "a", "ja", text), None);
    assert_eq!(
        check(&mut seen, "b", "ja", &format!("電力三社に処分\n{text}")),
        Some("a".to_owned())
    );
}

/// Actions that often agree and often do not.
fn any_action() -> impl Strategy<Value = ActionRow> {
    let regulators =
        [None, Some(("fr-cnil", "CNIL")), Some(("gb-ico", "ICO")), Some(("fr-adlc", "Autorité"))];
    let targets = [
        None,
        Some("Google"),
        Some("Google LLC"),
        Some("Meta"),
        Some("Meta, Google"),
        Some("Bank"),
    ];
    let statuses = ["imposed", "proposed", "threatened", "upheld", "reduced", "overturned"];
    (
        prop::sample::select(vec!["fine", "settlement", "order", "court_ruling", "investigation"]),
        prop::sample::select(regulators.to_vec()),
        prop::sample::select(targets.to_vec()),
        prop::sample::select(statuses.to_vec()),
        prop::option::of((1u32..4, prop::sample::select(vec!["EUR", "GBP"]))),
        prop::option::of((2019i16..2023, 1i8..13)),
        0.0f32..1.0,
    )
        .prop_map(|(kind, regulator, target, status, sum, month, confidence)| {
            let mut row = action(kind, regulator, target).status(status);
            if let Some((millions, currency)) = sum {
                row = row.sum(f64::from(millions) * 1e6, currency);
            }
            if let Some((year, month)) = month {
                let first = Date::new(year, month, 1).unwrap();
                let last = first.last_of_month().to_string();
                row = row.on(&format!("{year}-{month:02}"), &first.to_string(), &last);
            }
            row.confidence = confidence;
            row
        })
}

fn any_reports() -> impl Strategy<Value = Vec<Report>> {
    let report = (prop::collection::vec(any_action(), 0..4), prop::option::of(0i32..1500));
    prop::collection::vec(report, 0..12).prop_map(|reports| {
        let day =
            |days: i32| Date::new(2019, 6, 1).unwrap().checked_add(jiff::Span::new().days(days));
        reports
            .into_iter()
            .enumerate()
            .map(|(index, (actions, days))| {
                let published = days.map(|days| day(days).unwrap().to_string());
                article(&format!("{index:03}"), published.as_deref(), actions)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_articles_does_not_matter(
        (reports, shuffled) in any_reports()
            .prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle()))
    ) {
        prop_assert_eq!(cases(&reports), cases(&shuffled));
    }

    #[test]
    fn every_action_is_in_exactly_one_case(reports in any_reports()) {
        let mut told: Vec<String> = reports
            .iter()
            .flat_map(|report| report.actions.iter().map(|row| row.action_id.to_string()))
            .collect();
        let rows = cases(&reports);
        let mut merged: Vec<String> = rows.iter().flat_map(|row| row.actions.clone()).collect();
        told.sort();
        merged.sort();
        prop_assert_eq!(told, merged);
        let ids: BTreeSet<&String> = rows.iter().map(|row| &row.case_id).collect();
        prop_assert_eq!(ids.len(), rows.len());
        prop_assert!(rows.iter().all(|row| (0.0..=1.0).contains(&row.confidence)));
    }

    #[test]
    fn telling_an_action_again_makes_no_case(reports in any_reports()) {
        let again: Vec<Report> = reports
            .iter()
            .map(|report| Report { duplicate_of: Some(report.article_id.clone()), ..report.clone() })
            .map(|report| Report { article_id: format!("{}-copy", report.article_id), ..report })
            .collect();
        let with_target = |reports: &[Report]| -> usize {
            cases(reports).iter().filter(|row| row.target.is_some()).count()
        };
        let both: Vec<Report> = reports.iter().cloned().chain(again).collect();
        prop_assert!(with_target(&both) <= with_target(&reports));
    }

    #[test]
    fn any_text_has_a_sketch_and_any_name_a_case(text in "\\PC{0,300}", name in "\\PC{0,40}") {
        let size = sketch(&text).len();
        prop_assert!([0, 2, 64].contains(&size));
        let row = action("fine", Some(("fr-cnil", "CNIL")), Some(&name)).sum(1e6, "EUR");
        let rows = merged(vec![row.clone(), row.day("2020-01-01")]);
        prop_assert!(!rows.is_empty());
    }
}
