import Federation
import Testing

@Suite struct LanguageTableTests {
    @Test func thereAre36AndTwentyFourAreOfficial() {
        #expect(LanguageTable.all.count == 36 && Set(LanguageTable.codes).count == 36)
        #expect(LanguageTable.all.filter { $0.standing == .official }.count == 24)
        #expect(Set(LanguageTable.all.map(\.iso3)).count == 36)
        for code in ["sq", "bs", "mk", "sr", "tr", "uk", "ka", "nb", "is", "ca", "eu", "gl"] {
            #expect(LanguageTable.codes.contains(code))
        }
    }

    @Test(arguments: [
        ("mt", "mt"), ("mlt", "mt"), ("mlt_Latn", "mt"), ("mlt_latn", "mt"), ("Maltese", "mt"), ("MT", "mt"),
        ("no", "nb"), ("nno_Latn", "nb"), ("srp_Latn", "sr"), ("als", "sq"), ("ekk_Latn", "et"),
        ("lvs", "lv"),
    ])
    func everySpellingMeansOneLanguage(spelling: String, code: String) {
        #expect(LanguageTable.code(spelling) == code)
    }

    @Test func everyTagLeadsBackToItsLanguage() {
        for language in LanguageTable.all {
            for tag in language.tags { #expect(LanguageTable.code(tag) == language.code) }
        }
        #expect(
            LanguageTable.language("mt")?.tag == "mlt_Latn" && LanguageTable.language("sr")?.tag == "srp_Cyrl"
        )
        #expect(LanguageTable.code("tlh") == nil && LanguageTable.code("") == nil)
    }
}
