/// A piece of a page. Text becomes part of it only escaped, byte by byte of its UTF-8: an escape by character lets a
/// quote or `<` through when a combining mark follows it.
struct HTML: Sendable {
    private(set) var bytes: [UInt8] = []

    /// Nothing.
    init() {}

    /// Text, escaped; good in content and in quoted attributes.
    init(_ text: String) {
        bytes.reserveCapacity(text.utf8.count)
        HTML.escape(text, into: &bytes)
    }

    /// Markup that stands in this program's source.
    init(source: StaticString) {
        bytes = source.withUTF8Buffer { Array($0) }
    }

    /// The markup as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends another piece.
    mutating func append(_ other: HTML) { bytes += other.bytes }

    fileprivate mutating func append(source: StaticString) {
        source.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    fileprivate mutating func append(escaping text: String) { HTML.escape(text, into: &bytes) }

    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            // No page may hold them, and some browsers drop them silently.
            case 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D: bytes += [0xEF, 0xBF, 0xBD]
            default: bytes.append(byte)
            }
        }
    }
}

/// Attributes: a nil value leaves the attribute out. Names stand in the source, values are escaped.
typealias Attributes = KeyValuePairs<StaticString, String?>

/// An element with attributes and content.
func tag(
    _ name: StaticString, _ attributes: Attributes = [:], @Markup _ content: () -> HTML = { HTML() }
) -> HTML {
    var html = open(name, attributes)
    html.append(content())
    html.append(source: "</")
    html.append(source: name)
    html.append(source: ">")
    return html
}

/// An element with one text as its content.
func tag(_ name: StaticString, _ attributes: Attributes, _ text: String) -> HTML {
    tag(name, attributes) { text }
}

/// An element with one text as its content and no attributes.
func tag(_ name: StaticString, _ text: String) -> HTML { tag(name) { text } }

/// An element that has no content and no end tag (`meta`, `link`, `br`).
func void(_ name: StaticString, _ attributes: Attributes = [:]) -> HTML { open(name, attributes) }

private func open(_ name: StaticString, _ attributes: Attributes) -> HTML {
    var html = HTML()
    html.append(source: "<")
    html.append(source: name)
    for (key, value) in attributes {
        guard let value else { continue }
        html.append(source: " ")
        html.append(source: key)
        html.append(source: "=\"")
        html.append(escaping: value)
        html.append(source: "\"")
    }
    html.append(source: ">")
    return html
}

/// Puts pieces and texts together.
@resultBuilder enum Markup {
    static func buildExpression(_ html: HTML) -> HTML { html }
    static func buildExpression(_ text: String) -> HTML { HTML(text) }
    static func buildExpression(_ pieces: [HTML]) -> HTML { buildArray(pieces) }
    static func buildBlock(_ pieces: HTML...) -> HTML { buildArray(pieces) }
    static func buildArray(_ pieces: [HTML]) -> HTML {
        var html = HTML()
        for piece in pieces { html.append(piece) }
        return html
    }
    static func buildOptional(_ html: HTML?) -> HTML { html ?? HTML() }
    static func buildEither(first html: HTML) -> HTML { html }
    static func buildEither(second html: HTML) -> HTML { html }
}
