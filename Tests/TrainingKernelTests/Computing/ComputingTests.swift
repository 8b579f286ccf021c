import Testing

/// Tests that compute in this process: the kernels' tables and rooms belong to one thread, as MPI does.
@Suite(.serialized) struct ComputingTests {}
