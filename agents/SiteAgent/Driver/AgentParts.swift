import Federation

/// What a driver works with beside its journal and its launcher.
public struct AgentParts: Sendable {
    /// Who the agent is.
    public var identity: AgentIdentity
    /// Its folder.
    public var folder: AgentFolder
    /// Its settings.
    public var configuration: AgentConfiguration
    /// Its run root, checked.
    public var runRoot: RunRoot
    /// The site's content.
    public var store: ContentStore
    /// The way to the coordinator.
    public var link: any CoordinatorLink
    /// What every job's wrapper goes by.
    public var wrapper: WrapperSettings
    /// The program's version, for people.
    public var program: String

    /// The parts of the agent with those settings, whose run root is checked here. `beside` is the folder of this
    /// program, where the programs that come along lie.
    public init(
        identity: AgentIdentity, folder: AgentFolder, configuration: AgentConfiguration,
        link: any CoordinatorLink,
        program: String, beside: String
    ) throws {
        self.identity = identity
        self.folder = folder
        self.configuration = configuration
        self.link = link
        self.program = program
        runRoot = try RunRoot.open(
            path: folder.runRootPath, agent: identity.agent, instance: identity.instance)
        store = ContentStore(path: runRoot.storePath)
        var wrapper = WrapperSettings()
        wrapper.heartbeatSeconds = configuration.heartbeatSeconds
        wrapper.silenceSeconds = configuration.silenceSeconds
        wrapper.killSeconds = configuration.killSeconds
        wrapper.programFolders = configuration.programFolders + [beside]
        wrapper.mpirun = configuration.mpirun
        wrapper.corpusCache = configuration.corpusCache ?? runRoot.cachePath
        wrapper.environment = configuration.environment
        wrapper.clockOffsetFile = configuration.clockOffsetFile
        self.wrapper = wrapper
        try Folder.make(wrapper.corpusCache ?? runRoot.cachePath)
    }
}
