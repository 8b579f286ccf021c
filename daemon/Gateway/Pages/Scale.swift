/// Maps values of an axis to coordinates, and finds round ticks.
struct Scale {
    let from: Double
    let to: Double
    let start: Double
    let end: Double

    /// The coordinate of a value.
    func at(_ value: Double) -> Double {
        guard to > from else { return start }
        return start + (value - from) / (to - from) * (end - start)
    }

    /// The coordinate as SVG text.
    func text(_ value: Double) -> String { Scale.text(at(value)) }

    /// A coordinate with at most one digit after the point.
    static func text(_ coordinate: Double) -> String {
        guard coordinate.isFinite, abs(coordinate) < 1e9 else { return "0" }
        let tenths = Int64((coordinate * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// Round values within the axis, about so many.
    func ticks(_ count: Int) -> [Double] {
        guard to > from, (to - from).isFinite else { return [from] }
        let step = Scale.roundStep((to - from) / Double(max(1, count)))
        var value = (from / step).rounded(.up) * step
        var ticks: [Double] = []
        while value <= to + step / 1e6, ticks.count < 50 {
            ticks.append(value)
            value += step
        }
        return ticks
    }

    /// Digits after the point that tell the ticks of an axis apart.
    func digits(_ count: Int) -> Int {
        var step = Scale.roundStep((to - from) / Double(max(1, count)))
        var digits = 0
        while step < 0.999, digits < 6 {
            step *= 10
            digits += 1
        }
        return digits
    }

    private static func roundStep(_ raw: Double) -> Double {
        var magnitude = 1.0
        while magnitude > raw, magnitude > 1e-12 { magnitude /= 10 }
        while magnitude * 10 <= raw, magnitude < 1e15 { magnitude *= 10 }
        for factor in [1.0, 2, 5, 10] where magnitude * factor >= raw { return magnitude * factor }
        return magnitude * 10
    }
}
