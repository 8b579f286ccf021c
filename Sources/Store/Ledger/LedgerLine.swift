import Federation
import Postgres

/// The canonical line of an entry: what a block's hash is over.
///
/// Thirteen fields with a tab between them and a newline behind: number, booked at, effective (both microseconds since
/// 1970, UTC), kind, budget, site, amount, released (both thousandths of a unit-second), attempt, caused by, reason,
/// usage (canonical JSON), and the format's version, `1`. A field that is not there is empty. In texts a backslash is
/// written `\\`, a tab `\t`, a newline `\n`, a carriage return `\r`.
///
/// A block's hash is SHA-256 over the 32 bytes of the previous block's hash and its lines:
/// `(printf %s "$previous" | xxd -r -p; cat lines) | sha256sum`. Its signature is Ed25519 over the 64 hexadecimal
/// digits of the hash: `openssl pkeyutl -verify -pubin -inkey ledger.pub -rawin -in hash -sigfile signature`.
enum LedgerLine {
    /// The columns that `text` reads, of `ledger_entry e`.
    static let columns: SQL = """
        e.booked_at, e.effective, e.kind, e.budget, e.site, e.amount, e.released, e.attempt, e.caused_by, e.reason,
        e.usage
        """

    /// The line under that number.
    static func text(number: Int64, row: Row) throws -> String {
        let fields: [String] = [
            String(number),
            String(try row.decode("booked_at", as: Instant.self).microseconds),
            String(try row.decode("effective", as: Instant.self).microseconds),
            try row.decode("kind"),
            escaped(try row.decode("budget")),
            escaped(try row.decode("site")),
            String(try row.decode("amount", as: Int64.self)),
            String(try row.decode("released", as: Int64.self)),
            escaped(try row.decode("attempt")),
            escaped(try row.decode("caused_by")),
            escaped(try row.decode("reason")),
            escaped(try row.decode("usage")),
            "1",
        ]
        return fields.joined(separator: "\t") + "\n"
    }

    private static func escaped(_ text: String?) -> String {
        guard let text else { return "" }
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
            return text
        }
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\t": out += "\\t"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
