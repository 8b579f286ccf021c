import Federation
import Glibc
import Testing

@testable import hansa

@Suite struct DocumentFileTests {
    static func read(_ text: String) throws -> DocumentFile {
        try DocumentFile(path: "x.yaml", bytes: Array(text.utf8))
    }

    @Test func theLanguageNoStaysALanguage() throws {
        let file = try Self.read("languages: [no, nb, on, yes]\nflag: true\ncount: 12\nshare: 0.5\nnone: ~\n")
        let value = file.documents[0].value
        #expect(value["languages"] == .array([.string("no"), .string("nb"), .string("on"), .string("yes")]))
        #expect(
            value["flag"] == .bool(true) && value["count"] == .integer(12) && value["share"] == .number(0.5))
        #expect(value["none"] == .null)
    }

    @Test func quotedScalarsStayText() throws {
        let value = try Self.read("a: \"12\"\nb: 'true'\nc: 01:30:00\n").documents[0].value
        #expect(
            value["a"] == .string("12") && value["b"] == .string("true") && value["c"] == .string("01:30:00"))
    }

    @Test func severalDocumentsAreSeveralCampaigns() throws {
        let file = try Self.read("name: a\n---\nname: b\n---\n")
        #expect(file.documents.map { $0.value["name"] } == [.string("a"), .string("b")])
    }

    @Test func aPlaceNamesLineAndColumn() throws {
        let file = try Self.read("name: a\ntasks:\n  - name: x\n    resources:\n      nodes: 0\n")
        let place = file.place(
            of: [.key("tasks"), .index(0), .key("resources"), .key("nodes")], in: file.documents[0])
        #expect(place == "x.yaml:5:7")
    }

    @Test func pathsOfTheAPIBecomeSteps() {
        #expect(
            FaultReport.steps(of: "campaign.tasks[3].resources.nodes")
                == [.key("tasks"), .index(3), .key("resources"), .key("nodes")])
    }

    @Test(arguments: [
        ("a: [1, 2", "x.yaml:"), ("a: 1\na: 2\n", "comes twice"),
        ("? [a]\n: b\n", "a key must be plain text"),
        ("", "holds no document"), ("a: *missing\n", "x.yaml"),
    ])
    func aMalformedFileSaysWhereAndWhat(text: String, words: String) {
        let error = #expect(throws: CommandError.self) { try Self.read(text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.code == .data)
    }

    @Test func anAnchorBombIsRefused() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(inner)]\n"
        }
        let error = #expect(throws: CommandError.self) { try Self.read(text) }
        #expect(error?.description.contains("anchors") == true)
    }

    @Test func deepNestingIsRefused() {
        let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        let error = #expect(throws: CommandError.self) { try Self.read(text) }
        #expect(error?.description.contains("nests deeper") == true)
    }

    @Test func bytesThatAreNotUTF8AreNamed() {
        let bytes = Array("name: a\nother: ".utf8) + [0xFF, 0xFE] + Array("\n".utf8)
        let error = #expect(throws: CommandError.self) { try DocumentFile(path: "x.yaml", bytes: bytes) }
        #expect(error?.description.contains("x.yaml:2: byte 15 is not UTF-8") == true)
    }

    @Test func aHugeFileIsRefusedBeforeItIsRead() throws {
        let path = "/tmp/hansa-huge-\(UInt32.random(in: 0 ... .max)).yaml"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { unlink(path) }
        #expect(ftruncate(descriptor, 100 << 20) == 0)
        close(descriptor)
        let error = #expect(throws: CommandError.self) { try DocumentFile(path: path) }
        #expect(error?.description.contains("larger than 8 MiB") == true)
    }
}
