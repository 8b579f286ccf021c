import Federation
import Testing

@Suite struct SiteDocumentTests {
    static let example: JSONValue = [
        "site": "lumi-g", "name": "LUMI-G", "country": "FI", "unit": "GPU-hours", "grace": "60s",
        "partitions": [
            [
                "id": "small-g", "nodes": 100, "coresPerNode": 64, "memoryPerNode": "480GiB",
                "devicesPerNode": 8, "deviceType": "mi250x-gcd",
                "deviceModule": ["name": "MI250X module", "devices": 2], "stacks": ["rocm"],
                "maxWalltime": "3d", "maxNodes": 4, "maxQueuedJobs": 210, "source": "guide", "verified": true,
            ]
        ],
        "tariffs": [
            [
                "partitions": ["small-g"], "from": "2021-01-01", "factor": 0.5,
                "terms": [
                    ["count": "cores", "per": 8, "roundUp": true],
                    ["count": "memory", "per": "64GiB", "roundUp": true], ["count": "devices"],
                ],
                "source": "guide",
            ]
        ],
        "agents": [
            ["id": "lumi-g", "serves": ["partners": ["aa"], "members": ["mm"]], "consent": "letter"]
        ],
        "facts": ["computeOut": ["value": true, "source": "guide"]],
    ]

    @Test func readsASite() throws {
        let site = try SiteDocument.read(Self.example)
        let partition = try #require(site.partition("small-g"))
        #expect(partition.maximumWalltimeSeconds == 259_200 && partition.maximumQueuedJobs == 210)
        #expect(partition.memoryMiBPerNode == 480 * 1024 && partition.deviceModule?.devices == 2)
        #expect(site.prices.tariffs.first?.factorThousandths == 500)
        #expect(site.prices.tariffs.first?.terms[1].per == 65_536)
        #expect(site.agents.first?.serves("aa", "x") == true && site.agents.first?.serves("bb", "mm") == true)
        #expect(site.agents.first?.serves("bb", "x") == false)
        #expect(site.facts.first?.value == "yes" && site.graceSeconds == 60 && site.clockSkewSeconds == 600)
    }

    @Test(
        arguments: [
            (["partitions", 0, "maxWalltme"], "1d", "unknown key"),
            (["tariffs", 0, "terms", 1, "cuont"], "cores", "unknown key"),
            (["partitions", 0, "maxWalltime"], 5400, "needs a unit"),
            (["partitions", 0, "nodes"], 0, "must be 1 to 1000000"),
            (["partitions", 0, "nodes"], "many", "must be a whole number"),
            (["partitions", 0, "memoryPerNode"], "480G", "no amount of memory"),
            (["partitions", 0, "maxNodes"], 101, "must be 1 to 100"),
            (["tariffs", 0, "terms", 0, "count"], "ram", "not one of node, cores, memory, devices"),
            (["tariffs", 0, "terms", 0, "weight"], "x", "must be a decimal"),
            (["tariffs", 0, "partitions", 0], "smal-g", "there is no partition smal-g"),
            (["tariffs", 0, "terms"], [], "needs at least one term"),
            (["tariffs", 0, "until"], "2020-01-01", "not after"),
            (["country"], "Finland", "no country code"),
            (["agents", 0, "serves"], "some", "must be \"all\""),
            (["grace"], "2d", "must be 0 s to 86400 s"),
        ] as [([PathStep], JSONValue, String)])
    func everyFaultNamesItsPlace(path: [PathStep], value: JSONValue, message: String) throws {
        let faults = try #require(throws: DocumentFaults.self) {
            try SiteDocument.read(Self.example.with(path, value))
        }
        let found = faults.faults.contains { fault in
            fault.message.contains(message) && path.starts(with: fault.path)
        }
        #expect(found, "\(faults)")
    }

    @Test func aPartitionWithoutTariffWouldBeFree() throws {
        let faults = try #require(throws: DocumentFaults.self) {
            try SiteDocument.read(Self.example.with(["tariffs"], []))
        }
        #expect(faults.description.contains("would be free"))
    }

    @Test func twoRowsOfOneDayAreRefused() throws {
        let row = try #require(
            Self.example["tariffs"].flatMap { if case .array(let rows) = $0 { rows[0] } else { nil } })
        let faults = try #require(throws: DocumentFaults.self) {
            try SiteDocument.read(Self.example.with(["tariffs"], .array([row, row])))
        }
        #expect(faults.description.contains("two rows for small-g begin on 2021-01-01"))
    }

    @Test func allFaultsAreReportedUpToTwenty() throws {
        let bad: JSONValue = ["a": 1, "b": 1]
        let faults = try #require(throws: DocumentFaults.self) { try SiteDocument.read(bad) }
        #expect(faults.faults.count == 8)
        let worse = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<50).map { ("key\($0)", .null) }))
        let many = try #require(throws: DocumentFaults.self) { try SiteDocument.read(worse) }
        #expect(many.faults.count == DocumentFaults.limit)
        #expect(throws: DocumentFaults.self) { try SiteDocument.read(.array([])) }
    }
}
