import Testing

/// Tests that start the built kernel; one at a time, as each takes the cores.
@Suite(.serialized) struct RunningTests {}
