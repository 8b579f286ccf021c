/// One tensor in the header of a safetensors file.
struct SafetensorsEntry: Codable, Equatable {
    enum CodingKeys: String, CodingKey {
        case type = "dtype"
        case shape
        case offsets = "data_offsets"
    }

    /// "F32", "I8", …
    let type: String
    let shape: [Int]
    /// First byte and the one after the last, counted from the end of the header.
    let offsets: [Int]

    /// Bytes of one value of the types used here.
    static func stride(_ type: String) -> Int? { ["F32": 4, "I8": 1][type] }
}
