import Testing

@testable import TrainingKernel

@Suite struct TextCleanerTests {
    @Test(arguments: [
        ("plain text stays", "plain text stays"),
        ("{{PLURAL:$1|one page|$1 pages}} left", "one page left"),
        ("{{PLURAL:$1|0=none|a page|pages}}", "a page"),
        ("{{gender:$1|he|she}} and {{GRAMMAR:genitive|Wiki}}", "he and Wiki"),
        ("{{PLURAL:$1|[[Special:Log|the {{SITENAME}} log]]|logs}}", "the … log"),
        ("see [[Help:Contents|the help]] or [[Main]]", "see the help or Main"),
        ("see [https://example.org/a_b the site] now", "see the site now"),
        ("see [$1 the page], [//example.org it] [not a link]", "see the page, it [not a link]"),
        ("unclosed {{PLURAL:$1|a and [[b", "unclosed {{PLURAL:…|a and [[b"),
        ("a [single {{SITENAME}} b", "a [single … b"),
        ("<b>bold</b> and <br/> a < b > c", "bold and a < b > c"),
        ("''italic'' and '''bold''' it's", "italic and bold it's"),
        ("$1 of %PRODUCTNAME and %1% ${name} $(ARG1) 100 %", "… of … and … … … 100 %"),
        ("fish &amp; chips&nbsp;now &quot;x&quot; &bogus; &notended", "fish & chips now \"x\" &notended"),
        ("go to https://example.org/x?y=1 now", "go to now"),
        ("  * # : ; = leading", "leading"),
        ("a\u{A0}b\u{2009}\t c\u{200B}d\u{AD}e\u{FEFF}", "a b cde"),
        ("żółć Ωμέγα ქართული", "żółć Ωμέγα ქართული"), ("~Open _file", "~Open _file"), ("", ""),
    ])
    func cleans(message: String, text: String) {
        let cleaned = TextCleaner.clean(Array(message.utf8), mnemonics: false)
        #expect(String(decoding: cleaned, as: UTF8.self) == text)
    }

    @Test func removesMnemonics() {
        let cleaned = TextCleaner.clean(Array("~Öffnen _Datei %A_B".utf8), mnemonics: true)
        #expect(String(decoding: cleaned, as: UTF8.self) == "Öffnen Datei …")
    }

    /// Whatever the message, valid UTF-8 stays valid and no line break is left.
    @Test func keepsRandomTextValid() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "{{", "}}", "[[", "]]", "[", "]", "|", "PLURAL:", "<", ">", "&", ";", "'", "$", "%", "{", "}",
        ]
        let more = ["é", "…", "\u{A0}", "日", "\n", " ", "a", "1", "http://", "👍", "\u{200B}", "\u{85}"]
        for _ in 0..<3000 {
            let message = (0..<40).map { _ in (pieces + more).randomElement(using: &random) ?? "" }.joined()
            let cleaned = TextCleaner.clean(Array(message.utf8), mnemonics: true)
            #expect(String(validating: cleaned, as: UTF8.self) != nil)
            #expect(!cleaned.contains(10) && cleaned.first != 32 && cleaned.last != 32)
        }
    }

    @Test(arguments: [
        ("Five words make a good sentence here.", nil), ("Short text of five words.", Rejection.short),
        ("Internationalisation notwithstanding everything", .fewWords),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 words", .fewLetters),
        ("Αυτή είναι μια ελληνική πρόταση με λέξεις", .otherScript),
        ("Some markup {{was left in this sentence}} here", .markup),
        ("Some markup [[was left in this sentence here", .markup),
    ])
    func filters(text: String, rejection: Rejection?) {
        #expect(TextFilter.rejection(of: Array(text.utf8), script: .latin) == rejection)
    }

    @Test func countsCharactersNotBytes() {
        #expect(
            TextFilter.rejection(of: Array("ეს არის ძალიან კარგი წინადადება".utf8), script: .georgian) == nil)
        #expect(TextFilter.rejection(of: Array("ეს არის ძალიან კარგი სია".utf8), script: .georgian) == .short)
    }
}
