/// Words for other programs' files, so that blanks and signs in a path stay what they are.
enum ShellWord {
    /// The text as one word of a POSIX shell.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "/._-+=:,@".utf8.contains(byte)
            }
        }
        if plain && !text.isEmpty { return text }
        return "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// The words as a line of a crontab, in which `%` is a line end unless told otherwise.
    static func cron(_ words: [String]) -> String {
        words.map(quoted).joined(separator: " ").replacing("%", with: "\\%")
    }

    /// The text as one word of a unit's command line.
    static func systemd(_ text: String) -> String {
        var word = ""
        for character in text {
            switch character {
            case "%": word += "%%"
            case "$": word += "$$"
            case "\"": word += "\\\""
            case "\\": word += "\\\\"
            default: word.append(character)
            }
        }
        return "\"\(word)\""
    }
}
