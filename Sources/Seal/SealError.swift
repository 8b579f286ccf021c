import COpenSSL

/// What went wrong with a key, a signature or a file, with OpenSSL's reason where it has one.
public struct SealError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, and why it failed.
    public let description: String

    init(_ description: String) { self.description = description }

    /// Takes the reasons from OpenSSL's queue of errors of this thread, which it empties.
    static func openSSL(_ attempt: String) -> SealError {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if !reasons.contains(text) { reasons.append(text) }
        }
        return SealError(reasons.isEmpty ? attempt : "\(attempt): \(reasons.joined(separator: ", "))")
    }
}
