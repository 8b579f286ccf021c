internal import Glibc

/// `hansa-kernel corpus`: real text in 36 languages from Debian's packages, split into train and held-out.
public enum CorpusCommand {
    /// Runs the command; complaints go to standard error.
    ///
    /// - Returns: 0; 64 for a wrong command line, 65 for damaged packages, 74 for a full or closed disk, 75 when the
    ///   network failed and the same command may succeed later, 78 when the host lacks package lists or programs; 85
    ///   when SIGUSR1 came: downloads are kept in the cache and the next run goes on from there.
    public static func run(_ arguments: [String]) throws -> Int32 {
        if arguments.contains("--help") || arguments.contains("-h") {
            print(CorpusOptions.usage)
            return 0
        }
        do throws(CorpusFault) {
            try run(CorpusOptions(arguments, environment: CorpusOptions.variable))
            return 0
        } catch {
            say(error.description)
            return error.kind.rawValue
        }
    }

    private static func run(_ options: CorpusOptions) throws(CorpusFault) {
        if options.cache != nil { signal(SIGUSR1) { _ in _exit(85) } }
        try OutputFolder.create(options.outputs)
        let folder: String
        if let cache = options.cache {
            folder = cache
        } else {
            folder = try OutputFolder.temporary("hansa-corpus")
        }
        defer {
            if options.cache == nil { OutputFolder.remove(folder) }
        }
        var names: [String] = []
        for name in options.languages.flatMap(\.packages) where !names.contains(name) {
            names.append(name)
        }
        var packages: [String: SourcePackage] = [:]
        for package in try PackageCache(folder: folder, report: say).packages(names) {
            packages[package.name] = package
        }
        let result = try CorpusBuilder(
            languages: options.languages, split: options.split, outputs: options.outputs,
            metrics: options.metrics, packages: packages
        ).run()
        let train = result.languages.values.reduce(0) { $0 + $1.trainBytes }
        let heldout = result.languages.values.reduce(0) { $0 + $1.heldoutBytes }
        print(
            "\(result.languages.count) languages, \(train) bytes to train on, \(heldout) held out, "
                + "\(result.seconds) s after the download")
    }

    private static func say(_ text: String) {
        let line = Array("hansa-kernel corpus: \(text)\n".utf8)
        _ = write(2, line, line.count)
    }
}
