/// Why a drill could not go on, in words that say what was waited for or asked.
package struct DrillFault: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
