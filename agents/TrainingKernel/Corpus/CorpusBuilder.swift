internal import Dispatch
internal import Glibc
internal import Synchronization

/// Makes the corpora of all wanted languages from packages on this disk, several languages at a time.
struct CorpusBuilder: Sendable {
    let languages: [CorpusLanguage]
    let split: KeySplit
    let outputs: String
    let metrics: String?
    let packages: [String: SourcePackage]
    let clock = Stopwatch()

    private struct Progress {
        var results: [String: CorpusResult.Language] = [:]
        var fault: CorpusFault?
    }

    func run() throws(CorpusFault) -> CorpusResult {
        guard let source = packages[CorpusLanguage.mediawikiPackage] else {
            throw CorpusFault(.host, "the package \(CorpusLanguage.mediawikiPackage) is missing")
        }
        let mediawiki = try MediaWikiMessages(source, languages: languages)
        let progress = Mutex(Progress())
        DispatchQueue.concurrentPerform(iterations: languages.count) { index in
            guard progress.withLock({ $0.fault == nil }) else { return }
            do throws(CorpusFault) {
                let language = languages[index]
                let result = try build(language, mediawiki: mediawiki)
                try progress.withLock { (state) throws(CorpusFault) in
                    state.results[language.code] = result
                    try report(language, result, done: state.results.count)
                }
            } catch {
                progress.withLock { $0.fault = $0.fault ?? error }
            }
        }
        let state = progress.withLock { $0 }
        if let fault = state.fault { throw fault }
        let result = CorpusResult(languages: state.results, seconds: seconds)
        try OutputFile.write(DocumentText.file(result), to: "\(outputs)/result.json")
        return result
    }

    private var seconds: Double {
        (clock.seconds * 1000).rounded() / 1000
    }

    private func report(
        _ language: CorpusLanguage, _ result: CorpusResult.Language, done: Int
    ) throws(CorpusFault) {
        guard let metrics else { return }
        let line = CorpusProgress(
            language: language.code, languagesDone: done, languagesWanted: languages.count,
            trainBytes: result.trainBytes, heldoutBytes: result.heldoutBytes, seconds: seconds)
        try OutputFile.append(DocumentText.line(line), to: metrics)
    }

    private func build(
        _ language: CorpusLanguage, mediawiki: MediaWikiMessages
    ) throws(CorpusFault) -> CorpusResult.Language {
        var text = LanguageText(language: language, split: split)
        var contents = [mediawiki.package]
        mediawiki.offer(language, to: &text)
        if let locale = language.libreoffice, let name = language.libreofficePackage {
            guard let source = packages[name] else {
                throw CorpusFault(.host, "the package \(name) is missing")
            }
            let libreoffice = try LibreOfficeMessages(source, locale: locale)
            contents.append(libreoffice.package)
            libreoffice.offer(language, to: &text)
        }
        for _ in 0..<contents.reduce(0, { $0 + $1.oversized }) {
            text.refuse(file: "larger than 64 MB")
        }
        let sides = text.finished()
        guard sides.train.documents > 0, sides.heldout.documents > 0 else {
            throw CorpusFault(
                .data,
                "\(language.code): no text in \(contents.map(\.package.file).joined(separator: ", "))")
        }
        try write(sides.train, "train", language, text, contents)
        try write(sides.heldout, "heldout", language, text, contents)
        return CorpusResult.Language(
            trainBytes: sides.train.bytes.count, heldoutBytes: sides.heldout.bytes.count,
            trainDocuments: sides.train.documents, heldoutDocuments: sides.heldout.documents)
    }

    /// A folder with a manifest is whole: the old manifest goes first and the new one comes last.
    private func write(
        _ side: CorpusSide, _ name: String, _ language: CorpusLanguage, _ text: LanguageText,
        _ contents: [PackageContent]
    ) throws(CorpusFault) {
        let folder = "\(outputs)/\(name)-\(language.code)"
        try OutputFolder.create(folder)
        unlink("\(folder)/manifest.json")
        try OutputFile.write(side.bytes, to: "\(folder)/\(name).txt")
        let rejected = text.rejections.map { ($0.key.rawValue, $0.value) }
        let manifest = CorpusManifest(
            name: "\(name)-\(language.code)", language: language.code, script: language.tag, split: name,
            file: "\(name).txt", sha256: SHA256Digest.hex(of: side.bytes), bytes: side.bytes.count,
            documents: side.documents,
            sources: contents.map {
                CorpusManifest.Source(
                    package: $0.package.name, version: $0.package.version, licence: $0.licence)
            },
            rejectedLines: Dictionary(uniqueKeysWithValues: rejected), rejectedFiles: text.refusedFiles,
            splitRule: split.rule, tool: CorpusManifest.tool)
        try OutputFile.write(DocumentText.file(manifest), to: "\(folder)/manifest.json")
    }
}
