import CLibPQ
import Glibc

/// libpq's reading of a connection string, with our defaults where it is silent.
struct ConnectionString {
    private(set) var options: [String: String] = [:]

    /// Throws `.connection` with libpq's own words about what is wrong with the string.
    init(_ settings: ConnectionSettings) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(settings.conninfo, &message) else {
            let text = message.map { String(cString: $0) } ?? "out of memory"
            PQfreemem(message)
            var error = PostgresError(.connection, "the connection string is not valid: " + text.oneLine)
            error.isHopeless = true
            throw error
        }
        defer { PQconninfoFree(parsed) }
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        options["options"] = settings.options(after: options["options"])
        options["client_encoding"] = "UTF8"
        for (name, value) in Self.defaults where options[name] == nil { options[name] = value }
        if options["application_name"] == nil { options["application_name"] = settings.applicationName }
    }

    /// A silent network is noticed within 30 s, and Kerberos is not looked for unless asked.
    private static let defaults = [
        "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3",
        "tcp_user_timeout": "30000", "gssencmode": "disable",
    ]

    /// Where it leads, without secrets, for error texts.
    var target: String {
        let shown = ["host", "hostaddr", "port", "dbname", "user"]
        let parts = shown.compactMap { name in options[name].map { "\(name)=\($0)" } }
        return parts.isEmpty ? "the default server" : parts.joined(separator: " ")
    }

    /// Starts a connection; blocks while it looks up host names.
    func start() -> OpaquePointer? {
        let names = options.keys.sorted()
        var keywords = names.map { UnsafePointer(strdup($0)) }
        var values = names.map { UnsafePointer(strdup(options[$0] ?? "")) }
        keywords.append(nil)
        values.append(nil)
        defer { for pointer in keywords + values { free(UnsafeMutablePointer(mutating: pointer)) } }
        return PQconnectStartParams(keywords, values, 0)
    }
}
