//! Texts that state several dates or sums whose words belong together: ranges, lists, quotes.

use finewire::{base::lang::Lang, pack::world::currencies::Currencies};
use jiff::civil::date;

use crate::lang::{amount_values, date_values, packs, tables};

/// Language, text, values of its dates; published on Thursday, 14 March 2024.
const DATES: [(&str, &str, &[&str]); 30] = [
    // Where nouns have capitals, four figures before a small word count nothing.
    ("de", "2009 folgten gleich drei Bescheide.", &["2009"]),
    ("de", "Der Lieferant trieb 2009 etliche Kunden in die Enge.", &["2009"]),
    ("de", "Gezählt wurden 2009 Beschwerden.", &[]),
    // What looks ahead may stand behind the day.
    ("en", "From 1 February fares will rise.", &["2025-02-01"]),
    ("en", "From 1 February fares rose.", &["2024-02-01"]),
    ("de", "Am 20. Januar wird das Urteil erwartet.", &["2025-01-20"]),
    ("en", "The hearing ran March 5-7, 2024.", &["2024-03-05", "2024-03-07"]),
    ("en", "It met on February 12 and 13.", &["2024-02-12", "2024-02-13"]),
    ("en", "Sold from Feb. 5 through Feb. 9, 2023.", &["2023-02-05", "2023-02-09"]),
    ("en", "Sales rose in the year to February 22.", &["2024-02-22"]),
    ("en", "Last year in May it paid.", &["2023-05"]),
    ("en", "In Q1 2024 revenue rose, in Q4/2023 it fell.", &["2024-Q1", "2023-Q4"]),
    ("lv", "No 5. līdz 7. martam notika sēde.", &["2024-03-05", "2024-03-07"]),
    ("sk", "Zasadalo sa od 5. do 7. marca.", &["2024-03-05", "2024-03-07"]),
    ("sv", "Mässan pågår från den 5 till den 7 mars.", &["2024-03-05", "2024-03-07"]),
    ("lt", "Posėdis vyko kovo 5–7 dienomis.", &["2024-03-05", "2024-03-07"]),
    ("hu", "Március 5-7. között ült össze.", &["2024-03-05", "2024-03-07"]),
    ("ko", "5월 3∼5일 조사했다.", &["2023-05-03", "2023-05-05"]),
    ("mt", "Mill-5 sas-7 ta' Marzu.", &["2024-03-05", "2024-03-07"]),
    ("lv", "Atbalsts 2018.–2020. gadā.", &["2018", "2020"]),
    ("et", "Otsus tehti eelmise aasta detsembris.", &["2023-12"]),
    ("lt", "Pernai rugpjūčio 15-ąją pradėtas tyrimas.", &["2023-08-15"]),
    ("cs", "Letos v březnu a loni 15. srpna.", &["2024-03", "2023-08-15"]),
    ("tr", "Soruşturma 2020 yılının Mayıs ayında açıldı.", &["2020-05"]),
    ("fi", "Tutkinta alkoi vuoden 2020 toukokuussa.", &["2020-05"]),
    ("fr", "En décembre de l'année dernière.", &["2023-12"]),
    ("de", "Die Frist lief bis zum 7. März.", &["2024-03-07"]),
    ("fi", "Päätös annettiin tiistaina 12.3. kello 14.", &["2024-03-12"]),
    ("de", "3.2. Der Verkauf", &[]),
    (
        "pl",
        "Dzień dywidendy to 14 sierpnia 2024, a wypłata 1 września.",
        &["2024-08-14", "2024-09-01"],
    ),
];

/// Language, text, its sums.
const SUMS: [(&str, &str, &[&str]); 24] = [
    ("hu", "Árfolyamok: EUR 386,15, USD 329,07.", &["386.15 HUF", "329.07 HUF"]),
    ("pl", "Kursy walut: EUR 4,2830, USD 3,9120.", &["4.283 PLN", "3.912 PLN"]),
    ("de", "Referenzkurse der EZB: USD 1,0850.", &["1.085 USD"]),
    ("hu", "A dollár 329,07 forinton állt.", &["329.07 HUF"]),
    ("pl", "Kara spadła z 5 do 2 mln zł.", &["5000000 PLN", "2000000 PLN"]),
    ("ru", "Штраф снижен с 250.000 на 180.000 рублей.", &["250000 RUB", "180000 RUB"]),
    ("el", "Η μετοχή έπεσε από τα 4,5 στα 3,9 ευρώ.", &["4.5 EUR", "3.9 EUR"]),
    ("ru", "Штраф 27,5 млн долл. 15 августа.", &["27500000 USD"]),
    (
        "ca",
        "Va guanyar 900 milions d'euros, davant dels 855 milions de l'any anterior.",
        &["900000000 EUR", "855000000 EUR"],
    ),
    ("tr", "A101 646,6 milyon lira ödeyecek.", &["646600000 TRY"]),
    ("de", "Sie zahlen 1 Million beziehungsweise 370'000 Franken.", &["1000000 CHF", "370000 CHF"]),
    (
        "de",
        "Die Buße beträgt 1 Million Euro, respektive 940'000 Franken.",
        &["1000000 EUR", "940000 CHF"],
    ),
    ("sv", "De ska betala 8 respektive 2 miljoner kronor.", &["8000000 SEK", "2000000 SEK"]),
    ("cs", "Pokuty činí 10, respektive 4 miliony korun.", &["10000000 CZK", "4000000 CZK"]),
    ("sl", "A1 pa 90.000 evrov.", &["90000 EUR"]),
    ("sl", "Stane 1,19 evra in 48 centov.", &["1.19 EUR", "0.48 EUR"]),
    (
        "et",
        "Telia maksab 20 000, Elisa 12 000 ja Tele2 8000 eurot.",
        &["20000 EUR", "12000 EUR", "8000 EUR"],
    ),
    ("pl", "Kara wyniosła milion złotych.", &["1000000 PLN"]),
    (
        "sv",
        "Boten är 5 miljoner kronor, i Norge 788 miljoner norska kronor.",
        &["5000000 SEK", "788000000 NOK"],
    ),
    ("mk", "Милион и пол евра.", &["1500000 EUR"]),
    ("nl", "3M betaalt 571 miljoen euro.", &["571000000 EUR"]),
    ("ga", "Milliún go leith euro nó leathmhilliún euro.", &["1500000 EUR", "500000 EUR"]),
    ("cs", "Zaplatí 1 500,- Kč.", &["1500 CZK"]),
    ("lt", "Žaidėjas kainavo 60 mln. svarų 2019 m. vasarą.", &["60000000 GBP"]),
];

#[test]
fn dates_that_share_words_are_each_read() {
    let packs = packs();
    for (code, says, values) in DATES {
        let lang = Lang::from_code(code);
        let pack = packs.iter().find(|pack| Some(pack.lang) == lang).expect(code);
        assert_eq!(date_values(pack, Some(date(2024, 3, 14)), says), values, "{code}: {says}");
    }
}

#[test]
fn sums_that_share_words_are_each_read() {
    let currencies = Currencies::load(&tables()).expect("the table of currencies loads");
    let packs = packs();
    for (code, says, values) in SUMS {
        let lang = Lang::from_code(code);
        let pack = packs.iter().find(|pack| Some(pack.lang) == lang).expect(code);
        assert_eq!(amount_values(pack, &currencies, says), values, "{code}: {says}");
    }
}
