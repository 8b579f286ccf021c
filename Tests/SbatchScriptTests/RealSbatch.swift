import Glibc

/// The sbatch of this machine, where there is one: what it says of a script.
struct RealSbatch {
    /// Where no cluster is configured: enough for sbatch to read a script and to look for a controller in vain.
    private static let configuration = """
        ClusterName=none
        SlurmctldHost=localhost(127.0.0.1)
        SlurmctldPort=1
        AuthType=auth/munge
        NodeName=n1 CPUs=4
        PartitionName=p Nodes=n1 Default=YES
        """

    let folder: String

    /// Whether sbatch can be started.
    static var isInstalled: Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").contains { access("\($0)/sbatch", X_OK) == 0 }
    }

    /// Whether a cluster answers that SLURM_CONF names.
    static var hasCluster: Bool {
        guard isInstalled, getenv("SLURM_CONF") != nil, let sbatch = try? RealSbatch() else { return false }
        return (try? sbatch.test("#!/bin/sh\n#SBATCH -n1 -t1\ntrue\n"))?.contains("to start at") == true
    }

    struct Failure: Error {
        let words: String
    }

    init() throws {
        var template = Array("/tmp/hansa-sbatch-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(words: "mkdtemp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try write(RealSbatch.configuration, "slurm.conf")
    }

    /// Ends the use of the folder.
    func remove() {
        for name in ["slurm.conf", "script", "said"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// What sbatch prints while it reads the script, up to where it looks for a controller.
    func reading(_ text: String) throws -> [String] {
        try write(text, "script")
        // It would go on looking for its controller: enough is known when it has read all options.
        return try output(
            // What it said the last time must not be taken for what it is about to say.
            "cd \(folder) || exit 1; rm -f said; SLURM_CONF=\(folder)/slurm.conf sbatch -vvvv --test-only script >said 2>&1 </dev/null & p=$!; n=0;"
                + " until grep -qs 'end of defined options' \(folder)/said || ! kill -0 $p 2>/dev/null || [ $n -gt 999 ];"
                + " do sleep 0.02; n=$((n+1)); done; kill -9 $p 2>/dev/null; cat \(folder)/said")
    }

    /// What the cluster's controller says of the script.
    func test(_ text: String) throws -> String {
        try write(text, "script")
        return try output("timeout 30 sbatch --test-only \(folder)/script 2>&1").joined(separator: "\n")
    }

    private func write(_ text: String, _ name: String) throws {
        guard let file = fopen("\(folder)/\(name)", "w") else { throw Failure(words: "\(folder)/\(name)") }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(words: name) }
    }

    private func output(_ command: String) throws -> [String] {
        guard let pipe = popen(command, "r") else { throw Failure(words: command) }
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[0..<count])
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
