//! Words that do not tell one name from another, and names that are the same.
//!
//! [`super::target`] folds the entries as it folds names: accents and spelling variants do not count.

/// Legal forms, dropped at the end of a name.
pub(super) const LEGAL_FORMS: &[&str] = &[
    "aas", "aat", "ab", "abp", "ad", "ag", "aktiebolag", "aktiengesellschaft", "ans", "ao", "aps",
    "as", "asa", "asi", "aso", "azs", "bhd", "bt", "bv", "bvba", "cia", "co", "company", "corp",
    "corporation", "cv", "cvba", "dd", "dmcc", "doo", "dooel", "ead", "eei", "eg", "eirl", "eood",
    "epe", "eurl", "ev", "fze", "gbr", "gie", "gmbh", "hb", "hf", "ike", "inc", "incorporated",
    "jdoo", "jsc", "kb", "kda", "kft", "kg", "kgaa", "kk", "limited", "limitada", "llc", "llp", "lp",
    "ltd", "ltda", "ltee", "mbh", "nv", "nyrt", "oao", "ohf", "oo", "ood", "ooo", "ou", "oy", "oyj",
    "pao", "pcl", "pjsc", "plc", "pllc", "prat", "pte", "pty", "pvt", "qsc", "rt", "sa", "sab",
    "sae", "sal", "saoc", "saog", "sapi", "sarl", "sas", "sasu", "sca", "scrl", "sdn", "se", "sgps",
    "sia", "sicav", "sirketi", "sl", "slu", "snc", "sp", "spa", "spj", "spk", "spol", "spzoo", "srl",
    "srls", "sro", "sti", "tas", "tbk", "tic", "uab", "vof", "vos", "zao", "zoo", "zrt",
];

/// Legal forms that stand before the name, and the words that come with them.
pub(super) const LEADING_FORMS: &[&str] = &[
    "ab", "ao", "as", "bv", "eood", "nao", "nv", "oao", "odo", "ood", "ooo", "ou", "oy", "pao",
    "prat", "pt", "sarl", "sas", "sia", "spolecnost", "tov", "tovarystvo", "tzov", "uab", "vsia",
    "zao", "zat",
];

/// Legal forms of scripts without spaces, dropped wherever they stand.
pub(super) const JOINED_FORMS: &[&str] = &[
    "股份有限公司", "有限责任公司", "有限責任公司", "控股有限公司", "有限公司", "株式会社",
    "有限会社", "合同会社", "合資会社", "一般社団法人", "(株)", "(有)", "주식회사", "유한회사", "(주)",
    "集团", "集團",
];

