import Coordination
import Federation

/// One campaign: how far it is, what its evaluations say, and its tasks.
struct CampaignPage {
    let campaign: CampaignView
    let tasks: [TaskView]
    let isCut: Bool
    let artifacts: [ArtifactView]

    /// Reads everything that the page shows; of a campaign with more than `limit` tasks only the newest.
    static func read(
        _ coordinator: Coordinator, id: CampaignID, by member: Principal, limit: Int = 5000
    ) async throws -> CampaignPage {
        let campaign = try await coordinator.campaign(id, by: member)
        var filter = TaskFilter()
        filter.campaign = campaign.id
        var tasks: [TaskView] = []
        var cursor: String?
        repeat {
            let page = try await coordinator.tasks(filter: filter, after: cursor, limit: 1000, by: member)
            tasks += page.items
            cursor = page.next
        } while cursor != nil && tasks.count < limit
        return CampaignPage(
            campaign: campaign, tasks: tasks, isCut: cursor != nil,
            artifacts: try await coordinator.artifacts(campaign: campaign.id, by: member))
    }

    func html() -> HTML {
        let scores = Scores(tasks: tasks)
        return tag("div") {
            head()
            PageParts.section("Progress") { progress() }
            if !scores.rows.isEmpty {
                PageParts.section("Scores") {
                    scores.figure()
                    scores.table()
                }
            }
            PageParts.section(
                "Tasks", note: isCut ? "The newest \(tasks.count) tasks; hansa queue -a lists all." : nil
            ) { taskTable() }
            if !artifacts.isEmpty { PageParts.section("Artifacts") { artifactTable() } }
        }
    }

    private func head() -> HTML {
        let counts = CampaignCounts(campaign)
        return tag("div") {
            tag("h1", campaign.name)
            tag("p", ["class": "lead"]) {
                counts.badge
                " \(campaign.partner)"
                if let workPackage = campaign.workPackage { " · \(workPackage)" }
                " · submitted by \(campaign.member) at "
                PageParts.time(campaign.submittedAt)
                if let ended = campaign.endedAt {
                    " · took \(PageText.duration(seconds: ended.seconds(since: campaign.submittedAt)))"
                }
            }
            PageParts.figures([
                ("Tasks", PageText.count(Int64(counts.all)), ""),
                ("Completed", PageText.count(Int64(counts.completed)), ""),
                ("Open", PageText.count(Int64(counts.open)), ""),
                ("Not completed", PageText.count(Int64(counts.bad)), ""),
                ("Chain links", PageText.count(Int64(campaign.links)), ""),
            ])
        }
    }

    private func progress() -> HTML {
        let all = Double(max(1, campaign.tasks.values.reduce(0, +)))
        let states = TaskState.allCases.map { (state: $0, count: campaign.count($0)) }.filter { $0.count > 0 }
        let label = states.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
        var left = 0.0
        var bars: [HTML] = []
        for (state, count) in states {
            let width = Double(count) / all * 600
            let look: String =
                switch state {
                case .completed: "spent"
                case .running: "held"
                case .failed, .dependencyFailed, .cancelled: "over"
                case .waiting, .ready: "left"
                }
            bars.append(
                tag(
                    "rect",
                    [
                        "class": look, "x": Scale.text(left), "y": "0", "width": Scale.text(width),
                        "height": "18",
                    ]))
            left += width
        }
        return tag("figure") {
            tag(
                "svg",
                ["viewBox": "0 0 600 18", "preserveAspectRatio": "none", "role": "img", "aria-label": label]
            ) {
                tag("title", label)
                bars
            }
            tag("figcaption", label.isEmpty ? "no tasks" : label)
        }
    }

    private func taskTable() -> HTML {
        PageParts.table(
            "Tasks",
            heads: [
                "Task", "Kind", "State", "Site", "Languages", ">Attempts", ">Links", "Submitted", "Ended",
                "Remark",
            ]
        ) {
            for task in tasks {
                tag("tr") {
                    PageParts.head { PageParts.link(["tasks", task.id.description], task.name) }
                    PageParts.cell(task.kind.rawValue)
                    tag("td") { PageParts.badge(task.state.rawValue, PageParts.tone(task.state)) }
                    PageParts.cell(task.site?.rawValue ?? "–")
                    PageParts.cell(task.languages.joined(separator: " "))
                    PageParts.number(String(task.attempts))
                    PageParts.number(String(task.links))
                    tag("td") { PageParts.time(task.submittedAt) }
                    tag("td") { PageParts.time(task.endedAt) }
                    PageParts.cell(task.remark ?? "")
                }
            }
            if tasks.isEmpty { PageParts.emptyRow(10, "No tasks.") }
        }
    }

    private func artifactTable() -> HTML {
        PageParts.table(
            "Artifacts",
            heads: [
                "Artifact", ">Files", ">Bytes", "Licence", "Places", "Published", "SHA-256 of the manifest",
            ]
        ) {
            for artifact in artifacts {
                tag("tr") {
                    PageParts.head { artifact.name }
                    PageParts.number(PageText.count(Int64(artifact.files)))
                    PageParts.number(PageText.count(artifact.bytes))
                    PageParts.cell(artifact.licence ?? "not declared")
                    PageParts.cell(artifact.places.joined(separator: ", "))
                    tag("td") { PageParts.time(artifact.publishedAt) }
                    tag("td", ["class": "hash"], artifact.sha256)
                }
            }
        }
    }
}
