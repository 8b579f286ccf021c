/// A language of the programme and the ways in which files and benchmarks spell it.
public struct Language: Hashable, Sendable, Codable {
    /// How it stands to the Union.
    public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
        /// Official in the Union: 24 of them.
        case official
        /// Co-official in a region of it.
        case regional
        /// Of a candidate country.
        case candidate
        /// Of an associated country.
        case associated
    }

    /// ISO 639-1, what YAML, CLI and API use.
    public let code: String
    /// ISO 639-3.
    public let iso3: String
    /// Its English name.
    public let name: String
    /// Its variants as `lang_Script`, the main one first.
    public let tags: [String]
    /// How it stands to the Union.
    public let standing: Standing

    /// The main variant as `lang_Script`: `mlt_Latn`.
    public var tag: String { tags.first ?? iso3 }
}
