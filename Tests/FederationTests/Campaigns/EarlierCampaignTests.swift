import Testing

@testable import Federation

@Suite struct EarlierCampaignTests {
    static let makers = (0..<3).map { TaskID(submission: "s", index: $0) }
    static let data = EarlierCampaign(
        id: "c-17",
        outputs: [
            .init(name: "train-fi", task: makers[0]), .init(name: "train-is", task: makers[1]),
            .init(name: "held-is", task: makers[1], licence: "LicenseRef-closed", residency: "mn5"),
            .init(name: "model", task: makers[2]),
        ])

    static func expand(_ inputs: JSONValue, matrix: JSONValue = [:], name: String = "t") throws
        -> ExpandedCampaign
    {
        var context = SubmissionContext(partner: "aa", member: "mm")
        context.earlier = ["data": data]
        let document: JSONValue = [
            "name": "c", "activity": "a",
            "tasks": [
                [
                    "name": .string(name), "kind": "data", "program": "p", "resources": ["walltime": "1h"],
                    "inputs": inputs, "matrix": matrix,
                ]
            ],
        ]
        return try CampaignDocument.read(document).expand(in: context)
    }

    @Test func aPatternBringsAllItsArtifactsUnderTheirOwnNames() throws {
        let expanded = try Self.expand(["train-*": "data/train-*", "start": "data/model"])
        #expect(
            expanded.tasks[0].inputs == [
                TaskInput(name: "start", artifact: "c-17/model"),
                TaskInput(name: "train-fi", artifact: "c-17/train-fi"),
                TaskInput(name: "train-is", artifact: "c-17/train-is"),
            ])
        #expect(Set(expanded.earlierTasks[0]) == Set(Self.makers))
        #expect(expanded.dependencies == [[]] && expanded.residency == [[]])
    }

    @Test func residencyComesAlongWithTheArtifact() throws {
        let expanded = try Self.expand(["held": "data/held-is"])
        #expect(expanded.shape(0).residency.map(\.site) == ["mn5"])
    }

    @Test func fieldsOfAMatrixNameArtifacts() throws {
        let expanded = try Self.expand(
            ["model": "{from.file}"],
            matrix: ["from": ["x": ["file": "data/model"], "y": ["file": "data/train-fi"]]],
            name: "t-{from}")
        #expect(expanded.tasks.map(\.inputs).map(\.first?.artifact) == ["c-17/model", "c-17/train-fi"])
        #expect(expanded.tasks.map(\.inputs).map(\.first?.name) == ["model", "model"])
    }

    @Test(arguments: [
        ("data/modle", "leaves no modle; did you mean \"data/model\"?"), ("dta/model", "no campaign dta yet"),
        ("a/b/c", "names no artifact"), ("/model", "names no artifact"),
    ])
    func wrongNamesAreToldApart(artifact: String, words: String) throws {
        let faults = try #require(throws: DocumentFaults.self) { try Self.expand(["x": .string(artifact)]) }
        #expect(faults.description.contains(words), "\(faults)")
    }

    @Test func onlyInputsNameCampaigns() throws {
        let document: JSONValue = [
            "name": "c", "activity": "a",
            "tasks": [
                [
                    "name": "t-{from}", "kind": "data", "program": "p", "resources": ["walltime": "1h"],
                    "matrix": ["from": ["x": ["file": "old/model", "folder": "some/path"]]],
                    "inputs": ["model": "{from.file}", "text": "data/train-*"],
                    "arguments": ["{from.folder}"],
                ]
            ],
        ]
        #expect(try CampaignDocument.read(document).earlierCampaigns == ["old", "data"])
    }

    @Test func patternsMayNotKeepTheCoordinatorBusy() throws {
        let document: JSONValue = [
            "name": "c", "activity": "a",
            "tasks": [["name": "t", "kind": "data", "program": "p", "resources": ["walltime": "1h"]]],
        ]
        let task = try #require(try CampaignDocument.read(document).tasks.first)
        let faults = FaultCollector()
        var expansion = CampaignExpansion(
            context: SubmissionContext(partner: "aa", member: "mm"), faults: faults)
        #expect(expansion.mayCompare(CampaignExpansion.maximumComparisons, task) && faults.faults.isEmpty)
        #expect(!expansion.mayCompare(1, task) && faults.faults.count == 1)
    }
}
