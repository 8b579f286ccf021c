/// Byte-level BPE as GPT-2 has it: any bytes become tokens and the tokens become the same bytes again.
public struct Tokenizer: Sendable {
    /// How many tokens there are; tokens are 0 up to this number.
    public let vocabularySize: Int

    /// The bytes of each token.
    let tokens: [[UInt8]]
    /// The two tokens that each merge joins, the most frequent first.
    let merges: [(left: UInt16, right: UInt16, token: UInt16)]

    private let pairs: PairTable
    private let byteTokens: [UInt16]

    /// A tokenizer whose first 256 tokens are the bytes and whose token 256 + n joins the n-th pair.
    ///
    /// - Parameter pairs: each may name only tokens that come before it.
    init(pairs: [(UInt16, UInt16)]) {
        var tokens = (0...255).map { [UInt8($0)] }
        var merges: [(left: UInt16, right: UInt16, token: UInt16)] = []
        for (left, right) in pairs {
            merges.append((left, right, UInt16(tokens.count)))
            tokens.append(tokens[Int(left)] + tokens[Int(right)])
        }
        self.init(tokens: tokens, merges: merges, byteTokens: (0...255).map { UInt16($0) })
    }

    init(
        tokens: [[UInt8]], merges: [(left: UInt16, right: UInt16, token: UInt16)], byteTokens: [UInt16]
    ) {
        self.tokens = tokens
        self.merges = merges
        self.byteTokens = byteTokens
        pairs = PairTable(merges: merges)
        vocabularySize = tokens.count
    }

    /// The tokens of some bytes; bytes that are no UTF-8 are encoded too.
    public func encode(_ bytes: UnsafeRawBufferPointer) -> [UInt16] {
        let text = bytes.bindMemory(to: UInt8.self)
        guard let base = text.baseAddress else { return [] }
        var output: [UInt16] = []
        output.reserveCapacity(text.count / 2 + 8)
        var encoder = WordEncoder(pairs: pairs, byteTokens: byteTokens, remembers: text.count > 65536)
        CharacterClass.basicPlane.withUnsafeBufferPointer { classes in
            guard let table = classes.baseAddress else { return }
            var cutter = PreTokeniser(base, count: text.count, classes: table)
            var start = 0
            while let end = cutter.next() {
                encoder.encode(base + start, end - start, into: &output)
                start = end
            }
        }
        return output
    }

    /// The tokens of a text.
    public func encode(_ text: String) -> [UInt16] {
        var text = text
        return text.withUTF8 { encode(UnsafeRawBufferPointer($0)) }
    }

    /// The bytes of some tokens; tokens beyond the vocabulary stand for nothing.
    public func decode(_ ids: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ids.count * 4)
        for id in ids where Int(id) < tokens.count { bytes.append(contentsOf: tokens[Int(id)]) }
        return bytes
    }

    /// Opens the `tokenizer.json` of a folder.
    ///
    /// - Throws: `TokenizerFault` when the file is missing or is no byte-level BPE of at most 65,536 tokens.
    public static func load(folder: String) throws -> Tokenizer {
        let path = "\(folder)/tokenizer.json"
        let bytes: [UInt8]
        do {
            bytes = try OutputFile.read(path)
        } catch {
            throw TokenizerFault(error.description)
        }
        return try TokenizerDocument.tokenizer(bytes, path: path)
    }
}
