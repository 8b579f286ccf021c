public import Federation

extension SlurmLauncher {
    /// Submissions of one turn, so that a long line does not keep everything else from being looked at.
    static let submissionsPerTurn = 50

    /// All that wait, while Slurm answers.
    public func admit(_ waiting: [(pack: PackID, offer: Offer)]) async -> [PackID: Admission] {
        var answers: [PackID: Admission] = [:]
        let remark = reach.remark(now: WallClock.sinceBoot())
        for (index, entry) in waiting.enumerated() {
            if remark != nil {
                // The seconds in the remark would make it a new reason every time.
                answers[entry.pack] = .later("waits for Slurm, which does not answer")
            } else {
                answers[entry.pack] =
                    index < SlurmLauncher.submissionsPerTurn
                    ? .now : .later("waits for its turn to be submitted")
            }
        }
        return answers
    }

    /// Writes the job's script and asks `sbatch`. Only a clean id is an answer.
    public func submit(_ request: JobRequest) async -> SubmissionAnswer {
        let pack = request.offer.pack
        let script = "\(request.folder.path)/job.sh"
        let text = JobScript.text(
            folder: request.folder, instance: site.instance, pack: pack, executable: site.executable)
        do {
            // Slurm keeps a copy of its own: this one is for people, and no power cut matters to it.
            try DurableFile.write(Array(text.utf8), to: script, mode: 0o700, syncingFolder: false)
        } catch {
            return .doubtful("\(error)")
        }
        let place = partition(request.offer.partition)
        let qos = qos(request.offer.partition)
        let options = SubmissionOptions(
            request: request, partition: place, qos: qos, killSeconds: site.killSeconds,
            longest: limits.walltime(partition: place, qos: qos),
            allNodes: limits.partitions[place]?.allNodes, extra: site.slurm.extra)
        let answer = await shell.run("sbatch", options.words(script: script))
        switch answer {
        case .answered(let output, let remarks):
            if let job = SlurmLauncher.jobID(output) { return .submitted(job: job) }
            doubts[pack] = UnclearSubmission()
            return .doubtful("sbatch gave no id: \(SlurmAnswer.words(output)) \(remarks)")
        case .refused(let words): return .rejected("Slurm refuses the job: \(words)")
        case .denied(let words): return .rejected("this user may not submit jobs here: \(words)")
        case .unreachable(let words), .timedOut(let words):
            doubts[pack] = UnclearSubmission()
            reach.failed(words, now: WallClock.sinceBoot())
            return .doubtful("nobody knows whether Slurm took the job: \(words)")
        }
    }

    /// The id in what `sbatch --parsable` printed (`17`, or `17;cluster`), and nothing else.
    static func jobID(_ output: [UInt8]) -> String? {
        guard output.last == 0x0A else { return nil }
        let line = output.dropLast()
        let parts = String(decoding: line, as: UTF8.self).split(
            separator: ";", omittingEmptySubsequences: false)
        guard let id = parts.first, (1...2).contains(parts.count), (1...19).contains(id.count),
            id.utf8.allSatisfy({ (0x30...0x39).contains($0) }), id.first != "0", !line.contains(0x0A)
        else { return nil }
        return String(id)
    }
}
