//! What a company is called: its whole name, in the nominative, wherever a single sentence names it. The companies are
//! invented.

use finewire::{
    base::lang::Lang,
    pipeline::{Engine, EngineOptions, Scratch},
};

use crate::{articles::article, lang::tables};

/// Language, sentence, name.
const SENTENCES: [(Lang, &str, &str); 31] = [
    // An adjective with a capital, the rest in small letters.
    (
        Lang::Cs,
        "ERÚ uložil Modelským vodovodům a kanalizacím pokutu.",
        "Modelské vodovody a kanalizace",
    ),
    (
        Lang::Cs,
        "ERÚ prověřuje Modelskou energetickou společnost.",
        "Modelská energetická společnost",
    ),
    (Lang::Hr, "HERA je kaznila Modelsku toplanu.", "Modelska toplana"),
    (Lang::Ru, "ФАС оштрафовала Образцовский молочный комбинат.", "Образцовский молочный комбинат"),
    (Lang::Pl, "URE ukarał Polską Grupę Exemplową kwotą 1 mln zł.", "Polska Grupa Exemplowa"),
    // Many, one, and of what gender.
    (Lang::Cs, "ÚOHS potrestal Modelské uzeniny.", "Modelské uzeniny"),
    (
        Lang::Pl,
        "URE nakazał Modelowym Sieciom Elektrycznym zawarcie umowy.",
        "Modelowe Sieci Elektryczne",
    ),
    (Lang::Hr, "HAKOM je Hrvatskom telekomu Exempla izrekao kaznu.", "Hrvatski telekom Exempla"),
    (Lang::Hr, "HAKOM je odbio EX-ovu žalbu i kaznio EX.", "EX"),
    // What a preposition governs, what a place adds, what "and" joins.
    (Lang::Sr, "Inspekcija je opomenula Univerzitet u Modelgradu.", "Univerzitet u Modelgradu"),
    (Lang::Hr, "HNB je kaznio Exemplanku banku i Modelsku banku Zagreb.", "Modelska banka Zagreb"),
    (Lang::Fr, "La CNIL a sanctionné la Banque Exempla de Lyon.", "Banque Exempla de Lyon"),
    (Lang::Fr, "L'ACPR a sanctionné La Banque Exemplaire.", "La Banque Exemplaire"),
    (Lang::En, "The ICO reprimanded the University of Exempla.", "University of Exempla"),
    (Lang::Es, "La AEPD multó a la Universidad de Ejemplares.", "Universidad de Ejemplares"),
    (Lang::Pt, "O Procon multou o Banco do Exemplo em R$ 9 milhões.", "Banco do Exemplo"),
    // Who takes the case: the noun or the name.
    (Lang::Fi, "KKV määräsi hoivayhtiö Exemplalle seuraamusmaksun.", "Exempla"),
    (Lang::Fi, "KKV määräsi hoivayhtiölle Exempla seuraamusmaksun.", "Exempla"),
    // Between quotation marks, without a noun for a firm.
    (Lang::Ru, "ФАС оштрафовала «Синий мир» на 100 тысяч рублей.", "Синий мир"),
    (Lang::Uk, "АМКУ оштрафував «Синій світ» на 100 тисяч гривень.", "Синій світ"),
    // Figures and legal forms.
    (Lang::En, "Ofcom fined Channel 94 in March.", "Channel 94"),
    (Lang::Da, "Finanstilsynet giver Exempla Bank A/S en bøde.", "Exempla Bank"),
    (Lang::Et, "Tarbijakaitseamet trahvis Exempla Panka.", "Exempla Pank"),
    (Lang::Lt, "Lietuvos bankas įspėjo „Exemplos banką“.", "Exemplos bankas"),
    (Lang::Lv, "Latvijas Banka sodīja Modeļu banku.", "Modeļu banka"),
    (Lang::Sk, "NBS pokutovala Modelovú banku.", "Modelová banka"),
    (Lang::Sl, "AVK je oglobila Modelsko banko.", "Modelska banka"),
    (Lang::Bg, "КЗК глоби Образцовска банка с 10 000 лв.", "Образцовска банка"),
    (Lang::El, "Η Επιτροπή Ανταγωνισμού επέβαλε πρόστιμο στην Exempla Τράπεζα.", "Exempla Τράπεζα"),
    (Lang::Ga, "Ghearr an Banc Ceannais fíneáil ar Bhanc Exempla.", "Banc Exempla"),
    (Lang::Hu, "A GVH megbírságolta az Exempla Bankot.", "Exempla Bank"),
];

/// Sentences that may be read wrong: the names are told apart by a trained model.
const ALLOWED: usize = 3;

#[test]
fn a_company_has_its_whole_name_in_the_nominative() {
    let options = EngineOptions { tables: tables(), ..EngineOptions::default() };
    let engine = Engine::new(&options).unwrap();
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for (lang, says, name) in SENTENCES {
        let record = engine.process(&article(Some(lang), says), &mut scratch);
        let found: Vec<&str> = record.entities.iter().map(|row| row.name.as_str()).collect();
        if !found.contains(&name) {
            wrong.push(format!("{} | {says} | {name} | {found:?}", lang.code()));
        }
    }
    assert!(wrong.len() <= ALLOWED, "{wrong:#?}");
}
