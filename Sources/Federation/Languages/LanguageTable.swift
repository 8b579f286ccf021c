/// The one table of languages: 24 official ones of the Union and those of its regions, candidates and associates.
public enum LanguageTable {
    /// All of them, by code.
    public static let all: [Language] = rows.map {
        Language(code: $0.0, iso3: $0.1, name: $0.2, tags: $0.3, standing: $0.4)
    }.sorted { $0.code < $1.code }

    /// All codes, by name.
    public static let codes: [String] = all.map(\.code)

    /// The language that any known spelling means: `mt`, `mlt`, `mlt_Latn`, `Maltese`, in any case.
    public static func language(_ spelling: String) -> Language? { bySpelling[spelling.lowercased()] }

    /// The code that any known spelling means.
    public static func code(_ spelling: String) -> String? { language(spelling)?.code }

    private static let bySpelling: [String: Language] = {
        var table: [String: Language] = [:]
        for language in all {
            let spellings = [language.code, language.iso3, language.name] + language.tags
            for spelling in spellings { table[spelling.lowercased()] = language }
            for tag in language.tags {
                table[String(tag.prefix { $0 != "_" }).lowercased()] = language
                table[tag.lowercased().split(separator: "_").joined(separator: "-")] = language
            }
        }
        // Norwegian's macro-language code; Nynorsk is one of its variants here.
        table["no"] = table["nb"]
        table["nn"] = table["nb"]
        table["nor"] = table["nb"]
        return table
    }()

    private static let rows: [(String, String, String, [String], Language.Standing)] = [
        ("bg", "bul", "Bulgarian", ["bul_Cyrl"], .official),
        ("cs", "ces", "Czech", ["ces_Latn"], .official),
        ("da", "dan", "Danish", ["dan_Latn"], .official),
        ("de", "deu", "German", ["deu_Latn"], .official),
        ("el", "ell", "Greek", ["ell_Grek"], .official),
        ("en", "eng", "English", ["eng_Latn"], .official),
        ("es", "spa", "Spanish", ["spa_Latn"], .official),
        ("et", "est", "Estonian", ["est_Latn", "ekk_Latn"], .official),
        ("fi", "fin", "Finnish", ["fin_Latn"], .official),
        ("fr", "fra", "French", ["fra_Latn"], .official),
        ("ga", "gle", "Irish", ["gle_Latn"], .official),
        ("hr", "hrv", "Croatian", ["hrv_Latn"], .official),
        ("hu", "hun", "Hungarian", ["hun_Latn"], .official),
        ("it", "ita", "Italian", ["ita_Latn"], .official),
        ("lt", "lit", "Lithuanian", ["lit_Latn"], .official),
        ("lv", "lav", "Latvian", ["lav_Latn", "lvs_Latn", "ltg_Latn"], .official),
        ("mt", "mlt", "Maltese", ["mlt_Latn"], .official),
        ("nl", "nld", "Dutch", ["nld_Latn"], .official),
        ("pl", "pol", "Polish", ["pol_Latn"], .official),
        ("pt", "por", "Portuguese", ["por_Latn"], .official),
        ("ro", "ron", "Romanian", ["ron_Latn"], .official),
        ("sk", "slk", "Slovak", ["slk_Latn"], .official),
        ("sl", "slv", "Slovene", ["slv_Latn"], .official),
        ("sv", "swe", "Swedish", ["swe_Latn"], .official),
        ("ca", "cat", "Catalan", ["cat_Latn"], .regional),
        ("eu", "eus", "Basque", ["eus_Latn"], .regional),
        ("gl", "glg", "Galician", ["glg_Latn"], .regional),
        ("bs", "bos", "Bosnian", ["bos_Latn"], .candidate),
        ("ka", "kat", "Georgian", ["kat_Geor"], .candidate),
        ("mk", "mkd", "Macedonian", ["mkd_Cyrl"], .candidate),
        ("sq", "sqi", "Albanian", ["sqi_Latn", "als_Latn"], .candidate),
        ("sr", "srp", "Serbian", ["srp_Cyrl", "srp_Latn"], .candidate),
        ("tr", "tur", "Turkish", ["tur_Latn"], .candidate),
        ("uk", "ukr", "Ukrainian", ["ukr_Cyrl"], .candidate),
        ("is", "isl", "Icelandic", ["isl_Latn"], .associated),
        ("nb", "nob", "Norwegian", ["nob_Latn", "nno_Latn"], .associated),
    ]
}
