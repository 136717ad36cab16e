//! Words that do not tell one name from another, and names that are the same.
//!
//! Lists of words between spaces. [`super::target`] folds the entries as it folds names: case,
//! accents and the ways to spell one sound do not count.

/// Legal forms, dropped at the end of a name.
pub(super) const LEGAL_FORMS: &str = "
    aas aat ab abp ad ag aktiebolag aktiengesellschaft ans ao aps as asa asi aso azs bhd bt bv
    bvba cia co company corp corporation cv cvba dd dmcc doo dooel ead eei eg eirl eood epe eurl
    ev fze gbr gie gmbh hb hf ike inc incorporated jdoo jsc kb kda kft kg kgaa kk limited
    limitada llc llp lp ltd ltda ltee mbh nv nyrt oao ohf oo ood ooo ou oy oyj pao pcl pjsc plc
    pllc prat pte pty pvt qsc rt sa sab sae sal saoc saog sapi sarl sas sasu sca scrl sdn se
    sgps sia sicav sirketi sl slu snc sp spa spj spk spol spzoo srl srls sro sti tas tbk tic uab
    vof vos zao zoo zrt
";

/// Legal forms that stand before the name, and the words that come with them.
pub(super) const LEADING_FORMS: &str = "
    ab ao as bv eood nao nv oao odo ood ooo ou oy pao prat pt sarl sas sia spolecnost tov
    tovarystvo tzov uab vsia zao zat
";

/// Words of scripts without spaces that are dropped wherever they stand, before the legal forms
/// ([`JOINED_FORMS`](crate::pack::legal::JOINED_FORMS)).
pub(super) const JOINED_WORDS: &[&str] =
    &["控股有限公司", "一般社団法人", "(株)", "(有)", "(주)", "集团", "集團"];

/// Words of grammar.
pub(super) const GRAMMAR: &str = "
    al and d das dei del della den der des di die do dos du e een el for fur het i il in l la
    las le les lo los n no och of og on one other others s several the three two u und van von y
    za
";

/// Words of trades and kinds of bodies: none of them alone names anybody.
pub(super) const TRADES: &str = "
    agency ai alliance app asociacion associates association associazione authority autorita
    autorite banc banca banco bancorp bancshares bank banka bankas bankasi banke banken banki
    bankovni banque brothers bureau cabinet caisse capital cassa center centre centro centrum
    city clinic club com comercial commerce commercial commission committee communications
    compagnia compagnie companhia compania companies concern conseil consortium consulting
    consumer credit credito data department development digital distribution distributor
    distributors editions electric electricity electronics empresa energia energie energy
    engineering enterprise enterprises entreprise equipment fabrika factory farma federal
    federation finance financial financiere finans firm firma firms first fond fondation food
    foods foundation fr fund funds gas gesellschaft global government group groupe grupa grupo
    grupp gruppa gruppe gruppen gruppo health healthcare holding holdings hospital hotel hotels
    house immo india individuals industria industrial industries industry insurance
    international internet invest investment investments io it kompania koncern konzern
    laboratories labs logistics management market marketing markets media medical ministry
    mobile motor motors municipality mutual national natural net network networks new news nova
    oil online operations operators org ospedale partner partners payment payments petroleum
    pharma pharmaceutical pharmaceuticals platform platforms power press private products
    properties public radio real red regional research resources retail royal savings school
    securities security service services servicios servizi shop social sociedad societa societe
    society software solutions spolecnost sport sports standard star state store stores studio
    sun supermarket system systems tech technologies technology tecnologia tele telecom
    telecommunications telecomunicaciones television trade trading transport travel trust tv
    union united universal university usluge utilities utility ventures web wholesale works
    world worldwide
";

/// Places and what comes from them.
pub(super) const PLACES: &str = "
    africa america american asia asian australia australian austria belgie belgique belgium
    brasil brazil britain british bulgaria canada canadian central ceska cesko china chinese
    cyprus danish danmark denmark deutsche deutscher deutschland dutch east eastern emea england
    espana espanola eu europa europe european europeenne finland francaise france french german
    germany greece hellas hong hrvatska hungary iberia indian ireland irish italia italiana
    italiane italiano italy japan kong korea latvia lietuva london luxembourg magyar
    magyarorszag malta mexico moscow nederland netherlands nord nordic norge norsk north
    northern norway osterreich pacific paris poland polska polski portugal portugues romania
    rossii rossiia rossiya russia russian schweiz scotland scottish singapore slovenija
    slovensko south southern spain suisse sverige sweden swiss switzerland turkey turkiye uk
    ukraine us usa west western
";

/// A name -> its other names: former ones, a parent's, other scripts'.
pub(super) const SAME: &[(&str, &str)] = &[
    ("airbnb", "爱彼迎"),
    ("alibaba", "阿里巴巴"),
    ("amazon", "亚马逊 亞馬遜 アマゾン 아마존 أمازون אמזון अमेज़न"),
    ("apple", "эппл епл 苹果 蘋果 アップル 애플 أبل آبل אפל"),
    ("booking", "букинг букінг"),
    ("clearview", "клирвью クリアビュー"),
    ("didi", "滴滴"),
    ("google", "alphabet гугл γκουγκλ 谷歌 グーグル 구글 غوغل جوجل גוגל गूगल"),
    ("honda", "本田 ホンダ"),
    ("intel", "英特尔"),
    ("meituan", "美团"),
    ("mercedes", "daimler"),
    (
        "meta",
        "facebook фейсбук мета φέισμπουκ 脸书 臉書 フェイスブック メタ 페이스북 메타 فيسبوك ميتا פייסבוק מטא मेटा",
    ),
    ("microsoft", "майкрософт 微软 微軟 マイクロソフト 마이크로소프트 مايكروسوفت"),
    ("netflix", "넷플릭스"),
    ("qualcomm", "高通"),
    ("samsung", "самсунг 삼성 サムスン 三星"),
    ("siemens", "сименс"),
    ("tencent", "腾讯 騰訊"),
    ("tesla", "特斯拉 テスラ 테슬라"),
    ("tiktok", "bytedance тікток тикток 字节跳动 抖音"),
    ("toyota", "トヨタ 丰田"),
    ("twitter", "твиттер 推特 ツイッター 트위터 تويتر"),
    ("uber", "убер 优步 ウーバー 우버 أوبر"),
    ("vinci", "βίνσι"),
    ("volkswagen", "vw фольксваген"),
];

/// Country and currency of the sums that its authorities set; the euro where none is named.
pub(super) const HOME_CURRENCY: &str = "
    AE:AED AR:ARS AU:AUD BR:BRL CA:CAD CH:CHF CL:CLP CN:CNY CO:COP CZ:CZK DK:DKK EG:EGP GB:GBP
    HK:HKD HU:HUF ID:IDR IL:ILS IN:INR IS:ISK JP:JPY KE:KES KR:KRW MA:MAD MX:MXN MY:MYR NG:NGN
    NO:NOK NZ:NZD PE:PEN PH:PHP PK:PKR PL:PLN RO:RON RS:RSD RU:RUB SA:SAR SE:SEK SG:SGD TH:THB
    TR:TRY TW:TWD UA:UAH US:USD VN:VND ZA:ZAR
";
