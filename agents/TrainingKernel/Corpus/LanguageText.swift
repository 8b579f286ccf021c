/// The documents of one language, gathered message by message in the order of the sources.
struct LanguageText {
    private let language: CorpusLanguage
    private let split: KeySplit
    private var train: [[UInt8]] = []
    private var heldout: [[UInt8]] = []
    private var seenTrain: Set<[UInt8]> = []
    private var seenHeldout: Set<[UInt8]> = []
    /// How many lines were refused, by reason.
    private(set) var rejections: [Rejection: Int] = [:]
    /// Files of the sources that could not be read: how many, by reason.
    private(set) var refusedFiles: [String: Int] = [:]

    init(language: CorpusLanguage, split: KeySplit) {
        self.language = language
        self.split = split
    }

    /// Offers the lines of one message.
    ///
    /// - Parameter original: the English original, nil when the text is English itself.
    mutating func offer(key: [UInt8], lines: [[UInt8]], original: [[UInt8]]?, mnemonics: Bool) {
        var isHeldOut: Bool?
        for (index, line) in lines.enumerated() where !line.isEmpty {
            guard String(validating: line, as: UTF8.self) != nil else {
                count(.notUTF8)
                continue
            }
            let text = TextCleaner.clean(line, mnemonics: mnemonics)
            if let reason = TextFilter.rejection(of: text, script: language.script) {
                count(reason)
                continue
            }
            if let original, index < original.count,
                original[index] == line || TextCleaner.clean(original[index], mnemonics: mnemonics) == text
            {
                count(.untranslated)
                continue
            }
            let side = isHeldOut ?? split.holdsOut(key)
            isHeldOut = side
            keep(text, heldOut: side)
        }
    }

    mutating func refuse(file reason: String) {
        refusedFiles[reason, default: 0] += 1
    }

    private mutating func count(_ reason: Rejection, _ amount: Int = 1) {
        rejections[reason, default: 0] += amount
    }

    private mutating func keep(_ text: [UInt8], heldOut: Bool) {
        if heldOut {
            if seenHeldout.insert(text).inserted { heldout.append(text) } else { count(.repeated) }
        } else {
            if seenTrain.insert(text).inserted { train.append(text) } else { count(.repeated) }
        }
    }

    /// Both sides, one document a line. Text that stands on both sides stays held out and leaves train.
    mutating func finished() -> (train: CorpusSide, heldout: CorpusSide) {
        let kept = train.filter { !seenHeldout.contains($0) }
        if kept.count < train.count { count(.inHeldOut, train.count - kept.count) }
        return (CorpusSide(kept), CorpusSide(heldout))
    }
}
