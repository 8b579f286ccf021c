/// One tensor of a model: its name in the GPT-2 files of Hugging Face, and its place in the flat vector.
struct Tensor {
    /// What decides initial values and weight decay.
    enum Role {
        case matrix
        /// A matrix that adds to the residual stream: begins smaller, the deeper the model.
        case residual
        case scale
        case bias
    }

    let name: String
    /// Rows first; a linear layer is stored [inputs, outputs], as GPT-2's Conv1D.
    let shape: [Int]
    let role: Role
    /// In floats.
    let offset: Int

    var count: Int { shape.reduce(1, *) }
    /// Matrices decay, biases and scales do not.
    var decays: Bool { role == .matrix || role == .residual }
}
