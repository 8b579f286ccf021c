import Federation
import Testing

@Suite struct CampaignDocumentTests {
    static let example: JSONValue = [
        "name": "c", "activity": "evaluation", "workPackage": "WP1",
        "defaults": ["program": "run", "resources": ["cores": 2, "walltime": "1h"], "tags": ["a": "1"]],
        "tasks": [
            [
                "name": "make", "kind": "data", "outputs": ["model": [:], "held-mt": ["residency": "mn5"]],
                "resources": ["memory": "4GiB"],
            ],
            [
                "name": "score-{language}", "kind": "evaluation", "matrix": ["language": ["mlt_Latn", "de"]],
                "arguments": ["--language", "{language}", "--limit", 10, "--fast", true],
                "inputs": ["model": "model"], "tags": ["b": "{language}"], "priority": -5,
            ],
        ],
    ]
    static var context: SubmissionContext { SubmissionContext(partner: "aa", member: "mm") }

    static func faults(_ document: JSONValue, _ context: SubmissionContext = Self.context) -> String {
        do {
            _ = try CampaignDocument.read(document).expand(in: context)
            return ""
        } catch { return "\(error)" }
    }

    @Test func defaultsAreMergedAndMatricesExpanded() throws {
        let campaign = try CampaignDocument.read(Self.example)
        #expect(campaign.count == 3 && campaign.earlierCampaigns.isEmpty)
        let expanded = try campaign.expand(in: Self.context)
        #expect(expanded.tasks.map(\.name) == ["make", "score-mt", "score-de"])
        let make = expanded.tasks[0], score = expanded.tasks[1]
        #expect(make.resources == Resources(coresPerNode: 2, memoryMiBPerNode: 4096, walltimeSeconds: 3600))
        #expect(score.resources.memoryMiBPerNode == 1024 && score.program == "run" && score.priority == -5)
        #expect(score.arguments == ["--language", "mt", "--limit", "10", "--fast", "true"])
        #expect(score.languages == ["mt"] && score.tags == ["a": "1", "b": "mt"])
        #expect(score.activity == "evaluation" && score.workPackage == "WP1" && score.partner == "aa")
        #expect(expanded.dependencies == [[], [0], [0]])
        #expect(expanded.residency[0] == [Residency(artifact: "held-mt", site: "mn5")])
        #expect(expanded.shape(1) == expanded.shape(2) && expanded.shape(0) != expanded.shape(1))
    }

    @Test(
        arguments: [
            (["tasks", 0, "resorces"], [:], "tasks[0].resorces: unknown key; did you mean \"resources\"?"),
            (["defaults", "resources", "walltme"], "1h", "defaults.resources.walltme: unknown key"),
            (["defaults", "resources", "walltime"], 60, "defaults.resources.walltime: needs a unit"),
            (["defaults", "resources", "walltime"], nil, "\"walltime\" is missing"),
            (["tasks", 0, "kind"], "trainig", "did you mean \"training\"?"),
            (["tasks", 0, "priority"], 2000, "must be -1000 to 1000"),
            (["tasks", 0, "resources", "ranks"], 3, "3 ranks need at least 3 cores"),
            (["tasks", 0, "signalBefore"], "2h", "before the start"),
            (["tasks", 0, "name"], "a b", "is no name for a task"),
            (["tasks", 0, "name"], "score-de", "made twice"),
            (["tasks", 1, "name"], "score", "put {language} into it"),
            (["tasks", 1, "name"], "score-{lang}", "the matrix has no {lang}; did you mean"),
            (["tasks", 1, "matrix", "language"], ["klingon"], "no known language"),
            (["tasks", 1, "matrix", "language"], [false], "write nb, or quote it"),
            (["tasks", 1, "matrix", "language"], ["de", "deu"], "comes twice"),
            (["tasks", 1, "inputs", "model"], "modle", "did you mean \"model\"?"),
            (["tasks", 1, "dependsOn"], ["score-*"], "wait for each other"),
            (["tasks", 0, "dependsOn"], ["score-mt"], "wait for each other: make ← score-mt ← make"),
            (["tasks", 0, "dependsOn"], ["make"], "depends on itself"),
            (["tasks", 0, "dependsOn"], ["mak"], "there is no task mak in this campaign; did you mean"),
            (["tasks", 0, "inputs"], ["x": "model"], "reads its own output"),
            (["tasks", 0, "outputs", "held-mt", "residency"], ["de": "mn5"], "is no value that makes"),
            (["tasks", 0, "outputs", "score"], ["licens": "MIT"], "did you mean \"licence\"?"),
            (["tasks", 0, "sites"], ["lumi"], "make must run at mn5, which held-mt may not leave"),
            (["tasks"], [], "needs at least one task"),
            (["programme"], "other programme", "is not a name"),
        ] as [([PathStep], JSONValue?, String)])
    func everyFaultNamesItsPlaceAndCure(path: [PathStep], value: JSONValue?, words: String) {
        let faults = Self.faults(Self.example.with(path, value))
        #expect(faults.contains(words), "\(faults)")
    }

    @Test func namesAreCheckedAgainstWhatExists() {
        var context = Self.context
        context.programme = "p"
        context.activities = ["evaluations"]
        context.workPackages = ["WP2"]
        context.sites = ["mn4"]
        let faults = Self.faults(Self.example.with(["programme"], "q"), context)
        for words in [
            "for q, this coordinator keeps p", "no activity evaluation; did you mean \"evaluations\"?",
            "no work package WP1; did you mean \"WP2\"?", "no site mn5; did you mean \"mn4\"?",
        ] {
            #expect(faults.contains(words), "\(faults)")
        }
    }

    @Test func tooManyTasksAreRefusedBeforeTheyAreMade() {
        let values = JSONValue.array((0..<1001).map { .string("v\($0)") })
        let document = Self.example.with(
            ["tasks", 1, "matrix"], ["language": ["de"], "a": values, "b": values])
        #expect(Self.faults(document).contains("more than 1000000 tasks"))
        let huge = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<12).map { ("x\($0)", values) }))
        #expect(
            Self.faults(Self.example.with(["tasks", 1, "matrix"], huge)).contains("more than 1000000 tasks"))
    }

    @Test func twoResidenciesLeaveNoSite() {
        let document = Self.example.with(["tasks", 0, "outputs", "other"], ["residency": "lumi"])
        #expect(Self.faults(document).contains("make can run nowhere"))
    }
}
