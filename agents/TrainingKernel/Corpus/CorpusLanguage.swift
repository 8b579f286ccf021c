/// A language of the corpus, and what each source calls it.
struct CorpusLanguage: Sendable, Equatable {
    /// ISO 639-1.
    let code: String
    /// ISO 639-3 and ISO 15924, as in `mlt_Latn`.
    let tag: String
    let script: WritingScript
    /// The name of MediaWiki's message files, without `.json`.
    let mediawiki: String
    /// The locale of LibreOffice's catalogues; nil where Debian has none.
    let libreoffice: String?

    static let mediawikiPackage = "mediawiki"

    /// The Debian package with this language's catalogues. English is the catalogues' own side of any of them.
    var libreofficePackage: String? {
        libreoffice.map { "libreoffice-l10n-\($0)" }
    }

    var packages: [String] {
        [Self.mediawikiPackage] + (libreofficePackage.map { [$0] } ?? [])
    }

    private init(
        _ code: String, _ tag: String, _ script: WritingScript = .latin, mediawiki: String? = nil,
        libreoffice: String?? = .none
    ) {
        self.code = code
        self.tag = tag
        self.script = script
        self.mediawiki = mediawiki ?? code
        self.libreoffice = libreoffice ?? code
    }

    static func named(_ code: String) -> CorpusLanguage? {
        all.first { $0.code == code }
    }

    static let all: [CorpusLanguage] = [
        CorpusLanguage("bg", "bul_Cyrl", .cyrillic), CorpusLanguage("hr", "hrv_Latn"),
        CorpusLanguage("cs", "ces_Latn"), CorpusLanguage("da", "dan_Latn"),
        CorpusLanguage("nl", "nld_Latn"),
        CorpusLanguage("en", "eng_Latn", libreoffice: "de"), CorpusLanguage("et", "est_Latn"),
        CorpusLanguage("fi", "fin_Latn"), CorpusLanguage("fr", "fra_Latn"),
        CorpusLanguage("de", "deu_Latn"),
        CorpusLanguage("el", "ell_Grek", .greek), CorpusLanguage("hu", "hun_Latn"),
        CorpusLanguage("ga", "gle_Latn"), CorpusLanguage("it", "ita_Latn"),
        CorpusLanguage("lv", "lav_Latn"),
        CorpusLanguage("lt", "lit_Latn"), CorpusLanguage("mt", "mlt_Latn", libreoffice: .some(nil)),
        CorpusLanguage("pl", "pol_Latn"), CorpusLanguage("pt", "por_Latn"),
        CorpusLanguage("ro", "ron_Latn"),
        CorpusLanguage("sk", "slk_Latn"), CorpusLanguage("sl", "slv_Latn"),
        CorpusLanguage("es", "spa_Latn"),
        CorpusLanguage("sv", "swe_Latn"), CorpusLanguage("sq", "sqi_Latn", libreoffice: .some(nil)),
        CorpusLanguage("bs", "bos_Latn"), CorpusLanguage("mk", "mkd_Cyrl", .cyrillic),
        CorpusLanguage("sr", "srp_Cyrl", .cyrillic, mediawiki: "sr-ec"),
        CorpusLanguage("tr", "tur_Latn"),
        CorpusLanguage("uk", "ukr_Cyrl", .cyrillic), CorpusLanguage("ka", "kat_Geor", .georgian),
        CorpusLanguage("nb", "nob_Latn"), CorpusLanguage("is", "isl_Latn"),
        CorpusLanguage("ca", "cat_Latn"),
        CorpusLanguage("eu", "eus_Latn"), CorpusLanguage("gl", "glg_Latn"),
    ]
}
