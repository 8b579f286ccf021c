/// MediaWiki's message files of all wanted languages, with the English ones beside them.
struct MediaWikiMessages: Sendable {
    let package: PackageContent
    private let files: [String: [UInt8]]
    /// Folders of message files, sorted: those with an English file.
    private let folders: [String]

    init(_ source: SourcePackage, languages: [CorpusLanguage]) throws(CorpusFault) {
        let names = Set(languages.map { "\($0.mediawiki).json" } + ["en.json"])
        package = try PackageContent(of: source) { path in
            path.contains("/i18n/")
                && names.contains(path.split(separator: "/").last.map(String.init) ?? "")
        }
        var files: [String: [UInt8]] = [:]
        for entry in package.files { files[entry.path] = entry.bytes }
        self.files = files
        folders = package.files.map(\.path).filter { $0.hasSuffix("/en.json") }.map {
            String($0.dropLast(8))
        }
    }

    /// Offers all messages of a language, folder by folder and in the order of their keys.
    func offer(_ language: CorpusLanguage, to text: inout LanguageText) {
        for folder in folders {
            guard let bytes = files["\(folder)/\(language.mediawiki).json"] else { continue }
            do {
                let messages = try MessageJSON(bytes).messages
                let english = language.code == "en" ? nil : english(folder)
                for (key, message) in messages.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                    let original = english.map { Self.lines($0[key] ?? []) }
                    text.offer(
                        key: Array("mw:".utf8) + key, lines: Self.lines(message), original: original,
                        mnemonics: false)
                }
            } catch {
                text.refuse(file: error.rawValue)
            }
        }
    }

    private func english(_ folder: String) -> [[UInt8]: [UInt8]] {
        guard let bytes = files["\(folder)/en.json"], let file = try? MessageJSON(bytes) else {
            return [:]
        }
        return Dictionary(file.messages.map { ($0.key, $0.text) }) { first, _ in first }
    }

    private static func lines(_ text: [UInt8]) -> [[UInt8]] {
        text.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
    }
}
