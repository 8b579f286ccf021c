internal import FoundationEssentials

/// `tokenizer.json` as the Hugging Face `tokenizers` library reads it, for byte-level BPE.
struct TokenizerDocument: Decodable {
    struct Model: Decodable {
        let type: String?
        let vocab: [String: Int]
        let merges: [Merge]
    }

    /// Two tokens, as a list of two or as one text with a space between.
    struct Merge: Decodable {
        let left: String
        let right: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let parts: [String]
            if let list = try? value.decode([String].self) {
                parts = list
            } else {
                parts = try value.decode(String.self).split(separator: " ").map(String.init)
            }
            guard parts.count == 2 else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "a merge has two tokens")
            }
            (left, right) = (parts[0], parts[1])
        }
    }

    struct PreTokenizer: Decodable {
        let type: String
        let addPrefixSpace: Bool?
        let useRegex: Bool?

        enum CodingKeys: String, CodingKey {
            case type
            case addPrefixSpace = "add_prefix_space"
            case useRegex = "use_regex"
        }
    }

    /// Any JSON; only whether it is there is asked.
    struct Presence: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    let model: Model
    let preTokenizer: PreTokenizer?
    let normalizer: Presence?

    enum CodingKeys: String, CodingKey {
        case model
        case preTokenizer = "pre_tokenizer"
        case normalizer
    }

    static func tokenizer(_ bytes: [UInt8], path: String) throws(TokenizerFault) -> Tokenizer {
        let document: TokenizerDocument
        do {
            document = try JSONDecoder().decode(TokenizerDocument.self, from: Data(bytes))
        } catch {
            throw TokenizerFault("\(path) is no tokenizer.json: \(error)")
        }
        let cutter = document.preTokenizer
        guard document.model.type ?? "BPE" == "BPE", document.normalizer == nil, cutter?.type == "ByteLevel",
            cutter?.addPrefixSpace == false, cutter?.useRegex ?? true
        else {
            throw TokenizerFault(
                "\(path): only byte-level BPE without a normalizer, added spaces or own regex is understood")
        }
        return try document.model.tokenizer(path: path)
    }
}

extension TokenizerDocument.Model {
    fileprivate func tokenizer(path: String) throws(TokenizerFault) -> Tokenizer {
        guard vocab.count <= 65536 else {
            throw TokenizerFault("\(path): \(vocab.count) tokens; at most 65536 are possible")
        }
        var tokens = [[UInt8]](repeating: [], count: vocab.count)
        for (text, id) in vocab {
            guard let bytes = ByteAlphabet.token(text), tokens.indices.contains(id), tokens[id].isEmpty,
                !bytes.isEmpty
            else { throw TokenizerFault("\(path): the token '\(text)' (\(id)) is out of place") }
            tokens[id] = bytes
        }
        var ids: [[UInt8]: UInt16] = [:]
        for (id, token) in tokens.enumerated() { ids[token] = UInt16(id) }
        var byteTokens: [UInt16] = []
        for byte in UInt8.min...UInt8.max {
            guard let id = ids[[byte]] else { throw TokenizerFault("\(path): no token for the byte \(byte)") }
            byteTokens.append(id)
        }
        var found: [(left: UInt16, right: UInt16, token: UInt16)] = []
        guard merges.count < 65536 else { throw TokenizerFault("\(path): more than 65535 merges") }
        for merge in merges {
            guard let left = ByteAlphabet.token(merge.left), let right = ByteAlphabet.token(merge.right),
                let first = ids[left], let second = ids[right], let joined = ids[left + right]
            else {
                throw TokenizerFault("\(path): the merge '\(merge.left) \(merge.right)' names unknown tokens")
            }
            found.append((first, second, joined))
        }
        return Tokenizer(tokens: tokens, merges: found, byteTokens: byteTokens)
    }
}
