import Federation
import HTTPTypes
import Wire

/// A request's failure with everything its answer needs.
struct Failure: Error, Sendable {
    var problem: Problem
    var headers: HTTPFields = [:]

    init(_ word: String, _ title: String, status: Int, _ detail: String) {
        problem = Problem(type: Problem.typePrefix + word, title: title, status: status, detail: detail)
    }

    static func notFound(_ detail: String) -> Failure {
        Failure("notFound", "not found", status: 404, detail)
    }

    static func badRequest(_ detail: String, faults: [Problem.Fault]? = nil) -> Failure {
        var failure = Failure("badRequest", "the request is not understood", status: 400, detail)
        failure.problem.faults = faults
        return failure
    }

    static func forbidden(_ detail: String) -> Failure {
        Failure("forbidden", "not allowed", status: 403, detail)
    }

    static func tooLarge(_ detail: String) -> Failure {
        Failure("tooLarge", "too large", status: 413, detail)
    }

    static func unauthenticated(_ detail: String, isPage: Bool) -> Failure {
        var failure = Failure("unauthenticated", "sign in first", status: 401, detail)
        failure.headers[.wwwAuthenticate] = isPage ? nil : "Bearer realm=\"hansa\""
        return failure
    }

    static func certificateExpired() -> Failure {
        Failure(
            "certificateExpired", "the certificate has expired", status: 401,
            "renew it at /v1/agent/renewals of the members' address, signed with the agent's Ed25519 key")
    }

    static func methodNotAllowed(_ method: String, allowed: [String]) -> Failure {
        let list = allowed.joined(separator: ", ")
        var failure = Failure(
            "methodNotAllowed", "not with this method", status: 405,
            "\(method) is not for this path; use \(list)")
        failure.headers[.allow] = list
        return failure
    }

    static func unavailable(_ detail: String) -> Failure {
        var failure = Failure("unavailable", "not now", status: 503, detail)
        failure.headers[.retryAfter] = "2"
        return failure
    }

    static func unsupportedMediaType(_ type: String) -> Failure {
        Failure(
            "unsupportedMediaType", "not this kind of body", status: 415,
            "the body is \(type.prefix(100)); send \(WireJSON.contentType)")
    }
}
