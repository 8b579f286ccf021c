/// The Slurm job that an agent lives in where neither systemd nor cron is allowed: it runs cycles for some minutes, and
/// has its successor in the queue before its first one.
///
/// Never two at once: `singleton` starts a job only when none of the same name and user runs. Never two in the queue: a
/// job adds one only if the queue, asked by that name, answers that none is pending; of several, which a copy of the
/// script by hand can make, all but the oldest are taken out. A queue that does not answer is asked again at the next
/// round.
enum AgentJobScript {
    static func text(_ agent: InstalledAgent, _ settings: JobModeSettings) -> String {
        let path = "\(agent.folder.path)/\(agent.name).job"
        let cycle = agent.command("once", ["--log-level", "warning"]).map(ShellWord.quoted)
        var head = [
            "--job-name=\(agent.name)", "--dependency=singleton",
            "--time=\(settings.minutes + 3)", "--nodes=1", "--ntasks=1", "--cpus-per-task=1", "--mem=1G",
            "--requeue", "--signal=B:TERM@60", "--open-mode=append",
            // Slurm reads quotes there as a shell does, and `%` as the beginning of a name of its own.
            "--output=" + ShellWord.quoted("\(agent.folder.path)/agent-job.log".replacing("%", with: "%%")),
        ]
        head += settings.options
        return """
            #!/bin/bash
            \(head.map { "#SBATCH \($0)" }.joined(separator: "\n"))
            # Written by `hansa-agent install --job`, removed by `hansa-agent uninstall`: without this file the job ends.
            script=\(ShellWord.quoted(path))
            name=\(ShellWord.quoted(agent.name))
            over=
            trap 'over=1' TERM

            # One successor, and only if the queue says that there is none.
            succeed() {
                local pending
                pending=$(squeue --noheader --user="$(id -un)" --name="$name" --states=PENDING \\
                    --format=%A --sort=i 2>&1) || return 0
                # Anything but numbers is no answer, and empty is one only if nothing else was said.
                case $pending in *[!0-9[:space:]]*) return 0 ;; esac
                # shellcheck disable=SC2086
                set -- $pending
                if [ $# -eq 0 ]; then
                    sbatch --quiet --begin=now+\(settings.minutes + settings.pauseMinutes)minutes "$script"
                elif [ $# -gt 1 ]; then
                    shift
                    scancel --state=PENDING "$@"
                fi
            }

            end=$((SECONDS + \(settings.minutes * 60)))
            while [ -z "$over" ] && [ -e "$script" ] && [ $SECONDS -lt $end ]; do
                succeed
                \(cycle.joined(separator: " "))
                sleep \(settings.everySeconds) &
                wait $!
            done
            exit 0

            """
    }

    static func hints(_ agent: InstalledAgent, _ settings: JobModeSettings) -> [String] {
        let path = "\(agent.folder.path)/\(agent.name).job"
        let hours = 8766.0 * Double(settings.minutes) / Double(settings.minutes + settings.pauseMinutes)
        return [
            "start it:  sbatch \(ShellWord.quoted(path))    (once; it puts itself into the queue again)",
            "look:      squeue --user=$USER --name=\(agent.name)",
            "it costs one core for \(settings.minutes) of every \(settings.minutes + settings.pauseMinutes) minutes: "
                + "about \(Int(hours)) core-hours a year, charged to the account that it runs under",
            "nothing is told to the coordinator while its job waits: give it a partition that is quick "
                + "(--option=--partition=…), and an account if the site wants one (--option=--account=…)",
        ]
    }

    static func leavingHints(name: String) -> [String] {
        [
            "its job ends by itself within a minute, its successor at its start; at once: scancel --user=$USER --name=\(name)"
        ]
    }
}
