public import Federation
import Store

extension Coordinator {
    /// How many tasks are cancelled in one transaction.
    private static let batch = 500

    /// Cancels a task, wherever it stands.
    public func cancel(task: TaskID, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustSee(try await stores.tasks.partner(of: task), "task \(task)", principal)
            try mustBe([.submitter, .manager], principal, to: "cancel tasks")
            try await cancel([task])
        }
    }

    /// Cancels everything of a campaign that has not ended; answers how many tasks that were.
    @discardableResult
    public func cancel(campaign: CampaignID, by principal: Principal) async throws -> Int {
        try await CoordinationError.translating {
            let campaign = try await self.campaign(campaign, by: principal).id
            try mustBe([.submitter, .manager], principal, to: "cancel campaigns")
            var count = 0
            while true {
                let tasks = try await stores.tasks.unended(of: campaign, limit: Self.batch)
                guard !tasks.isEmpty else { return count }
                try await cancel(tasks)
                count += tasks.count
            }
        }
    }

    /// Tasks, newest first, a page at a time.
    public func tasks(
        filter: TaskFilter, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [TaskView], next: String?) {
        try await CoordinationError.translating {
            var filter = filter
            if let own = scope(of: principal) {
                guard filter.partner == nil || filter.partner == own else { return ([], nil) }
                filter.partner = own
            }
            if let named = filter.campaign {
                guard let found = try await stores.campaigns.named(named, for: principal.partner) else {
                    return ([], nil)
                }
                filter.campaign = found
            }
            return try await stores.tasks.page(filter: filter, after: cursor, limit: bounded(limit))
        }
    }

    /// One task with everything that is known of it.
    public func task(_ id: TaskID, by principal: Principal) async throws -> TaskDetailView {
        try await CoordinationError.translating {
            let detail = try await stores.tasks.detail(id, now: settings.now())
            try mustSee(detail?.task.partner, "task \(id)", principal)
            guard let detail else { throw CoordinationError(.notFound, "there is no task \(id)") }
            return detail
        }
    }

    /// Campaigns, newest first, a page at a time.
    public func campaigns(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [CampaignView], next: String?) {
        try await CoordinationError.translating {
            try await stores.campaigns.page(of: scope(of: principal), after: cursor, limit: bounded(limit))
        }
    }

    /// One campaign with its counts, by its id or by its name: the own partner's newest before another's.
    public func campaign(_ name: CampaignID, by principal: Principal) async throws -> CampaignView {
        try await CoordinationError.translating {
            let id = try await stores.campaigns.named(name, for: principal.partner)
            let view = if let id { try await stores.campaigns.view(id) } else { CampaignView?.none }
            try mustSee(view?.partner, "campaign \(name)", principal)
            guard let view else { throw CoordinationError(.notFound, "there is no campaign \(name)") }
            return view
        }
    }

    /// The metrics of a task's attempts, oldest first, at most 10,000.
    public func metrics(task: TaskID, by principal: Principal) async throws -> [JSONValue] {
        try await CoordinationError.translating {
            try mustSee(try await stores.tasks.partner(of: task), "task \(task)", principal)
            return try await stores.tasks.metrics(task, limit: 10_000)
        }
    }

    /// What a campaign has left so far.
    public func artifacts(campaign: CampaignID, by principal: Principal) async throws -> [ArtifactView] {
        try await CoordinationError.translating {
            return try await stores.artifacts.views(of: try await self.campaign(campaign, by: principal).id)
        }
    }

    /// What an artifact's version consists of.
    public func manifest(artifact sha256: String, by principal: Principal) async throws -> Manifest {
        try await CoordinationError.translating {
            let partners = try await stores.artifacts.partners(of: sha256)
            let isVisible = principal.seesEverything || partners.contains(principal.partner)
            guard isVisible, let manifest = try await stores.artifacts.manifest(sha256) else {
                throw CoordinationError(.notFound, "there is no artifact \(sha256)")
            }
            return manifest
        }
    }

    /// A page has 1 to 1000 rows.
    func bounded(_ limit: Int) -> Int { min(max(limit, 1), 1000) }

    private func cancel(_ tasks: [TaskID]) async throws {
        let now = settings.now()
        var scope = BookScope()
        scope.tasks = Set(tasks)
        let changed = try await stores.book.change(scope, now: now) { book -> Set<AgentID> in
            for task in tasks { book.cancel(task: task, now: now) }
            return Set(book.attempts.values.map(\.agent))
        }
        try await followUp.after(changed, now: now)
        signals.tell(changed.value)
        signals.placeable()
    }
}
