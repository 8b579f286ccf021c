/// The cookie of the pages' session: a token that scripts cannot read and other sites' forms do not carry.
enum SessionCookie {
    static let name = "hansa_session"

    /// The session's token, if one of the Cookie headers has it.
    static func token(in headers: [String]) -> String? {
        for header in headers {
            for part in header.split(separator: ";") {
                let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if pair.count == 2, pair[0] == name, !pair[1].isEmpty { return String(pair[1]) }
            }
        }
        return nil
    }

    /// Sets the session for twelve hours; `isSecure` keeps it off plain HTTP.
    static func set(_ token: String, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; HttpOnly; SameSite=Lax; Max-Age=43200" + (isSecure ? "; Secure" : "")
    }

    /// Ends the session in the browser.
    static let clear = "\(name)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
}
