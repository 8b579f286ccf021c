internal import CSimd

/// The instruction set that the kernels of this process use.
enum Instructions {
    static let names = ["base", "avx2", "avx512"]

    /// Chooses the named one, or the best this processor has; answers the one in use.
    @discardableResult
    static func choose(_ name: String? = nil) -> String { String(cString: csimd_init(name)) }
}
