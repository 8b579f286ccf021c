internal import Glibc
internal import TrainingKernel

// Synchronous on purpose: MPI is called from the main thread only.
exit(Kernel.run(Array(CommandLine.arguments.dropFirst())))
