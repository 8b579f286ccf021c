import Testing

@testable import TrainingKernel

@Suite struct MessageCatalogueTests {
    private let sample = CatalogueBytes.file([
        ("menu\u{4}~Open", "Öff~nen"), ("One page\u{0}Many pages", "Eine Seite\u{0}Viele Seiten"),
    ])

    @Test(arguments: [false, true]) func readsBothByteOrders(bigEndian: Bool) throws {
        let file = CatalogueBytes.file(
            [("menu\u{4}~Open", "Öff~nen"), ("One page\u{0}Many pages", "Eine Seite\u{0}Viele Seiten")],
            bigEndian: bigEndian)
        let messages = try MessageCatalogue(file).messages
        try #require(messages.count == 2)
        #expect(messages[0].context == Array("menu".utf8))
        #expect(messages[0].original == Array("~Open".utf8))
        #expect(messages[0].forms == [Array("Öff~nen".utf8)])
        #expect(messages[1].original == Array("One page".utf8))
        #expect(messages[1].forms == [Array("Eine Seite".utf8), Array("Viele Seiten".utf8)])
    }

    /// The last NUL may be missing: it is no part of the text. Any shorter file is refused, never read beyond its end.
    @Test func refusesEveryTruncation() {
        for length in 0..<sample.count - 1 {
            #expect(throws: MessageCatalogue.Fault.self) { try MessageCatalogue(Array(sample[..<length])) }
        }
    }

    @Test func survivesEveryDamagedByteOfTheTables() {
        for position in 0..<76 {
            for value: UInt8 in [0x00, 0x7F, 0xFF] {
                var damaged = sample
                damaged[position] = value
                if let read = try? MessageCatalogue(damaged) { #expect(read.messages.count <= 3) }
            }
        }
    }

    @Test func refusesOtherCharsets() {
        let file = CatalogueBytes.raw([([], Array("Content-Type: text/plain; charset=ISO-8859-2\n".utf8))])
        #expect(throws: MessageCatalogue.Fault.otherCharset) { try MessageCatalogue(file) }
    }

    @Test func refusesOtherFiles() {
        #expect(throws: MessageCatalogue.Fault.notACatalogue) {
            try MessageCatalogue(Array(repeating: 7, count: 64))
        }
    }
}
