/// A row-major run of floats owned by an arena.
typealias Floats = UnsafeMutablePointer<Float>
