import Federation
import Testing
import Wire

/// What a bad body is told: what, where, and what would be right.
@Suite struct JSONSyntaxTests {
    static let bad: [(text: String, place: String)] = [
        ("", "empty"), ("   ", "empty"), ("{", "line 1, column 2"), ("{\"a\":1,}", "line 1, column 8"),
        ("{\"a\":1\n \"b\":2}", "line 2, column 2"), ("[1,2", "line 1, column 5"),
        ("{'a':1}", "line 1, column 2"),
        ("[tru]", "line 1, column 5"), ("01", "line 1, column 2"), ("[1.]", "line 1, column 4"),
        ("[1e]", "line 1, column 4"), ("[\"\\x\"]", "line 1, column 4"),
        ("[\"\\u12g4\"]", "line 1, column 7"),
        ("[\"a\nb\"]", "line 1, column 4"), ("[\"a", "line 1, column 4"), ("{} {}", "line 1, column 4"),
        ("{\"žluť\" 1}", "line 1, column 9"), ("NaN", "line 1, column 1"), ("-", "line 1, column 1"),
    ]

    @Test(arguments: bad) func aFaultNamesItsPlace(text: String, place: String) throws {
        let fault = try #require(throws: BodyFault.self) {
            try WireJSON.value(JSONValue.self, from: Array(text.utf8))
        }
        #expect(fault.kind == .syntax)
        #expect(fault.detail.contains(place), "\(fault.detail)")
    }

    @Test(arguments: [
        "0", "-0.5e+3", "[]", "{}", " [1 , {\"a\" : null}] \n", "\"\\u00e9\\n\\/\"", "\"žluťoučký 😀\"",
        "true",
    ])
    func goodOnesPass(text: String) throws {
        _ = try WireJSON.value(JSONValue.self, from: Array(text.utf8))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
        ] as [[UInt8]])
    func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) throws {
        let fault = try #require(throws: BodyFault.self) { try WireJSON.value(JSONValue.self, from: bytes) }
        #expect(fault.kind == .notUTF8)
    }

    @Test func depthAndSizeAreBounded() throws {
        let deep = String(repeating: "[", count: 100_000)
        let fault = try #require(throws: BodyFault.self) {
            try WireJSON.value(JSONValue.self, from: Array(deep.utf8))
        }
        #expect(fault.kind == .tooDeep)
        let nested = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try WireJSON.value(JSONValue.self, from: Array(nested.utf8))
        let large = try #require(throws: BodyFault.self) {
            try WireJSON.value(
                JSONValue.self, from: Array("[1,2,3]".utf8), limits: JSONLimits(bytes: 6, depth: 3))
        }
        #expect(large.kind == .tooLarge)
    }

    @Test func aMisspeltKeyIsNamedWithWhatWasMeant() throws {
        let fault = try #require(throws: BodyFault.self) {
            try WireJSON.request(GrantRequest.self, from: Array("{\"budgets\":\"b\",\"zzzzz\":1}".utf8))
        }
        #expect(fault.kind == .unknownKey)
        #expect(fault.faults.map(\.path) == ["budgets", "zzzzz"])
        #expect(fault.faults.first?.suggestion == "did you mean \"budget\"?")
        #expect(fault.faults.last?.suggestion?.contains("amount, budget, reason") == true)
    }

    @Test func aWrongTypeIsNamedWithItsPath() throws {
        let text = "{\"partner\":\"p\",\"id\":\"m\",\"name\":\"N\",\"roles\":[\"submitter\",7]}"
        let fault = try #require(throws: BodyFault.self) {
            try WireJSON.request(MemberRequest.self, from: Array(text.utf8))
        }
        #expect(fault.kind == .wrongType)
        #expect(fault.faults.first?.path == "roles[1]")
        let missing = try #require(throws: BodyFault.self) {
            try WireJSON.request(GrantRequest.self, from: Array("{\"budget\":\"b\",\"amount\":\"1\"}".utf8))
        }
        #expect(missing.detail == "reason: this key is missing")
    }
}
