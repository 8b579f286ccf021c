/// What sort of work a task is.
public enum TaskKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Trains a model; usually a gang of ranks, usually a chain.
    case training
    /// Scores a model.
    case evaluation
    /// Prepares, converts or moves data (also tokenizers and quantised models).
    case data
}
