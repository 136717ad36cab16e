//! Names in scripts without capitals: Chinese, Japanese, Korean, Arabic, Hebrew, Hindi.
//!
//! A name shows by a list of well-known ones, by a word that closes or opens companies' names
//! ("銀行", "-증권", "بنك"), by a company's mark or a title beside it, by quotation marks, and by
//! the particles of those who act and are acted upon. What showed once is a name wherever the
//! article has the same words again.

mod again;
mod cover;
mod grown;
mod quoted;
mod runs;
mod unnamed;
mod words;

use self::cover::{Cover, Part};
use super::entities::{Label, NameMention, Reading, taken};
use crate::{base::token::Kind, pack::sense::Sense, text::document::Document};

/// Most tokens of a name in a script that writes no spaces: characters.
const LONGEST_RUN: usize = 16;

/// Most words of a name elsewhere.
const LONGEST: usize = 4;

/// Adds the names of an article in a script without capitals.
pub(super) fn names(document: &Document, found: &mut Vec<NameMention>) {
    if !document.pack.uncased {
        return;
    }
    // What may be the place that opens a name or a description; "福岡市" is an authority too.
    let places = |name: &NameMention| match name.reading {
        Reading::Country(_) | Reading::Place(_) | Reading::Company => true,
        Reading::Regulators(_) => {
            document.start_of(name.last, |sense| sense == Sense::PlaceMark).is_some()
        }
        _ => false,
    };
    let mut reader = Reader {
        document,
        cover: Cover::new(document),
        taken: vec![false; document.tokens.len()],
        new: Vec::new(),
    };
    for name in found.iter().filter(|name| !places(name)) {
        reader.taken[name.first..name.last].fill(true);
    }
    reader.read(Reader::listed);
    let mut unnamed = Vec::new();
    reader.describe_opened(&mut unnamed);
    reader.read(Reader::headed);
    reader.describe_compounds(&mut unnamed);
    // A country or "the company" within a longer name is part of it.
    let mut new = taken(document, &reader.new);
    for name in &unnamed {
        new[name.range()].fill(true);
    }
    found.retain(|name| !places(name) || !new[name.first..name.last].contains(&true));
    for name in found.iter() {
        reader.taken[name.first..name.last].fill(true);
    }
    reader.read(Reader::person);
    reader.read(Reader::quoted_words);
    reader.read(Reader::marked);
    reader.joined();
    reader.repeated();
    reader.grown();
    found.append(&mut reader.new);
    found.append(&mut unnamed);
}

/// A stretch of tokens, what it names, and the rule that says so.
type Found = (usize, usize, Label, &'static str);

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    cover: Cover,
    taken: Vec<bool>,
    new: Vec<NameMention>,
}

impl Reader<'_, '_> {
    /// Reads the whole text by one rule.
    fn read(&mut self, rule: fn(&Self, usize) -> Option<Found>) {
        let mut at = 0;
        while at < self.document.tokens.len() {
            at = match rule(self, at).filter(|f| self.free(f.0, f.1)) {
                Some(found) => {
                    self.add(found);
                    found.1.max(at + 1)
                }
                // No name starts within a mark: "株式会社" is not "株式会" and "社".
                None => self.document.end_of(at, Sense::CompanyMark).unwrap_or(at + 1),
            };
        }
    }

    fn free(&self, first: usize, last: usize) -> bool {
        self.taken.get(first..last).is_some_and(|t| !t.is_empty() && !t.contains(&true))
    }

    fn add(&mut self, (first, last, label, rule): Found) {
        self.taken[first..last].fill(true);
        self.new.push(NameMention {
            first,
            last,
            label,
            reading: Reading::Name,
            rule,
            confidence: if rule == "entity.listed" { 0.9 } else { 0.5 },
        });
    }

    fn is(&self, at: usize, sense: Sense) -> bool {
        self.document.end_of(at, sense).is_some()
    }

    /// Returns whether a token may be part of a name that is not listed.
    fn may_belong(&self, at: usize) -> bool {
        if self.taken.get(at).copied().unwrap_or(true) {
            return false;
        }
        let word = self.document.word(at);
        match self.document.kind(at) {
            Kind::Ideograph => {
                !is_hiragana(word)
                    && matches!(self.cover.part(at), Part::Free | Part::Name | Part::Inner)
            }
            Kind::Word if self.document.tokens[at].capital => true,
            Kind::Word => {
                let lexicon = &self.document.pack.lexicon;
                is_caseless(word) && !lexicon.is_ordinary(self.document.tokens[at].form)
            }
            Kind::Mark => matches!(word, "・" | "·" | "＆" | "&") && at > 0,
            _ => false,
        }
    }

