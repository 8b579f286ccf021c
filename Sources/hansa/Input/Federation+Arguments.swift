public import ArgumentParser
public import Federation

// Words of the rules that a command line takes as they are.

extension TaskState: ExpressibleByArgument {}
extension TaskKind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
