import Testing

@testable import TrainingKernel

@Suite struct LanguageTextTests {
    private let split = KeySplit(share: 4)

    private func text(_ code: String, _ offer: (inout LanguageText) -> Void) throws -> (
        LanguageText, [String], [String]
    ) {
        var text = LanguageText(language: try #require(CorpusLanguage.named(code)), split: split)
        offer(&text)
        let sides = text.finished()
        let lines = [sides.train, sides.heldout].map { side in
            String(decoding: side.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        #expect(lines[0].count == sides.train.documents && lines[1].count == sides.heldout.documents)
        return (text, lines[0], lines[1])
    }

    @Test func splitsEveryLanguageAlike() throws {
        var heldOut: [Set<String>] = []
        for code in ["de", "mt"] {
            let (_, train, heldout) = try text(code) { text in
                for number in 0..<400 {
                    let words = String(number).map {
                        "digit\($0 == "0" ? "z" : String(repeating: "i", count: Int(String($0)) ?? 0))"
                    }
                    let line = "This is the sentence in \(code) with \(words.joined(separator: " and "))"
                    text.offer(
                        key: Array("mw:\(number)".utf8), lines: [Array(line.utf8)], original: nil,
                        mnemonics: false)
                }
            }
            #expect(train.count + heldout.count == 400)
            #expect((60...140).contains(heldout.count))
            heldOut.append(Set(heldout.map { $0.replacing("in \(code) with", with: "") }))
        }
        #expect(heldOut[0] == heldOut[1])
    }

    @Test func keepsAllLinesOfAMessageTogether() throws {
        for number in 0..<40 {
            let (_, train, heldout) = try text("en") { text in
                text.offer(
                    key: Array("mw:\(number)".utf8),
                    lines: ["The first line of this message", "The second line of this message"].map {
                        Array($0.utf8)
                    },
                    original: nil, mnemonics: false)
            }
            #expect(train.isEmpty || heldout.isEmpty)
        }
    }

    @Test func noHeldOutLineStandsInTrain() throws {
        let line = Array("The same sentence under many different keys".utf8)
        let (report, train, heldout) = try text("en") { text in
            for number in 0..<40 {
                text.offer(key: Array("mw:\(number)".utf8), lines: [line], original: nil, mnemonics: false)
            }
        }
        #expect(train.isEmpty)
        #expect(heldout == ["The same sentence under many different keys"])
        #expect(report.rejections[.inHeldOut] == 1)
        #expect(report.rejections[.repeated] == 38)
    }

    @Test func dropsUntranslatedAndInvalidLines() throws {
        let english = Array("This message was never translated at all".utf8)
        let (report, train, heldout) = try text("de") { text in
            text.offer(key: [1], lines: [english], original: [english], mnemonics: false)
            text.offer(key: [2], lines: [[0xFF] + english], original: [english], mnemonics: false)
        }
        #expect(train.isEmpty && heldout.isEmpty)
        #expect(report.rejections == [.untranslated: 1, .notUTF8: 1])
    }

    @Test func knowsAllLanguages() {
        #expect(CorpusLanguage.all.count == 36)
        #expect(Set(CorpusLanguage.all.map(\.code)).count == 36)
        #expect(CorpusLanguage.named("mt")?.packages == ["mediawiki"])
        #expect(CorpusLanguage.named("sq")?.packages == ["mediawiki"])
        #expect(CorpusLanguage.named("en")?.packages == ["mediawiki", "libreoffice-l10n-de"])
        #expect(CorpusLanguage.named("mt")?.tag == "mlt_Latn")
        #expect(CorpusLanguage.named("xx") == nil)
    }
}
