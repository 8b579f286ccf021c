import Coordination
import HTTPTypes
import Hummingbird
import Wire

/// The one place where what a layer below throws becomes an HTTP status.
extension Failure {
    init(_ error: any Error, request: Request) {
        switch error {
        case let failure as Failure: self = failure
        case let fault as BodyFault: self.init(fault)
        case let error as CoordinationError: self.init(error)
        case let refusal as Authority.Refusal: self = .badRequest(refusal.description)
        case let error as HTTPError: self.init(error)
        case is CancellationError:
            self = .unavailable("the coordinator is shutting down, or the client has left")
        default:
            self = Failure(
                "internal", "the coordinator failed", status: 500,
                "this is not the request's fault; its number leads to the cause in the coordinator's log")
        }
    }

    private init(_ fault: BodyFault) {
        switch fault.kind {
        case .tooLarge: self = .tooLarge(fault.detail)
        case .syntax, .notUTF8, .tooDeep: self = .badRequest(fault.detail, faults: fault.faults)
        case .wrongType, .unknownKey:
            self.init("invalid", "the request is not valid", status: 422, fault.detail)
            problem.faults = fault.faults
        }
    }

    private init(_ error: CoordinationError) {
        let (title, status): (String, Int) =
            switch error.code {
            case .notFound: ("not found", 404)
            case .invalid: ("the request is not valid", 422)
            case .conflict: ("it contradicts what is there", 409)
            case .forbidden: ("not allowed", 403)
            case .refused: ("the rules refuse it", 422)
            case .unavailable: ("not now", 503)
            case .tooLarge: ("too large", 413)
            case .stale: ("the world has moved on", 409)
            case .gone: ("it was there once", 410)
            }
        self.init(error.code.rawValue, title, status: status, error.message)
        if !error.faults.isEmpty {
            problem.faults = error.faults.map {
                Problem.Fault(path: $0.path, message: $0.message, suggestion: $0.suggestion)
            }
        }
        if !error.extra.isEmpty { problem.extra = error.extra }
        if error.code == .unavailable { headers[.retryAfter] = "2" }
    }

    private init(_ error: HTTPError) {
        let word = error.status.code == 404 ? "notFound" : "badRequest"
        self.init(
            word, error.status.reasonPhrase, status: error.status.code, error.body ?? "there is nothing here")
        headers = error.headers
    }
}
