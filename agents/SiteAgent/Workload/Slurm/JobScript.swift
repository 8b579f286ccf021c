import Federation

/// The job's script. It only becomes the wrapper: whether anything runs is decided there.
enum JobScript {
    /// The script of that pack.
    static func text(
        folder: RunFolder, instance: InstanceID, pack: PackID, executable: String
    ) -> String {
        let quoted = SlurmShell.quoted
        var lines = [
            "#!/bin/sh",
            "# Made by hansa-agent. Nothing runs here that has run before: the folder's start marker decides.",
            // Slurm runs a job whose folder is missing somewhere else, and calls it a success.
            "cd \(quoted(folder.path)) && [ -f record.json ] || {",
            "    echo \"hansa: the run folder cannot be entered on $(hostname)\" >&2",
            "    exit \(PackRun.Exit.unusable.rawValue)",
            "}",
            "unset LC_ALL SLURM_EXPORT_ENV SLURM_GET_USER_ENV SLURM_TIME_FORMAT",
            "[ -n \"$PATH\" ] || PATH=/usr/local/bin:/usr/bin:/bin",
        ]
        let variables = [
            ("INSTANCE", instance.rawValue), ("LAUNCHER", SlurmLauncher.name), ("PACK", pack.rawValue),
            ("ROLE", "wrapper"),
        ]
        for (name, value) in variables {
            lines.append("export HANSA_\(name)=\(quoted(value))")
        }
        lines.append("export PATH")
        lines.append("exec \(quoted(executable)) run-pack \(quoted(folder.path))")
        return lines.joined(separator: "\n") + "\n"
    }
}
