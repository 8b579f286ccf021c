/// Takes the faults of one document while it is read, so that people see all of them at once.
final class FaultCollector {
    private(set) var faults: [DocumentFault] = []

    var isFull: Bool { faults.count >= DocumentFaults.limit }

    func add(_ path: [PathStep], _ message: String, suggestion: String? = nil) {
        guard !isFull else { return }
        let fault = DocumentFault(path: path, message: message, suggestion: suggestion)
        if !faults.contains(fault) { faults.append(fault) }
    }

    func throwIfAny() throws(DocumentFaults) {
        if !faults.isEmpty { throw DocumentFaults(faults: faults) }
    }
}
