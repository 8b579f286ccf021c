internal import CMPI
internal import CSimd

/// `hansa-kernel train`
enum TrainCommand {
    private static let about = """
        Trains a GPT-2 on the ranks of this run (start it under mpirun or srun for more than one).
        HANSA_INPUTS holds the folder tokenizer and any number of train-<language> with a train.txt, UTF-8, one
        document a line; HANSA_OUTPUTS gets model, model-initial and result.json. HANSA_CHECKPOINTS gets checkpoints,
        HANSA_RESUME names one to go on from, HANSA_METRICS gets a JSON line a step. After SIGUSR1 or SIGTERM all ranks
        finish their step, save a checkpoint and exit with 85: "continue me".
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let given = try CommandLineOptions(
            arguments, command: "train", about: about, options: TrainOptions.options)
        if given.isHelp { return 0 }
        cmpi_watch_stop_signals()
        let world = try World()
        defer { world.close() }
        do {
            let options = try world.together { try TrainOptions(given) }
            return try TrainingRun.run(options, world)
        } catch {
            let fault = KernelFault.of(error)
            if !fault.isShared, world.size > 1 {
                SystemCall.complain(fault.message)
                world.abort(fault.code.rawValue)
            }
            throw fault
        }
    }
}
