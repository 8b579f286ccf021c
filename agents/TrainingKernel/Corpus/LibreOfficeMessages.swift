/// LibreOffice's catalogues of one locale.
struct LibreOfficeMessages: Sendable {
    let package: PackageContent

    init(_ source: SourcePackage, locale: String) throws(CorpusFault) {
        package = try PackageContent(of: source) { path in
            path.hasSuffix(".mo") && path.contains("/resource/\(locale)/LC_MESSAGES/")
        }
    }

    /// Offers all messages, catalogue by catalogue. For English these are the originals.
    ///
    /// The key is the original alone, without its context, so one sentence shown at two places stands on one side.
    func offer(_ language: CorpusLanguage, to text: inout LanguageText) {
        for file in package.files {
            do {
                for message in try MessageCatalogue(file.bytes).messages {
                    let key = Array("lo:".utf8) + message.original
                    if language.code == "en" {
                        text.offer(key: key, lines: [message.original], original: nil, mnemonics: true)
                    } else {
                        text.offer(
                            key: key, lines: message.forms,
                            original: Array(repeating: message.original, count: message.forms.count),
                            mnemonics: true)
                    }
                }
            } catch {
                text.refuse(file: error.rawValue)
            }
        }
    }
}
