/// The options of sbatch 22.05, by their long names, and those of later versions that a task can be made of.
public enum SbatchOption: String, Hashable, Sendable, CaseIterable {
    /// Options with a, named as sbatch names them.
    case account, acctgFreq = "acctg-freq", array
    /// Options with b, named as sbatch names them.
    case batch, bb, bbf, begin
    /// Options with c, named as sbatch names them.
    case chdir, clusterConstraint = "cluster-constraint", clusters, comment, constraint, container,
        context, contiguous, coreSpec = "core-spec", coresPerSocket = "cores-per-socket",
        cpuFreq = "cpu-freq", cpusPerGpu = "cpus-per-gpu", cpusPerTask = "cpus-per-task"
    /// Options with d, named as sbatch names them.
    case deadline, delayBoot = "delay-boot", dependency, distribution
    /// Options with e, named as sbatch names them.
    case error, exclude, exclusive, export, exportFile = "export-file", extraNodeInfo = "extra-node-info"
    /// Options with g, named as sbatch names them.
    case getUserEnv = "get-user-env", gid, gpuBind = "gpu-bind", gpuFreq = "gpu-freq", gpus,
        gpusPerNode = "gpus-per-node", gpusPerSocket = "gpus-per-socket", gpusPerTask = "gpus-per-task", gres,
        gresFlags = "gres-flags"
    /// Options with h, named as sbatch names them.
    case help, hint, hold
    /// Options with i, named as sbatch names them.
    case ignorePbs = "ignore-pbs", input
    /// Options with j, named as sbatch names them.
    case jobName = "job-name"
    /// Options with k, named as sbatch names them.
    case killOnInvalidDep = "kill-on-invalid-dep"
    /// Options with l, named as sbatch names them.
    case licenses
    /// Options with m, named as sbatch names them.
    case mailType = "mail-type", mailUser = "mail-user", mcsLabel = "mcs-label", mem, memBind = "mem-bind",
        memPerCpu = "mem-per-cpu", memPerGpu = "mem-per-gpu", mincpus
    /// Options with n, named as sbatch names them.
    case network, nice, noKill = "no-kill", noRequeue = "no-requeue", nodefile, nodelist, nodes, ntasks,
        ntasksPerCore = "ntasks-per-core", ntasksPerGpu = "ntasks-per-gpu",
        ntasksPerNode = "ntasks-per-node", ntasksPerSocket = "ntasks-per-socket"
    /// Options with o, named as sbatch names them.
    case openMode = "open-mode", output, overcommit, oversubscribe
    /// Options with p, named as sbatch names them.
    case parsable, partition, power, prefer, priority, profile, propagate
    /// Options with q, named as sbatch names them.
    case qos, quiet
    /// Options with r, named as sbatch names them.
    case reboot, requeue, reservation
    /// Options with s, named as sbatch names them.
    case signal, socketsPerNode = "sockets-per-node", spreadJob = "spread-job", switches
    /// Options with t, named as sbatch names them.
    case testOnly = "test-only", threadSpec = "thread-spec", threadsPerCore = "threads-per-core", time,
        timeMin = "time-min", tmp, tresPerTask = "tres-per-task"
    /// Options with u, named as sbatch names them.
    case uid, usage, useMinNodes = "use-min-nodes"
    /// Options with v, named as sbatch names them.
    case verbose, version
    /// Options with w, named as sbatch names them.
    case wait, waitAllNodes = "wait-all-nodes", wckey, wrap
}