    /// A well-known name, with the head and the branch that follow it: "阿里巴巴集团".
    fn listed(&self, at: usize) -> Option<Found> {
        let mut first = at;
        let mut last = self.document.end_of(at, Sense::Organisation)?;
        if self.document.kind(at) == Kind::Ideograph {
            if !self.cover.starts_word(at) {
                return None;
            }
            let end = self.heads_end(last);
            // "郑州市蜜雪冰城奶茶店": a shop of a chain has its town before it.
            if end > last {
                first = self.place_before(at).unwrap_or(at);
            }
            last = end;
        }
        while let Some(end) = self.document.end_of(last, Sense::OrganisationHead)
            && !self.document.spaced(last)
        {
            last = end;
        }
        Some((first, last, Label::Org, "entity.listed"))
    }

    /// A name that ends or starts with the head of a company's name.
    fn headed(&self, at: usize) -> Option<Found> {
        let end = self.document.end_of(at, Sense::OrganisationHead)?;
        let rule = "entity.company-head";
        if self.document.kind(at) == Kind::Ideograph {
            return self.headed_run(at, end);
        }
        // "신한은행": a word that is more than the head.
        let word = self.document.word(at);
        if !self.document.pack.lexicon.is_listed(word) {
            return Some((self.words_start(at), end, Label::Org, rule));
        }
        if self.document.pack.lexicon.is_head(word) {
            return None;
        }
        // "बैंक", "بنك": the name stands on the side that is unknown.
        let (first, last) = (self.words_start(at), self.words_end(end));
        if first < at {
            return Some((first, end, Label::Org, rule));
        }
        (last > end).then_some((at, last, Label::Org, rule))
    }

    /// A name beside a company's mark or a title, in quotation marks, or behind a role's word.
    fn marked(&self, at: usize) -> Option<Found> {
        if let Some(last) = self.legal_end(at) {
            return Some((at, last, Label::Org, "entity.company-mark"));
        }
        if !self.may_belong(at) || self.document.kind(at) == Kind::Mark {
            return None;
        }
        let ideograph = self.document.kind(at) == Kind::Ideograph || self.opens_run(at);
        if !ideograph && !is_caseless(self.document.word(at)) {
            return None;
        }
        let last = if ideograph { self.run_end(at) } else { self.words_end(at) };
        self.shown(at, last, ideograph).filter(|_| !self.are_frequent(at, last))
    }

    /// Characters or words beside a company's mark or a title, or behind a role's word.
    fn shown(&self, at: usize, last: usize, ideograph: bool) -> Option<Found> {
        let before = |wanted: fn(Sense) -> bool| self.document.start_of(at, wanted).is_some();
        let company =
            before(|s| matches!(s, Sense::CompanyMark)) || self.is(last, Sense::CompanyMark);
        if company && letters(self.document, at, last) >= 2 {
            return Some((at, last, Label::Org, "entity.company-mark"));
        }
        if ideograph {
            return self.marked_run(at, last);
        }
        let last = self.frequent_start(at, last);
        if self.are_marked(at, last) {
            return Some((at, last, Label::Org, "entity.marked"));
        }
        let titled = before(|s| s == Sense::Title);
        (titled && letters(self.document, at, last) >= 3).then_some((
            at,
            last,
            Label::Per,
            "entity.titled",
        ))
    }

    /// Returns whether some words, or a run of characters, are nothing but the most frequent words.
    fn are_frequent(&self, first: usize, last: usize) -> bool {
        if self.document.kind(first) == Kind::Ideograph {
            self.is_cut_into_frequent(first, last)
        } else {
            (first..last).all(|at| self.is_frequent(at))
        }
    }
}

fn letters(document: &Document, first: usize, last: usize) -> usize {
    (first..last).map(|at| document.word(at).chars().count()).sum()
}

fn is_caseless(word: &str) -> bool {
    let last = word.chars().next_back();
    // Most letters of such scripts, without a look into the tables of the standard.
    last.is_some_and(|c| {
        matches!(
            c,
            '\u{0591}'..='\u{06FF}'
                | '\u{0900}'..='\u{097F}'
                | '\u{3041}'..='\u{3096}'
                | '\u{4E00}'..='\u{9FFF}'
                | '\u{AC00}'..='\u{D7A3}'
        ) || c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
    })
}

