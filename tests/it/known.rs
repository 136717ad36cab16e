//! Sentences that other systems are known to read wrong, and several sums or dates in one sentence.

use finewire::pack::{compile::Pack, world::currencies::Currencies};
use jiff::civil::date;

use crate::lang::{amount_values, date_values, packs, tables};

/// Fails with every row whose values are not those expected.
fn check(rows: &[(&str, &str, &[&str])], read: impl Fn(&Pack, &str) -> Vec<String>) {
    let packs = packs();
    let mut failures = Vec::new();
    for (code, says, expected) in rows {
        let pack = packs.iter().find(|pack| pack.lang.code() == *code).unwrap();
        let found = read(pack, says);
        if found != *expected {
            failures.push(format!("{code} | {says} | {expected:?} | {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn sums_that_other_systems_read_wrong() {
    let currencies = Currencies::load(&tables()).unwrap();
    let rows: &[(&str, &str, &[&str])] = &[
        ("en", "two $ 500 vouchers", &["500 USD"]),
        ("en", "Kiran1 10eur", &["10 EUR"]),
        ("en", "a fine of 0.1 million euros", &["100000 EUR"]),
        ("en", "$13 009 million", &["13009000000 USD"]),
        ("en", "a €345m fine", &["345000000 EUR"]),
        ("en", "$1MM", &["1000000 USD"]),
        ("en", "$2000 over 3 years", &["2000 USD"]),
        ("en", "USD34.6m and CHF 5m", &["34600000 USD", "5000000 CHF"]),
        ("en", "₹1,337.76 crore", &["13377600000 INR"]),
        ("en", "at 2.15pm", &[]),
        ("en", "2012–13", &[]),
        ("fr", "huit pour cent", &[]),
        ("sv", "han sade att 5 dagar återstår", &[]),
        ("de", "die 12-Pfund-Kugel", &["12 GBP"]),
        ("de", "anderthalb Millionen Euro", &["1500000 EUR"]),
        ("es", "118 millones de euros", &["118000000 EUR"]),
        ("es", "un billón de euros", &["1000000000000 EUR"]),
        ("pt", "R$5,2 bi", &["5200000000 BRL"]),
        ("ja", "1億2000万円", &["120000000 JPY"]),
        ("ko", "2,074억 원", &["207400000000 KRW"]),
        ("el", "30.066.585 εκατ. ευρώ", &["30066585 EUR"]),
        ("de", "1'234'567.89 Franken", &["1234567.89 CHF"]),
    ];
    check(rows, |pack, says| amount_values(pack, &currencies, says));
}

#[test]
fn sums_that_share_scale_or_currency() {
    let currencies = Currencies::load(&tables()).unwrap();
    let rows: &[(&str, &str, &[&str])] = &[
        ("fr", "60 et 90 millions d'euros", &["60000000 EUR", "90000000 EUR"]),
        (
            "fr",
            "325 millions d'euros, dont 200 à la charge de Google et 125 à celle de sa filiale",
            &["325000000 EUR", "200000000 EUR", "125000000 EUR"],
        ),
        (
            "de",
            "14,5 Millionen Euro, davon 9,5 gegen die Tochter",
            &["14500000 EUR", "9500000 EUR"],
        ),
        ("ar", "بين 52 مليار و55 مليار دولار", &["52000000000..55000000000 USD"]),
        ("nl", "van 7,5 naar 7,6 miljard euro", &["7500000000..7600000000 EUR"]),
        ("hu", "15 millióról 19 millió forintra", &["15000000 HUF", "19000000 HUF"]),
        ("fr", "75 millions de dollars (69,8 millions d'euros)", &["75000000 USD", "69800000 EUR"]),
        ("tr", "362 milyon 123 bin 139 lira", &["362123139 TRY"]),
        ("cs", "pětimilionová pokuta od úřadu", &["5000000 CZK"]),
    ];
    check(rows, |pack, says| amount_values(pack, &currencies, says));
}

#[test]
fn dates_that_other_systems_read_wrong() {
    let published = Some(date(2021, 12, 17));
    let rows: &[(&str, &str, &[&str])] = &[
        ("fr", "Il a été condamné.", &[]),
        ("fr", "en mai", &["2021-05"]),
        ("en", "on Monday", &["2021-12-13"]),
        ("en", "expected on Monday", &["2021-12-20"]),
        ("en", "in November", &["2021-11"]),
        ("en", "20220701", &[]),
        ("en", "case C-311/18 and Regulation 2016/679", &[]),
        ("en", "3 and 5 May 2021", &["2021-05-03", "2021-05-05"]),
        ("it", "dal 1° gennaio al 31 dicembre 2020", &["2020-01-01", "2020-12-31"]),
        ("ja", "今月30日", &["2021-12-30"]),
        ("ja", "先月7日", &["2021-11-07"]),
        ("ja", "２０２１年３月３日", &["2021-03-03"]),
        ("ja", "令和3年5月1日", &["2021-05-01"]),
        ("ja", "21年4月", &["2021-04"]),
        ("zh", "民国110年", &["2021"]),
        ("zh", "台湾110年", &["2021"]),
        ("zh", "，2019年，", &["2019"]),
        ("ar", "٣ يناير ٢٠١٧", &["2017-01-03"]),
        ("ar", "قانون رقم ٣ لسنة ٢٠٠٥", &[]),
        ("it", "nell'agosto 2020, il 10 di quel mese", &["2020-08", "2020-08-10"]),
        ("tr", "2020'de", &["2020"]),
    ];
    check(rows, |pack, says| date_values(pack, published, says));
}
