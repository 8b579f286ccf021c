/// Seconds of one step by phase, as the root sees them.
struct PhaseTimes {
    var data = 0.0
    var forward = 0.0
    var backward = 0.0
    var allreduce = 0.0
    var optimiser = 0.0
    var checkpoint = 0.0
}
