/// One combination of a matrix: the chosen value of each axis.
struct MatrixBindings {
    private let chosen: [String: MatrixValue]

    init(axes: [MatrixAxis], combination: Int) {
        var chosen: [String: MatrixValue] = [:]
        var rest = combination
        // The last axis changes fastest, as nested loops would.
        for axis in axes.reversed() {
            let (quotient, index) = rest.quotientAndRemainder(dividingBy: axis.values.count)
            chosen[axis.name] = axis.values[index]
            rest = quotient
        }
        self.chosen = chosen
    }

    func values(_ axis: String, _ field: String?) -> [String] {
        guard let value = chosen[axis] else { return [] }
        guard let field else { return [value.name] }
        return value.fields[field] ?? []
    }
}
