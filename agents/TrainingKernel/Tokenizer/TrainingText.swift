/// The text of one language that a tokenizer learns from.
struct TrainingText {
    let language: String
    let bytes: [UInt8]
    let sha256: String

    /// The texts of all `train-LANGUAGE` folders, by language.
    static func all(in inputs: String) throws(CorpusFault) -> [TrainingText] {
        let names = OutputFolder.names(in: inputs).filter {
            $0.hasPrefix("train-") && OutputFolder.size("\(inputs)/\($0)/train.txt") != nil
        }
        guard !names.isEmpty else {
            throw CorpusFault(
                .data, "no train-LANGUAGE/train.txt in \(inputs): the outputs of a data task are wanted")
        }
        return try names.map { (name) throws(CorpusFault) in
            let path = "\(inputs)/\(name)/train.txt"
            let bytes = try OutputFile.read(path)
            guard !bytes.isEmpty else { throw CorpusFault(.data, "\(path) is empty: text is wanted") }
            return TrainingText(
                language: String(name.dropFirst(6)), bytes: bytes, sha256: SHA256Digest.hex(of: bytes))
        }
    }

    /// Adds about as many bytes as wanted to the counts: documents evenly spaced over the text, and all with a weight
    /// that makes languages of any size count the same.
    func sample(_ wanted: Int, into counter: inout WordCounter) -> Int {
        // 1/256 steps keep weights whole numbers.
        bytes.withUnsafeBufferPointer { text in
            guard bytes.count > wanted else {
                counter.add(text, weight: max(1, Int64(wanted) * 256 / Int64(bytes.count)))
                return bytes.count
            }
            var taken = 0
            var start = 0
            while start < text.count {
                let end = (text[start...].firstIndex(of: 10) ?? text.count - 1) + 1
                if taken * text.count <= start * wanted {
                    counter.add(UnsafeBufferPointer(rebasing: text[start..<end]), weight: 256)
                    taken += end - start
                }
                start = end
            }
            return taken
        }
    }
}
