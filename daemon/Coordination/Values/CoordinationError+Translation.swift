import Federation
import Postgres
import Store

extension CoordinationError {
    /// Runs a use case's body; what the parts below throw comes out in words for people.
    static func translating<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch {
            throw translated(error)
        }
    }

    /// The error as the outside sees it. A cancellation stays one.
    static func translated(_ error: any Error) -> any Error {
        switch error {
        case let error as CoordinationError: error
        case let fault as StoreFault: CoordinationError(code(of: fault), fault.description)
        case let faults as DocumentFaults: CoordinationError(faults)
        case let fault as LedgerFault: CoordinationError(.refused, fault.inWords)
        case let refusal as WriteOffRefusal: CoordinationError(refusal)
        case let refusal as FinalRecordRefusal: CoordinationError(.conflict, refusal.inWords)
        case let error as PostgresError: CoordinationError(error)
        default: error
        }
    }

    private static func code(of fault: StoreFault) -> Code {
        switch fault {
        case .noBook: .unavailable
        case .notFound: .notFound
        case .otherBody, .conflict: .conflict
        case .fenced, .staleEpoch: .stale
        case .badCursor, .unresolved: .invalid
        }
    }

    private init(_ faults: DocumentFaults) {
        let count = faults.faults.count
        self.init(
            .invalid, "the document has \(count) fault\(count == 1 ? "" : "s")",
            faults: faults.faults.map {
                Fault(path: PathStep.text($0.path), message: $0.message, suggestion: $0.suggestion)
            })
    }

    private init(_ refusal: WriteOffRefusal) {
        switch refusal {
        case .unknown(let key): self.init(.notFound, "there is no attempt \(key)")
        case .settled(let key):
            self.init(.conflict, "\(key) holds nothing: it is settled or was never confirmed")
        case .mayRun(let key, let until):
            self.init(
                .refused,
                "something of \(key) may be running until \(until.timeText): write it off after that",
                extra: ["until": .integer(until.microseconds)])
        }
    }

    private init(_ error: PostgresError) {
        switch error.code {
        case .connection, .lost, .closed, .timeout:
            self.init(.unavailable, "the database does not answer: \(error.description)")
        case .cancelled:
            self.init(.unavailable, "the request was given up")
        default:
            if error.isRetryable {
                self.init(.unavailable, "others were faster several times: try again")
            } else if error.sqlState?.hasPrefix("22") == true {
                self.init(.invalid, "a value cannot be kept: \(error.description)")
            } else if error.sqlState?.hasPrefix("23") == true {
                self.init(.conflict, "the book refuses it: \(error.description)")
            } else {
                self.init(.unavailable, "the database refused: \(error.description)")
            }
        }
    }
}