/// Words of trades, places and grammar: none of them alone names anybody.
pub(super) const GENERIC: &[&str] = &[
    // Grammar.
    "al", "and", "d", "das", "dei", "del", "della", "den", "der", "des", "di", "die", "do", "dos",
    "du", "e", "een", "el", "for", "fur", "het", "i", "il", "in", "l", "la", "las", "le", "les",
    "lo", "los", "n", "no", "of", "och", "og", "on", "s", "the", "u", "und", "van", "von", "y", "za",
    "one", "two", "three", "several", "other", "others",
    // Kinds of bodies.
    "agency", "alliance", "asociacion", "associates", "association", "associazione", "authority",
    "autorita", "autorite", "banc", "banca", "banco", "bancorp", "bancshares", "bank", "banka",
    "bankas", "bankasi", "banke", "banken", "banki", "bankovni", "banque", "brothers", "bureau",
    "cabinet", "caisse", "capital", "cassa", "center", "centre", "centro", "centrum", "city",
    "clinic", "club", "comercial", "commerce", "commercial", "commission", "committee",
    "communications", "compagnie", "companhia", "compania", "compagnia", "companies", "concern",
    "conseil", "consortium", "consulting", "consumer", "credit", "credito", "data", "department",
    "development", "digital", "distribution", "distributor", "distributors", "editions",
    "electric", "electricity", "electronics", "empresa", "energia", "energie", "energy",
    "engineering", "enterprise", "enterprises", "entreprise", "equipment", "fabrika", "factory",
    "farma", "federal", "federation", "finance", "financial", "financiere", "finans", "firma",
    "firm", "firms", "first", "fond", "fondation", "food", "foods", "foundation", "fund", "funds",
    "gas", "gesellschaft", "global", "government", "group", "groupe", "grupa", "grupo", "grupp",
    "gruppa", "gruppe", "gruppen", "gruppo", "health", "healthcare", "holding", "holdings",
    "hospital", "hotel", "hotels", "house", "immo", "india", "individuals", "industria",
    "industrial", "industries", "industry", "insurance", "international", "internet",
    "investment", "investments", "invest", "kompania", "koncern", "konzern", "labs",
    "laboratories", "logistics", "management", "market", "marketing", "markets", "media",
    "medical", "ministry", "mobile", "motor", "motors", "municipality", "mutual", "national",
    "natural", "net", "network", "networks", "new", "news", "nova", "oil", "online", "operations",
    "operators", "ospedale", "partner", "partners", "payment", "payments", "petroleum", "pharma",
    "pharmaceutical", "pharmaceuticals", "platform", "platforms", "power", "press", "private",
    "products", "properties", "public", "radio", "real", "red", "regional", "research", "resources",
    "retail", "royal", "savings", "school", "securities", "security", "service", "services",
    "servicios", "servizi", "shop", "social", "societa", "societe", "society", "sociedad",
    "software", "solutions", "spolecnost", "sport", "sports", "standard", "star", "state",
    "store", "stores", "studio", "sun", "supermarket", "system", "systems", "tech", "technologies",
    "technology", "tecnologia", "tele", "telecom", "telecomunicaciones", "telecommunications",
    "television", "trade", "trading", "transport", "travel", "trust", "tv", "union", "united",
    "universal", "university", "usluge", "utility", "utilities", "ventures", "web", "wholesale",
    "works", "world", "worldwide", "ai", "app", "com", "fr", "io", "it", "org",
    // Places and what comes from them.
    "africa", "america", "american", "asia", "asian", "australia", "australian", "austria",
    "belgie", "belgique", "belgium", "brasil", "brazil", "britain", "british", "bulgaria",
    "canada", "canadian", "central", "ceska", "cesko", "china", "chinese", "cyprus", "danish",
    "danmark", "denmark", "deutsche", "deutscher", "deutschland", "dutch", "east", "eastern",
    "emea", "england", "espana", "espanola", "eu", "europa", "europe", "european", "europeenne", "finland", "france", "francaise", "french", "german", "germany", "greece",
    "hellas", "hong", "hrvatska", "hungary", "iberia", "indian", "ireland", "irish", "italia",
    "italiana", "italiane", "italiano", "italy", "japan", "kong", "korea", "latvia", "lietuva",
    "london", "luxembourg", "magyar", "magyarorszag", "malta", "mexico", "moscow", "nederland",
    "netherlands", "nord", "nordic", "norge", "north", "northern", "norway", "norsk", "osterreich",
    "pacific", "paris", "poland", "polska", "polski", "portugal", "portugues", "romania", "rossii",
    "rossiia", "rossiya", "russia", "russian", "schweiz", "scotland", "scottish", "singapore",
    "slovenija", "slovensko", "south", "southern", "spain", "suisse", "sverige", "sweden",
    "swiss", "switzerland", "turkey", "turkiye", "uk", "ukraine", "us", "usa", "west", "western",
];

