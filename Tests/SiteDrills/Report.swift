import Glibc

/// What the runner tells whoever waits for it, at once also where it goes into a file.
enum Report {
    static func say(_ words: String) {
        print(words, terminator: words.hasSuffix("\n") ? "" : "\n")
        fflush(nil)
    }
}
