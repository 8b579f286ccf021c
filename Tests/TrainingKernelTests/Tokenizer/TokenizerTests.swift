import Foundation
import Testing

@testable import TrainingKernel

@Suite struct TokenizerTests {
    private func words(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.withUnsafeBufferPointer { text in
            CharacterClass.basicPlane.withUnsafeBufferPointer { classes in
                guard let base = text.baseAddress, let table = classes.baseAddress else { return [] }
                var cutter = PreTokeniser(base, count: text.count, classes: table)
                var words: [[UInt8]] = []
                var start = 0
                while let end = cutter.next() {
                    words.append(Array(text[start..<end]))
                    start = end
                }
                return words
            }
        }
    }

    /// The expected cuts are those of the `tokenizers` library's ByteLevel.
    @Test(arguments: [
        ("it's  we'll I'D", ["it", "'s", " ", " we", "'ll", " I", "'", "D"]),
        ("a1½ b², c…!", ["a", "1½", " b", "²", ",", " c", "…!"]),
        ("x \n\n y\t\tz  ", ["x", " \n\n", " y", "\t", "\t", "z", "  "]),
        ("\u{A0}\u{2003}x", ["\u{A0}", "\u{2003}", "x"]),
        ("Ġ'tis ''ve", ["Ġ", "'t", "is", " ''", "ve"]),
        ("e\u{301} 👍🏽", ["e", "\u{301}", " 👍🏽"]),
    ])
    func cutsLikeGPT2(text: String, cuts: [String]) {
        #expect(words(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } == cuts)
    }

    private func trained(_ text: String, vocabulary: Int) -> Tokenizer {
        var counter = WordCounter()
        Array(text.utf8).withUnsafeBufferPointer { counter.add($0, weight: 1) }
        var trainer = PairTrainer(counter)
        return Tokenizer(pairs: trainer.merges(vocabulary: vocabulary))
    }

    /// Sennrich's example: "es" and "est" first, then "lo" and "low".
    @Test func learnsTheTextbookMerges() {
        let words =
            Array(repeating: "low", count: 5) + Array(repeating: "lower", count: 2)
            + Array(repeating: "newest", count: 6) + Array(repeating: "widest", count: 3)
        let tokenizer = trained(words.joined(separator: "\n"), vocabulary: 260)
        let learned = tokenizer.tokens[256...].map { String(decoding: $0, as: UTF8.self) }
        #expect(learned == ["es", "est", "lo", "low"])
        #expect(tokenizer.encode("lowest").map { Int($0) } == [259, 257])
    }

    /// The heap and the running counts against counting everything anew before each merge.
    @Test func learnsWhatCountingAnewLearns() {
        var random = SeededGenerator(seed: 3)
        let text = (0..<400).map { _ in
            String(
                (0..<Int.random(in: 1...9, using: &random)).map { _ in
                    "aab".randomElement(using: &random) ?? "a"
                })
        }.joined(separator: " ")
        var words = self.words(Array(text.utf8)).map { $0.map { UInt16($0) } }
        var expected: [[UInt16]] = []
        for token in 256..<296 {
            var counts: [[UInt16]: Int] = [:]
            for word in words where word.count > 1 {
                for index in 0..<word.count - 1 { counts[[word[index], word[index + 1]], default: 0] += 1 }
            }
            let best = counts.max { one, other in
                one.value < other.value
                    || (one.value == other.value && other.key.lexicographicallyPrecedes(one.key))
            }
            guard let pair = best?.key else { break }
            expected.append(pair)
            words = words.map { word in
                var merged: [UInt16] = []
                var index = 0
                while index < word.count {
                    let isPair =
                        index + 1 < word.count && word[index] == pair[0] && word[index + 1] == pair[1]
                    merged.append(isPair ? UInt16(token) : word[index])
                    index += isPair ? 2 : 1
                }
                return merged
            }
        }
        let learned = trained(text, vocabulary: 256 + expected.count).merges.map { [$0.left, $0.right] }
        #expect(learned == expected)
        #expect(expected.count == 40)
    }

    @Test func stopsWhenNothingIsLeftToJoin() {
        #expect(trained("ab ab", vocabulary: 4096).vocabularySize == 258)
        #expect(trained("", vocabulary: 300).vocabularySize == 256)
    }

    @Test func anyBytesComeBack() {
        let tokenizer = trained(
            "the quick brown fox ’round the Ωμέγα 日本 thérèse " + String(repeating: "aab ", count: 40),
            vocabulary: 320)
        var random = SeededGenerator(seed: 11)
        for length in [0, 1, 2, 3, 50, 1000, 70_000, 200_000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let tokens = bytes.withUnsafeBytes { tokenizer.encode($0) }
            #expect(tokenizer.decode(tokens) == bytes)
        }
        for text: [UInt8] in [
            [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80], [0xFF, 0xFE],
        ] {
            #expect(tokenizer.decode(text.withUnsafeBytes { tokenizer.encode($0) }) == text)
        }
        #expect(tokenizer.decode([97, 65535]) == [97])
    }

    /// Long texts remember words, long words go another way: both must give what plain merging gives.
    @Test func memoryAndLengthChangeNothing() {
        let tokenizer = trained(String(repeating: "aab abba baab aaab ", count: 30), vocabulary: 290)
        var random = SeededGenerator(seed: 5)
        let word = String((0..<300).map { _ in "ab".randomElement(using: &random) ?? "a" })
        var symbols = Array(word.utf8).map { UInt16($0) }
        for merge in tokenizer.merges {
            var index = 0
            while index + 1 < symbols.count {
                if symbols[index] == merge.left, symbols[index + 1] == merge.right {
                    symbols.replaceSubrange(index...index + 1, with: [merge.token])
                }
                index += 1
            }
        }
        #expect(tokenizer.encode(word) == symbols)
        let line = "aab abba baab ab b\n"
        let once = tokenizer.encode(line)
        #expect(
            tokenizer.encode(String(repeating: line, count: 5000))
                == Array(repeating: once, count: 5000).flatMap { $0 })
    }

    @Test func aLongWordIsNoAttack() {
        let tokenizer = trained(String(repeating: "aaaaaaaa ", count: 30), vocabulary: 259)
        let text = String(repeating: "a", count: 1 << 18)
        let clock = Stopwatch()
        #expect(tokenizer.decode(tokenizer.encode(text)).count == 1 << 18)
        // Quadratic merging takes minutes.
        #expect(clock.seconds < 60)
    }
}
