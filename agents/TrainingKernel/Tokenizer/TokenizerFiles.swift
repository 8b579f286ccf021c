/// Writes a tokenizer in the forms that other programs read.
struct TokenizerFiles {
    let tokenizer: Tokenizer

    /// `tokenizer.json` for the `tokenizers` library.
    var tokenizerJSON: String {
        let merges = tokenizer.merges.map {
            "[\(Self.quoted(text($0.left))),\(Self.quoted(text($0.right)))]"
        }
        return """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
            "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
            "post_processor":null,
            "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
            "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,
            "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,"ignore_merges":false,
            "vocab":\(vocabularyJSON),
            "merges":[\(merges.joined(separator: ",\n"))]}}

            """
    }

    /// `vocab.json`: from token text to number, in the order of the numbers.
    var vocabularyJSON: String {
        let entries = tokenizer.tokens.enumerated().map { id, token in
            "\(Self.quoted(ByteAlphabet.text(token))):\(id)"
        }
        return "{\(entries.joined(separator: ",\n"))}"
    }

    /// `merges.txt`: a pair a line, the most frequent first.
    var mergesText: String {
        "#version: 0.2\n" + tokenizer.merges.map { "\(text($0.left)) \(text($0.right))\n" }.joined()
    }

    private func text(_ id: UInt16) -> String {
        ByteAlphabet.text(tokenizer.tokens[Int(id)])
    }

    /// The byte alphabet has no control characters, so two characters are all that JSON wants escaped.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }
}
