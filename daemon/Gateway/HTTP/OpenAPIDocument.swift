/// The API's description, as it is served and as the tests hold every answer against it.
enum OpenAPIDocument {
    /// OpenAPI 3.1 in YAML, put together from the files of the folder `OpenAPI`.
    static let text: String = {
        let parts: [[UInt8]] = []
        return String(decoding: parts.joined(), as: UTF8.self)
    }()
}
