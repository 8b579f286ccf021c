public import Federation

extension Coordinator {
    /// Takes a submission: everything in it, or nothing. The same key with the same body again answers the first
    /// result; with another body it throws `.conflict`.
    public func submit(key: String, document: JSONValue, by principal: Principal) async throws -> Submitted {
        throw pending()
    }

    /// Cancels a task, wherever it stands.
    public func cancel(task: TaskID, by principal: Principal) async throws { throw pending() }

    /// Cancels everything of a campaign that has not ended; answers how many tasks that were.
    @discardableResult
    public func cancel(campaign: CampaignID, by principal: Principal) async throws -> Int { throw pending() }

    /// Tasks, newest first, a page at a time.
    public func tasks(
        filter: TaskFilter, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [TaskView], next: String?) { throw pending() }

    /// One task with everything that is known of it.
    public func task(_ id: TaskID, by principal: Principal) async throws -> TaskDetailView { throw pending() }

    /// Campaigns, newest first, a page at a time.
    public func campaigns(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [CampaignView], next: String?) { throw pending() }

    /// One campaign with its counts.
    public func campaign(_ id: CampaignID, by principal: Principal) async throws -> CampaignView {
        throw pending()
    }

    /// The metrics of a task's attempts, oldest first, at most 10,000.
    public func metrics(task: TaskID, by principal: Principal) async throws -> [JSONValue] { throw pending() }

    /// A piece of an attempt's log from that byte on; asks the site for it and waits up to `wait`. Nil for the
    /// attempt means the task's newest.
    public func log(
        task: TaskID, fence: Fence?, offset: Int64, wait: Duration, by principal: Principal
    ) async throws -> LogPiece { throw pending() }

    /// What a campaign has left so far.
    public func artifacts(campaign: CampaignID, by principal: Principal) async throws -> [ArtifactView] {
        throw pending()
    }

    /// What an artifact's version consists of.
    public func manifest(artifact sha256: String, by principal: Principal) async throws -> Manifest {
        throw pending()
    }
}
