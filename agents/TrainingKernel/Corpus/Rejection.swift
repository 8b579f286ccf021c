/// Why a message, a line or a file did not become a document; counted in the manifest by its words.
enum Rejection: String, CaseIterable, Sendable {
    case notUTF8 = "not UTF-8"
    case short = "fewer than 30 characters"
    case fewWords = "fewer than 5 words"
    case fewLetters = "less than 80 % letters"
    case otherScript = "mostly another script"
    case markup = "markup left"
    case untranslated = "same as the English original"
    case repeated = "repeated"
    case inHeldOut = "also in held-out"
}
