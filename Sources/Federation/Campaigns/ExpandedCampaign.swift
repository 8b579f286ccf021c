/// A campaign as single tasks, ready to be put into the book.
public struct ExpandedCampaign: Hashable, Sendable {
    /// The tasks; a task's place here is its index in the submission.
    public var tasks: [TaskSpec]
    /// For each task the places of the tasks that must complete first: those it names, and those whose outputs it
    /// reads.
    public var dependencies: [[Int]]
    /// For each task the tasks of earlier campaigns whose outputs it reads.
    public var earlierTasks: [[TaskID]]
    /// For each task what it reads or makes that may not leave a site.
    public var residency: [[Residency]]

    /// The shape of the task at that place.
    public func shape(_ index: Int) -> Shape { Shape(of: tasks[index], residency: residency[index]) }
}
