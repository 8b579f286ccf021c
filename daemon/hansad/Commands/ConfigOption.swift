import ArgumentParser

/// The option that every command takes.
struct ConfigOption: ParsableArguments {
    @Option(name: [.short, .customLong("config")], help: "The settings file, YAML.")
    var config: String = "/etc/hansa/hansad.yaml"

    func settings() throws -> Settings { try Settings.read(path: config) }
}
