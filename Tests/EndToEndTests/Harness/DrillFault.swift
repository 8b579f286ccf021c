/// Why a drill could not go on, in words that say what was waited for or asked.
struct DrillFault: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
