/// A request's body with its content type.
struct RequestBody {
    var bytes: [UInt8]
    var contentType: String

    static func json(_ bytes: [UInt8]) -> RequestBody {
        RequestBody(bytes: bytes, contentType: "application/json")
    }
}
