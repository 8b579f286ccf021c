import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#endif

/// Turns what the HTTP client throws into a `ClientError` with words that name the address and the likely cause.
struct TransportFailure {
    let address: String

    func error(for error: any Error) -> ClientError {
        if let known = error as? ClientError { return known }
        if error is CancellationError { return cancelled }
        if let error = error as? HTTPClientError { return http(error) }
        if let error = error as? NIOConnectionError { return connection(error) }
        if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
            return tls("\(error)")
        }
        if let error = error as? IOError { return io(error) }
        return ClientError(kind: .unreachable, title: "\(address) cannot be reached", detail: "\(error)")
    }

    private var cancelled: ClientError {
        ClientError(kind: .cancelled, title: "the request was given up", detail: "")
    }

    private func http(_ error: HTTPClientError) -> ClientError {
        switch error {
        case .cancelled: return cancelled
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            return ClientError(
                kind: .timeout, title: "no connection to \(address) in time",
                detail: "nothing answered; is the address right, and does a firewall let it through?")
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            return ClientError(
                kind: .timeout, title: "\(address) did not answer in time",
                detail: "the connection was there, the answer was not")
        case .remoteConnectionClosed, .uncleanShutdown:
            return ClientError(
                kind: .unreachable, title: "\(address) closed the connection",
                detail: "no answer came; an agent's endpoint does so to a client without a certificate")
        case .invalidURL, .emptyHost, .emptyScheme:
            return ClientError(
                kind: .unsendable, title: "\(address) is no address", detail: error.shortDescription)
        default:
            return ClientError(kind: .unreachable, title: "\(address) cannot be reached", detail: "\(error)")
        }
    }

    private func connection(_ error: NIOConnectionError) -> ClientError {
        if let first = error.connectionErrors.first?.error {
            if let inner = first as? IOError { return io(inner) }
            if first is ChannelError { return http(.connectTimeout) }
            return self.error(for: first)
        }
        return ClientError(
            kind: .unreachable, title: "\(error.host) has no address",
            detail: "the name does not resolve on this host")
    }

    private func io(_ error: IOError) -> ClientError {
        switch error.errnoCode {
        case ECONNREFUSED:
            ClientError(
                kind: .refused, title: "\(address) refuses connections",
                detail: "the host is there, but nothing listens on that port")
        case ETIMEDOUT:
            ClientError(kind: .timeout, title: "no connection to \(address) in time", detail: "")
        default:
            ClientError(
                kind: .unreachable, title: "\(address) cannot be reached",
                detail: String(cString: strerror(error.errnoCode)))
        }
    }

    private func tls(_ text: String) -> ClientError {
        let reason: String
        if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidateCertificate") {
            reason = "its certificate does not come from the authority that this client trusts"
        } else if text.contains("failedToValidateHostname") {
            reason = "its certificate is for another name than the one in the address"
        } else if text.contains("ALERT") {
            reason = "it does not accept this client's certificate (\(text))"
        } else {
            reason = text
        }
        return ClientError(
            kind: .certificate, title: "no trust between this client and \(address)", detail: reason)
    }
}
