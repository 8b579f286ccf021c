internal import CMPI
internal import CSimd

/// The ranks of this run. Without mpirun or srun around it a run is one rank and MPI is not started at all.
final class World {
    let rank: Int
    let size: Int
    /// Name and version of the MPI library, or "none".
    let library: String
    private let usesMPI: Bool

    /// True for the rank that writes files and talks.
    var isRoot: Bool { rank == 0 }

    init() throws {
        let marks = ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"]
        usesMPI = marks.contains { SystemCall.environment($0) != nil }
        guard usesMPI else {
            (rank, size, library) = (0, 1, "none")
            return
        }
        guard cmpi_init() == 0 else {
            throw KernelFault(
                code: .software, message: "MPI does not start; is it the library of the launcher?")
        }
        rank = Int(cmpi_rank())
        size = Int(cmpi_size())
        library = String(cString: cmpi_library())
        try checkLauncher()
    }

    /// A kernel built against another MPI than the launcher's becomes N runs of one rank, which write over each other.
    private func checkLauncher() throws {
        let marks = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"]
        for mark in marks {
            guard let expected = SystemCall.environment(mark).flatMap({ Int($0) }), expected != size else {
                continue
            }
            cmpi_finalize()
            throw KernelFault(
                code: .software,
                message: "the launcher started \(expected) ranks (\(mark)) but \(library) sees \(size): "
                    + "start the kernel with the launcher of the MPI it was built with")
        }
    }

    /// Ends MPI. Call it once, on every way out.
    func close() {
        if usesMPI { cmpi_finalize() }
    }

    /// Ends every rank at once: the others cannot know of this rank's fault.
    func abort(_ code: Int32) {
        if usesMPI, size > 1 { cmpi_abort(code) }
    }

    /// Waits for all ranks.
    func barrier() {
        if size > 1 { cmpi_barrier() }
    }

    /// Sums in place over all ranks, in pieces: one large call is several times slower.
    func sum(_ values: Floats, count: Int) {
        guard size > 1 else { return }
        let piece = 1 << 20
        for at in stride(from: 0, to: count, by: piece) {
            cmpi_allreduce_sum_f32(values + at, min(piece, count - at))
        }
    }

    /// Sums a few doubles over all ranks.
    func sum(_ values: [Double]) -> [Double] {
        guard size > 1 else { return values }
        var values = values
        values.withUnsafeMutableBufferPointer { cmpi_allreduce_sum_f64($0.baseAddress, $0.count) }
        return values
    }

    /// The largest of all ranks' values.
    func largest(_ value: Int) -> Int {
        size > 1 ? Int(cmpi_allreduce_max_i32(Int32(clamping: value))) : value
    }

    /// Gives all ranks the root's bytes; every rank brings room for as many.
    func broadcast(_ bytes: UnsafeMutableRawBufferPointer, root: Int) {
        guard size > 1, let base = bytes.baseAddress else { return }
        cmpi_broadcast(base, bytes.count, Int32(root))
    }

    /// Gives all ranks the root's number.
    func broadcast(_ value: Int, root: Int) -> Int {
        var value = value
        withUnsafeMutableBytes(of: &value) { broadcast($0, root: root) }
        return value
    }

    /// Runs `body` on every rank; if it throws on any, all ranks throw and leave together, and the first of them
    /// tells why. Without this the others would wait for ever in their next collective call.
    func together<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        var fault: KernelFault?
        do {
            value = try body()
        } catch {
            fault = .of(error)
        }
        let first = size - largest(fault == nil ? 0 : size - rank)
        if first == size, let value { return value }
        if size == 1, let fault { throw fault }
        let code = broadcast(Int(fault?.code.rawValue ?? 0), root: first)
        throw KernelFault(
            code: KernelFault.Code(rawValue: Int32(code)) ?? .software,
            message: fault?.message ?? "rank \(first) failed", isShared: true, isSilent: rank != first)
    }
}
