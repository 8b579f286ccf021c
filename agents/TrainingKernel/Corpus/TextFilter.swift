/// Decides whether cleaned text is a document.
enum TextFilter {
    static let leastCharacters = 30
    static let leastWords = 5
    static let leastLettersPercent = 80

    /// Nil for a document; the first reason against it otherwise.
    ///
    /// - Parameter text: valid UTF-8 with single spaces and none at its ends, as `TextCleaner` gives it.
    static func rejection(of text: [UInt8], script: WritingScript) -> Rejection? {
        var characters = 0
        var spaces = 0
        var letters = 0
        var ownLetters = 0
        var braces = false
        var decoder = ScalarCursor(text)
        while let scalar = decoder.next() {
            characters += 1
            if scalar == 0x20 {
                spaces += 1
            } else if WritingScript.isLetter(scalar) {
                letters += 1
                if script.holds(scalar) { ownLetters += 1 }
            } else if scalar == 0x7B || scalar == 0x7D || scalar == 0x7C {
                braces = true
            }
        }
        if characters < leastCharacters { return .short }
        if spaces + 1 < leastWords { return .fewWords }
        if (letters + spaces) * 100 < characters * leastLettersPercent { return .fewLetters }
        if ownLetters * 2 < letters { return .otherScript }
        if braces || hasDoubleBracket(text) { return .markup }
        return nil
    }

    private static func hasDoubleBracket(_ text: [UInt8]) -> Bool {
        for index in text.indices.dropLast() where text[index] == 0x5B || text[index] == 0x5D {
            if text[index + 1] == text[index] { return true }
        }
        return false
    }
}
