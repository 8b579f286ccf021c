import Foundation
import Testing

@testable import TrainingKernel

/// The builder over packages made here with `dpkg-deb`, and what the command says of wrong lines.
@Suite struct CorpusCommandTests {
    private let folder: String

    init() throws {
        folder = try OutputFolder.temporary("hansa-corpus-tests")
    }

    private func package(_ name: String, _ files: [String: [UInt8]]) throws -> SourcePackage {
        let tree = "\(folder)/tree-\(name)"
        var all = files
        all["DEBIAN/control"] = Array(
            "Package: \(name)\nVersion: 1:2.3-4\nArchitecture: all\nMaintainer: Nobody <n@example.org>\nDescription: x\n"
                .utf8)
        all["usr/share/doc/\(name)/copyright"] = Array(
            "Format: x\n\nFiles: *\nCopyright: us\nLicense: GPL-2.0+\n".utf8)
        for (path, bytes) in all {
            let parent = path.split(separator: "/").dropLast().joined(separator: "/")
            try OutputFolder.create("\(tree)/\(parent)")
            try OutputFile.write(bytes, to: "\(tree)/\(path)")
        }
        let file = "\(folder)/\(name)_1%3a2.3-4_all.deb"
        let outcome = try ChildProgram(["dpkg-deb", "--root-owner-group", "-b", tree, file]).run()
        try #require(outcome.status == 0, "\(outcome.complaints)")
        return SourcePackage(name: name, version: "1:2.3-4", file: file)
    }

    private static func messages(_ word: String) -> [UInt8] {
        let entries = (0..<120).map { number in
            let name = String(number).map {
                "abcdefghij"[String.Index(utf16Offset: Int(String($0)) ?? 0, in: "abcdefghij")]
            }
            return "\"key-\(number)\": \"\(word) sentence with the name \(String(name)) is long enough\""
        }
        return Array("{\"@metadata\": {}, \(entries.joined(separator: ",\n"))}".utf8)
    }

    @Test func buildsTrainAndHeldOut() throws {
        let deep = "usr/share/mediawiki/extensions/" + String(repeating: "long/", count: 30) + "i18n"
        let mediawiki = try package(
            "mediawiki",
            [
                "usr/share/mediawiki/languages/i18n/en.json": Self.messages("English"),
                "usr/share/mediawiki/languages/i18n/de.json": Self.messages("Deutscher"),
                "usr/share/mediawiki/languages/i18n/qqq.json": Self.messages("Documentation"),
                "\(deep)/en.json": Self.messages("Deeper"), "\(deep)/de.json": Array("{broken".utf8),
            ])
        let libreoffice = try package(
            "libreoffice-l10n-de",
            [
                "usr/lib/libreoffice/program/resource/de/LC_MESSAGES/sw.mo": CatalogueBytes.file([
                    (
                        "The document has ~unsaved changes now",
                        "Das Dokument hat un~gesicherte Änderungen hier"
                    )
                ]),
                "usr/lib/libreoffice/program/resource/de/LC_MESSAGES/sc.mo": Array("nothing".utf8),
                "usr/lib/libreoffice/program/resource/de@x/LC_MESSAGES/sd.mo": CatalogueBytes.file([
                    ("Another message that must be ignored", "Eine andere Nachricht die nicht zählt")
                ]),
            ])
        let languages = try ["de", "en"].map { try #require(CorpusLanguage.named($0)) }
        let outputs = "\(folder)/outputs"
        try OutputFolder.create(outputs)
        let result = try CorpusBuilder(
            languages: languages, split: KeySplit(share: 4), outputs: outputs,
            metrics: "\(outputs)/metrics.jsonl",
            packages: ["mediawiki": mediawiki, "libreoffice-l10n-de": libreoffice]
        ).run()
        let german = try #require(result.languages["de"])
        #expect(german.trainDocuments + german.heldoutDocuments == 121)
        let english = try #require(result.languages["en"])
        #expect(english.trainDocuments + english.heldoutDocuments == 241)

        let manifest = try JSONDecoder().decode(
            CorpusManifest.self, from: Data(try OutputFile.read("\(outputs)/train-de/manifest.json")))
        let train = try OutputFile.read("\(outputs)/train-de/train.txt")
        #expect(manifest.sha256 == SHA256Digest.hex(of: train))
        #expect(manifest.bytes == train.count && manifest.bytes == german.trainBytes)
        #expect(manifest.script == "deu_Latn" && manifest.language == "de")
        #expect(manifest.sources.map(\.licence) == ["GPL-2.0+", "GPL-2.0+"])
        #expect(manifest.sources.map(\.version) == ["1:2.3-4", "1:2.3-4"])
        #expect(manifest.rejectedFiles == ["malformed JSON": 1, "truncated catalogue": 1])
        let both = train + (try OutputFile.read("\(outputs)/heldout-de/heldout.txt"))
        let text = String(decoding: both, as: UTF8.self)
        #expect(text.contains("Das Dokument hat ungesicherte Änderungen hier\n"))
        #expect(
            !text.contains("andere Nachricht") && !text.contains("English") && !text.contains("Documentation")
        )
        let metrics = String(decoding: try OutputFile.read("\(outputs)/metrics.jsonl"), as: UTF8.self)
        #expect(metrics.split(separator: "\n").count == 2)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func refusesATruncatedPackage() throws {
        let whole = try package(
            "mediawiki", ["usr/share/mediawiki/languages/i18n/en.json": Self.messages("English")])
        let bytes = try OutputFile.read(whole.file)
        try OutputFile.write(Array(bytes[..<(bytes.count / 2)]), to: whole.file)
        let fault = #expect(throws: CorpusFault.self) {
            try MediaWikiMessages(whole, languages: CorpusLanguage.all)
        }
        #expect(fault?.kind == .data)
        #expect(fault?.description.contains(whole.file) == true)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [
        [], ["--languages"], ["--languages", "xx"], ["--languages", "de", "--heldout-share", "1"],
        ["--languages", "de", "--bogus", "1"], ["--languages", ","],
    ])
    func refusesWrongLines(arguments: [String]) {
        let fault = #expect(throws: CorpusFault.self) { try CorpusOptions(arguments) { _ in "/nowhere" } }
        #expect(fault?.kind == .usage)
    }

    @Test func readsTheLine() throws {
        let options = try CorpusOptions(["--languages", "mt,de,mt", "--cache", "/c"]) { name in
            name == "HANSA_OUTPUTS" ? "/o" : nil
        }
        #expect(options.languages.map(\.code) == ["mt", "de"])
        #expect(options.cache == "/c" && options.outputs == "/o" && options.split.share == 20)
    }
}
