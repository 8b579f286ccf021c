public import Federation
import FoundationEssentials

/// One document or reply as a signed file: a line with the format's name, a line with the header as JSON, a line with
/// the signature in base64, and the content. The name and the header are what is signed, and the header holds the
/// content's length and hash; so no byte of it can change unseen, and nothing else that these keys sign can pass for it.
public struct Bundle: Hashable, Sendable {
    /// What stands over the content.
    public let header: BundleHeader
    /// The content: JSON.
    public let content: [UInt8]
    /// 64 bytes.
    public let signature: [UInt8]
    /// What the signature is over.
    public let signed: [UInt8]

    /// The first line of every bundle.
    public static let format = "hansa-bundle 1"
    /// How files of bundles are named: `<number>-<journal>.bundle`.
    public static let suffix = ".bundle"
    /// The longest header line.
    public static let maximumHeaderBytes = 4096
    /// The longest content: what an exchange by HTTPS may be as well.
    public static let maximumContentBytes = JSONLimits.exchange.bytes
    /// The longest bundle.
    public static let maximumBytes = maximumContentBytes + 2 * maximumHeaderBytes

    /// Takes a file apart. Nothing is believed of it before `check`, but that its parts are there.
    public init(reading bytes: [UInt8]) throws(BundleFault) {
        guard bytes.count <= Bundle.maximumBytes else {
            throw BundleFault("it has \(bytes.count) bytes, a bundle has at most \(Bundle.maximumBytes)")
        }
        var rest = bytes[...]
        let first = try Bundle.line(&rest, "format")
        guard first.elementsEqual(Bundle.format.utf8) else {
            throw BundleFault("it does not begin with \"\(Bundle.format)\": no bundle, or of another version")
        }
        let head = try Bundle.line(&rest, "header")
        let signature = try Bundle.line(&rest, "signature")
        do {
            header = try WireJSON.value(BundleHeader.self, from: Array(head))
        } catch {
            throw BundleFault("its header cannot be read: \(error)")
        }
        guard let raw = Data(base64Encoded: String(decoding: signature, as: UTF8.self)), raw.count == 64
        else {
            throw BundleFault("its third line is no signature")
        }
        guard rest.count == header.bytes else {
            throw BundleFault("its content has \(rest.count) bytes, its header says \(header.bytes)")
        }
        guard header.instance.isWellFormed, header.agent.isWellFormed, header.journal.isWellFormed,
            header.number > 0
        else { throw BundleFault("its header names no document") }
        self.signature = Array(raw)
        signed = Bundle.signed(Array(head))
        content = Array(rest)
    }

    /// The file of that content under that header; its length and hash are filled in here.
    public static func file(
        _ header: BundleHeader, content: [UInt8], sha256: String, sign: ([UInt8]) throws -> [UInt8]
    ) throws -> [UInt8] {
        var header = header
        header.bytes = content.count
        header.sha256 = sha256
        let head = try WireJSON.bytes(header)
        let signature = Data(try sign(signed(head))).base64EncodedString()
        return Array("\(format)\n".utf8) + head + Array("\n\(signature)\n".utf8) + content
    }

    /// Throws unless content, signature and addressee are right.
    public func check(
        instance: InstanceID, agent: AgentID, direction: BundleHeader.Direction,
        sha256: ([UInt8]) throws -> String, isSigned: ([UInt8], [UInt8]) throws -> Bool
    ) throws(BundleFault) {
        guard header.instance == instance else {
            throw BundleFault("it is of instance \(header.instance), not \(instance)")
        }
        guard header.agent == agent else { throw BundleFault("it is of agent \(header.agent), not \(agent)") }
        guard header.direction == direction else {
            throw BundleFault("it is a \(header.direction.rawValue), no \(direction.rawValue)")
        }
        guard (try? isSigned(signature, signed)) == true else {
            let whose = direction == .document ? "the agent's" : "the book's"
            throw BundleFault("it is not signed with \(whose) key")
        }
        guard (try? sha256(content)) == header.sha256 else {
            throw BundleFault("its content is not what was signed")
        }
    }

    /// The name of a document's file; in the order of the numbers when sorted by bytes.
    public static func name(number: Int64, journal: JournalID) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + "\(digits)-\(journal)\(suffix)"
    }

    private static func signed(_ header: [UInt8]) -> [UInt8] { Array("\(format)\n".utf8) + header }

    private static func line(_ rest: inout ArraySlice<UInt8>, _ what: String) throws(BundleFault)
        -> ArraySlice<
            UInt8
        >
    {
        let head = rest.prefix(maximumHeaderBytes + 1)
        guard let end = head.firstIndex(of: 0x0A) else {
            throw BundleFault("its \(what) has no end within \(maximumHeaderBytes) bytes")
        }
        let line = head[..<end]
        rest = rest[(end + 1)...]
        return line
    }
}
