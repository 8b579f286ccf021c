internal import Glibc

/// Linear warm-up, then half a cosine down to a twentieth of the peak.
struct LearningRate {
    let peak: Double
    let warmup: Int
    let steps: Int

    /// `step` counts from 1.
    func at(_ step: Int) -> Double {
        if step <= warmup { return peak * Double(step) / Double(max(1, warmup)) }
        let progress = Double(step - warmup) / Double(max(1, steps - warmup))
        return peak * (0.05 + 0.95 * 0.5 * (1 + cos(.pi * min(1, progress))))
    }
}