pub(super) fn is_hiragana(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{3041}'..='\u{309F}'))
}

fn is_katakana(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '\u{30A1}'..='\u{30FF}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, world::currencies::Currencies},
    };

    const WORDS: &str = "[names]\norganisations = ['阿里巴巴']\norganisation_heads = ['银行', '集团', '药业', 'बैंक']\n\
        common = ['调查', '因']\ncompany_marks = ['巨头', 'شركة']\ntitles = ['董事长']\n[roles]\ntarget = ['对', '给']";

    fn found(text: &str) -> Vec<String> {
        found_by(WORDS, text)
    }

    fn found_by(words: &str, text: &str) -> Vec<String> {
        let pack = Pack::compile(Lang::Zh, toml::from_str(words).unwrap(), &Currencies::default())
            .unwrap();
        let document = Document::new(&pack, text, 0);
        let mut found = Vec::new();
        names(&document, &mut found);
        found.sort_by_key(|name| name.first);
        found.iter().map(|n| document.span(&n.range()).of(text).to_owned()).collect()
    }

    #[test]
    fn lists_heads_and_roles_show_names() {
        assert_eq!(found("对阿里巴巴集团的调查"), ["阿里巴巴集团"]);
        assert_eq!(found("调查给康美药业、锦州银行"), ["康美药业", "锦州银行"]);
        assert_eq!(found("यस बैंक"), ["यस बैंक"]);
        assert_eq!(found("شركة أمازون"), ["أمازون"]);
        assert_eq!(found("银行 调查"), [] as [&str; 0]);
        assert_eq!(found("阿里巴巴、紫金"), ["阿里巴巴", "紫金"]);
    }

    #[test]
    fn a_name_is_found_again_without_its_head() {
        assert_eq!(found("对康美药业调查，康美"), ["康美药业", "康美"]);
    }

    #[test]
    fn a_name_takes_the_word_in_that_all_its_mentions_have_behind_them() {
        let words = "[names]\norganisations = ['紫晶']\norganisation_heads = ['银行']\ncommon = ['存储', '公告', '因']";
        assert_eq!(found_by(words, "紫晶存储，因紫晶存储。紫晶存储"), ["紫晶存储"; 3]);
        // Twice may be by chance, and one mention without the word says that it is none of the name.
        assert_eq!(found_by(words, "紫晶存储，因紫晶存储。"), ["紫晶"; 2]);
        assert_eq!(found_by(words, "紫晶公告，因紫晶公告。紫晶公告。紫晶"), ["紫晶"; 4]);
    }

    /// Words of a language without spaces, and of actions, for names that are cut by them.
    const CUT: &str = "function_words = ['上', '因', '的']\n\
        [places]\nCN = ['上海', '合肥', '福岡市']\n\
        [dates]\nof = ['の']\n\
        [numbers.words]\n1 = ['一']\n3 = ['三']\n\
        [names]\nbare_nouns = true\norganisation_heads = ['银行', '公司', '有限公司']\n\
        organisation_parts = ['管理']\norganisation_branches = ['分行']\n\
        counters = ['家', '间']\nplace_marks = ['市']\nsurnames = ['许']\nsomeone = ['某']\n\
        indefinite = ['某']\nfirms = ['药店', '会社', '经理']\ntitles = ['总经理']\n\
        common = ['没收', '作为', '客户']\n\
        [actions.fine]\nnouns = ['罚款']";

    #[test]
    fn the_longest_word_decides_where_a_name_begins() {
        // Neither "上" of "上海" nor the end of "没收" cuts it elsewhere.
        assert_eq!(found_by(CUT, "没收上海笑果管理有限公司的"), ["上海笑果管理有限公司"]);
        assert_eq!(found_by(CUT, "总经理赵某因"), ["赵某"]);
        assert_eq!(found_by(CUT, "许家印作为"), ["许家印"]);
    }

    #[test]
    fn parts_lead_from_one_head_to_the_next_and_a_chain_has_its_town_before_it() {
        let words = "[places]\nCN = ['合肥']\n[names]\norganisations = ['阿里巴巴']\n\
            organisation_heads = ['餐饮', '有限公司', '店']\norganisation_parts = ['管理']";
        assert_eq!(found_by(words, "小龙坎餐饮管理有限公司"), ["小龙坎餐饮管理有限公司"]);
        assert_eq!(found_by(words, "合肥阿里巴巴店"), ["合肥阿里巴巴店"]);
    }

    #[test]
    fn a_branch_belongs_to_the_name_of_its_company() {
        assert_eq!(found_by(CUT, "徽商银行合肥分行因"), ["徽商银行合肥分行"]);
    }

    #[test]
    fn a_description_runs_from_its_number_or_place_to_its_noun() {
        for (text, expected) in [
            ("罚款上海一家药店", "上海一家药店"),
            ("罚款三间客户公司", "三间客户公司"),
            ("罚款因某药店", "某药店"),
            ("罚款福岡市の運送会社", "福岡市の運送会社"),
        ] {
            assert_eq!(found_by(CUT, text), [expected], "{text}");
        }
        // Sentences that tell of no action have none.
        assert_eq!(found_by(CUT, "一家药店"), [] as [&str; 0]);
    }

    #[test]
    fn one_who_is_described_and_named_in_quotes_is_the_name() {
        assert_eq!(found_by(CUT, "罚款福岡市の会社「薬の森」"), ["薬の森"]);
        assert_eq!(found_by(CUT, "罚款福岡市の会社「上因的」"), ["上因的"]);
        assert_eq!(found_by(CUT, "罚款福岡市の会社「"), ["福岡市の会社"]);
        assert_eq!(found_by(CUT, "罚款福岡市の会社、六甲急配に"), ["六甲急配"]);
        assert_eq!(found_by(CUT, "罚款福岡市の会社、客户に"), ["福岡市の会社"]);
    }

    #[test]
    fn letters_and_small_characters_belong_to_a_name_that_a_mark_or_a_role_shows() {
        let words = "[names]\norganisation_heads = ['株式会社']\ncompany_marks = ['株式会社', '企業']\n\
            [roles]\ntarget = ['对']\n[actions.fine]\nnouns = ['罚款']";
        assert_eq!(found_by(words, "对ST苏吴罚款"), ["ST苏吴"]);
        assert_eq!(found_by(words, "对*ST苏吴罚款"), ["*ST苏吴"]);
        assert_eq!(found_by(words, "株式会社まるさん(福岡)"), ["まるさん"]);
        // A noun for a company is no legal form.
        assert_eq!(found_by(words, "企業まるさん(福岡)"), [] as [&str; 0]);
    }

    #[test]
    fn short_quotations_of_a_sentence_that_tells_an_action_are_names() {
        let words = "function_words = ['إن']\n[names]\norganisation_heads = ['بنك']\ncommon = ['المالية']\n\
            surnames = ['خالد']\n\
            [actions.fine]\nverbs = ['تغريم']";
        assert_eq!(found_by(words, "تغريم «الخبير المالية»"), ["الخبير المالية"]);
        assert_eq!(found_by(words, "تغريم «إن المالية»"), [] as [&str; 0]);
        assert_eq!(found_by(words, "قال «الخبير المالية»"), [] as [&str; 0]);
        assert_eq!(found_by(words, "قال خالد القحطاني"), ["خالد القحطاني"]);
    }

    #[test]
    fn frequent_words_alone_are_no_name_by_a_mark_but_may_be_part_of_one() {
        let words = "[names]\norganisation_heads = ['بنك']\ncompany_marks = ['شركة']\nsurnames = ['خالد']\n\
            frequent = ['قالت', 'النور', 'أمس']";
        assert_eq!(found_by(words, "شركة قالت أمس"), [] as [&str; 0]);
        assert_eq!(found_by(words, "شركة الزهراني النور"), ["الزهراني النور"]);
        assert_eq!(found_by(words, "بنك النور"), ["بنك النور"]);
        assert_eq!(found_by(words, "خالد القحطاني قالت"), ["خالد القحطاني"]);
        // Characters may be cut into frequent words, if one has two of them at least.
        let words = "[names]\norganisation_heads = ['银行']\nfrequent = ['想', '重返', '蓝天', '乐', '鲜']\n\
            [roles]\ntarget = ['对']\n[actions.fine]\nnouns = ['罚款']";
        assert_eq!(found_by(words, "对想重返蓝天罚款"), [] as [&str; 0]);
        assert_eq!(found_by(words, "对乐鲜罚款"), ["乐鲜"]);
    }
}
