import Federation

/// Reads words as sbatch's command line does: long names may be abbreviated, short ones bundled, a value may stand in
/// the next word, also of the next line.
struct DirectiveReader {
    private let words: [Word]
    private var place = 0
    private(set) var directives: [Directive] = []
    private(set) var faults: [ScriptFault] = []

    /// Reads all words.
    init(_ words: [Word]) {
        self.words = words
        while place < words.count, faults.count < ScriptFaults.limit {
            let word = words[place]
            place += 1
            if word.text == "--" {
                for rest in words[place...].prefix(ScriptFaults.limit) { addStray(rest) }
                return
            }
            if word.text.hasPrefix("--") {
                readLong(word)
            } else if word.text.hasPrefix("-"), word.text.utf8.count > 1 {
                readShort(word)
            } else {
                addStray(word)
            }
        }
    }

    private mutating func addStray(_ word: Word) {
        let isSeparator = word.text == "hetjob" || word.text == "packjob"
        add(
            word, isSeparator ? "a job of several parts cannot be one task" : "is no option",
            isSeparator
                ? "make a script of each part and submit them apart, or write a campaign with a task for each"
                : "options begin with - or --; a value with blanks needs quotes: --comment=\"a b\"")
    }

    private mutating func add(_ word: Word, _ message: String, _ advice: String?) {
        faults.append(
            ScriptFault(
                line: word.line, column: word.column, found: word.text, message: message, advice: advice))
    }

    private mutating func readLong(_ word: Word) {
        let body = word.text.dropFirst(2)
        let name = String(body.prefix { $0 != "=" })
        let attached = name.utf8.count < body.utf8.count ? String(body.dropFirst(name.count + 1)) : nil
        let exact = SbatchOption(rawValue: name) ?? SbatchOption.otherNames[name]
        var found = exact.map { [$0] } ?? []
        if exact == nil, !SbatchOption.laterNames.contains(name), !name.isEmpty {
            var names: [String] = []
            for (long, option) in SbatchOption.longNames where long.hasPrefix(name) {
                names.append(long)
                if !found.contains(option) { found.append(option) }
            }
            if found.count > 1 {
                let list = names.map { "--" + $0 }.joined(separator: ", ")
                add(word, "is short for several options", "write one of \(list)")
                return
            }
        }
        guard let option = found.first else {
            readUnknown(word, name, attached)
            return
        }
        switch option.argument {
        case .none where attached != nil:
            add(word, "--\(option.rawValue) takes no value", "write --\(option.rawValue)")
        case .required where attached == nil: addWithNext(word, option)
        default: add(option, attached, word.text, word)
        }
    }

    /// A name that nobody knows: a slip is refused, anything else goes to the site as it is.
    private mutating func readUnknown(_ word: Word, _ name: String, _ attached: String?) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        let near =
            SbatchOption.laterNames.contains(name)
            ? nil : MeantWord.nearest(to: name, among: SbatchOption.longNames.map(\.name))
        guard isName, near == nil else {
            add(word, "there is no such option", near.map { "did you mean --\($0)?" })
            return
        }
        var value = attached
        var written = word.text
        if value == nil, place < words.count, words[place].line == word.line,
            !words[place].text.hasPrefix("-")
        {
            value = words[place].text
            written += " " + words[place].text
            place += 1
        }
        directives.append(Directive(option: nil, name: name, value: value, written: written, at: word))
    }

    private mutating func readShort(_ word: Word) {
        var rest = word.text.dropFirst()
        while let letter = rest.popFirst() {
            guard let option = SbatchOption.letters[letter] else {
                add(word, "there is no option -\(letter)", "see man sbatch for the short names")
                return
            }
            switch option.argument {
            case .none: add(option, nil, "-\(letter)", word)
            case .optional:
                add(option, rest.isEmpty ? nil : String(rest), "-\(letter)\(rest)", word)
                return
            case .required:
                if rest.isEmpty {
                    addWithNext(word, option)
                } else {
                    add(option, String(rest), "-\(letter)\(rest)", word)
                }
                return
            }
        }
    }

    private mutating func addWithNext(_ word: Word, _ option: SbatchOption) {
        guard place < words.count else {
            add(word, "--\(option.rawValue) needs a value", nil)
            return
        }
        add(option, words[place].text, "\(word.text) \(words[place].text)", word)
        place += 1
    }

    private mutating func add(_ option: SbatchOption, _ value: String?, _ written: String, _ word: Word) {
        directives.append(
            Directive(option: option, name: option.rawValue, value: value, written: written, at: word))
    }
}