/// Words of one name -> the word that stands for all of them.
pub(super) const SAME: &[(&str, &str)] = &[
    ("alphabet", "google"), ("bytedance", "tiktok"), ("daimler", "mercedes"), ("facebook", "meta"),
    ("vw", "volkswagen"),
    // Cyrillic and Greek, as they are transliterated.
    ("гугл", "google"), ("фейсбук", "meta"), ("мета", "meta"), ("эппл", "apple"), ("епл", "apple"),
    ("майкрософт", "microsoft"), ("твиттер", "twitter"), ("тікток", "tiktok"), ("тикток", "tiktok"),
    ("фольксваген", "volkswagen"), ("сименс", "siemens"), ("клирвью", "clearview"),
    ("самсунг", "samsung"), ("убер", "uber"), ("букинг", "booking"), ("букінг", "booking"),
    ("γκουγκλ", "google"), ("φέισμπουκ", "meta"), ("βίνσι", "vinci"),
    // Chinese, Japanese, Korean.
    ("谷歌", "google"), ("グーグル", "google"), ("구글", "google"), ("苹果", "apple"), ("蘋果", "apple"),
    ("アップル", "apple"), ("애플", "apple"), ("亚马逊", "amazon"), ("亞馬遜", "amazon"),
    ("アマゾン", "amazon"), ("아마존", "amazon"), ("微软", "microsoft"), ("微軟", "microsoft"),
    ("マイクロソフト", "microsoft"), ("마이크로소프트", "microsoft"), ("脸书", "meta"), ("臉書", "meta"),
    ("フェイスブック", "meta"), ("メタ", "meta"), ("페이스북", "meta"), ("메타", "meta"),
    ("推特", "twitter"), ("ツイッター", "twitter"), ("트위터", "twitter"), ("优步", "uber"),
    ("ウーバー", "uber"), ("우버", "uber"), ("特斯拉", "tesla"), ("テスラ", "tesla"), ("테슬라", "tesla"),
    ("腾讯", "tencent"), ("騰訊", "tencent"), ("阿里巴巴", "alibaba"), ("字节跳动", "tiktok"),
    ("抖音", "tiktok"), ("高通", "qualcomm"), ("英特尔", "intel"), ("爱彼迎", "airbnb"),
    ("넷플릭스", "netflix"), ("クリアビュー", "clearview"), ("滴滴", "didi"), ("美团", "meituan"),
    ("トヨタ", "toyota"), ("丰田", "toyota"), ("本田", "honda"), ("ホンダ", "honda"),
    ("삼성", "samsung"), ("サムスン", "samsung"), ("三星", "samsung"),
    // Arabic, Hebrew, Hindi.
    ("غوغل", "google"), ("جوجل", "google"), ("فيسبوك", "meta"), ("ميتا", "meta"), ("أبل", "apple"),
    ("آبل", "apple"), ("أمازون", "amazon"), ("مايكروسوفت", "microsoft"), ("تويتر", "twitter"),
    ("أوبر", "uber"), ("גוגל", "google"), ("פייסבוק", "meta"), ("מטא", "meta"), ("אפל", "apple"),
    ("אמזון", "amazon"), ("मेटा", "meta"), ("गूगल", "google"), ("अमेज़न", "amazon"),
];

/// Currency that the authorities of a country set their sums in; the euro where none is named.
pub(super) const HOME_CURRENCY: &[(&str, &str)] = &[
    ("AE", "AED"), ("AR", "ARS"), ("AU", "AUD"), ("BR", "BRL"), ("CA", "CAD"), ("CH", "CHF"),
    ("CL", "CLP"), ("CN", "CNY"), ("CO", "COP"), ("CZ", "CZK"), ("DK", "DKK"), ("EG", "EGP"),
    ("GB", "GBP"), ("HK", "HKD"), ("HU", "HUF"), ("ID", "IDR"), ("IL", "ILS"), ("IN", "INR"),
    ("IS", "ISK"), ("JP", "JPY"), ("KE", "KES"), ("KR", "KRW"), ("MA", "MAD"), ("MX", "MXN"),
    ("MY", "MYR"), ("NG", "NGN"), ("NO", "NOK"), ("NZ", "NZD"), ("PE", "PEN"), ("PH", "PHP"),
    ("PK", "PKR"), ("PL", "PLN"), ("RO", "RON"), ("RS", "RSD"), ("RU", "RUB"), ("SA", "SAR"),
    ("SE", "SEK"), ("SG", "SGD"), ("TH", "THB"), ("TR", "TRY"), ("TW", "TWD"), ("UA", "UAH"),
    ("US", "USD"), ("VN", "VND"), ("ZA", "ZAR"),
];

/// Least and most euros that a unit was worth in any year since 2005, for sums of no known year.
pub(super) const EURO_RANGE: &[(&str, f64, f64)] = &[
    ("AUD", 0.56, 0.81), ("BRL", 0.155, 0.45), ("CAD", 0.63, 0.79), ("CHF", 0.60, 1.07),
    ("CNY", 0.096, 0.144), ("CZK", 0.033, 0.042), ("DKK", 0.133, 0.135), ("GBP", 1.12, 1.47),
    ("HKD", 0.086, 0.13), ("HUF", 0.0025, 0.0041), ("ILS", 0.20, 0.29), ("INR", 0.010, 0.0166),
    ("JPY", 0.0058, 0.0098), ("KRW", 0.00056, 0.00084), ("MXN", 0.040, 0.062), ("NOK", 0.085, 0.134),
    ("NZD", 0.45, 0.63), ("PLN", 0.213, 0.285), ("RON", 0.198, 0.30), ("RUB", 0.0114, 0.030),
    ("SEK", 0.087, 0.116), ("SGD", 0.48, 0.70), ("USD", 0.67, 0.96), ("ZAR", 0.050, 0.127),
];
