import CLibPQ

extension String {
    /// The text without line breaks and repeated white space; libpq breaks its texts for terminals.
    var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension PostgresError {
    /// The fields of libpq's `PG_DIAG_…`.
    private enum Field: UInt8 {
        case severity = 0x56  // V, not translated
        case state = 0x43  // C
        case message = 0x4D  // M
        case detail = 0x44  // D
        case hint = 0x48  // H
        case table = 0x74  // t
        case column = 0x63  // c
        case constraint = 0x6E  // n
    }

    /// Reads a failed result; `fatal` says that the server ends the session with it.
    static func from(_ result: OpaquePointer) -> (error: PostgresError, fatal: Bool) {
        func field(_ name: Field) -> String? {
            PQresultErrorField(result, Int32(name.rawValue)).map { String(cString: $0) }
        }
        let text = field(.message) ?? String(cString: PQresultErrorMessage(result)).oneLine
        var error = PostgresError(.server, text)
        error.sqlState = field(.state)
        error.detail = field(.detail)
        error.hint = field(.hint)
        error.table = field(.table)
        error.column = field(.column)
        error.constraint = field(.constraint)
        let severity = field(.severity)
        return (error, severity == "FATAL" || severity == "PANIC")
    }

    /// A connection attempt has no result to ask for its SQLSTATE, so the text is asked for verbosely
    /// (`FATAL:  28P01: …`) and taken apart here.
    static func refusedConnection(_ text: String, to target: String) -> PostgresError {
        var state: String?
        var lines: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("LOCATION:") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            let found = parts.indices.dropFirst().first { index in
                // Two spaces, or `FATAL` itself would look like one.
                let word = parts[index].dropFirst(2)
                return parts[index].hasPrefix("  ") && word.count == 5
                    && word.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            }
            if let found, parts.index(after: found) < parts.endIndex {
                state = String(parts[found].dropFirst(2))
                lines.append((parts[..<found] + parts[(found + 1)...]).joined(separator: ":"))
            } else {
                lines.append(String(line))
            }
        }
        let message = lines.joined(separator: "; ").oneLine
        var error = PostgresError(.connection, "cannot connect to \(target): \(message)")
        error.sqlState = state
        return error
    }
}
