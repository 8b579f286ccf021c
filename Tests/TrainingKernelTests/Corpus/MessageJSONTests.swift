import Testing

@testable import TrainingKernel

@Suite struct MessageJSONTests {
    @Test func readsMessagesAndPassesOverTheRest() throws {
        let text = #"""
            { "@metadata": {"authors": ["a", "b"], "n": [1, -2.5e3, true, null, {}]},
              "one": "Ġ\u0121 \ud83d\ude00\n\"\\\/", "two": "" }
            """#
        let messages = try MessageJSON(Array(text.utf8)).messages
        #expect(messages.map { String(decoding: $0.key, as: UTF8.self) } == ["one", "two"])
        #expect(messages.map { String(decoding: $0.text, as: UTF8.self) } == ["Ġġ 😀\n\"\\/", ""])
    }

    @Test(arguments: [
        "", "{", "[]", #"{"a":}"#, #"{"a":"b",}"#, #"{"a":"b"} x"#, #"{"a":"\x"}"#, #"{"a":"\ud83d"}"#,
        #"{"a":"\udc00"}"#, #"{"a":"\u12g4"}"#, "{\"a\":\"line\nbreak\"}", #"{"a":nul}"#, #"{"a" "b"}"#,
        #"{"a":"b"#,
        #"{'a':1}"#, #"{"a":"\u00"#,
    ])
    func refusesWhatIsNoJSON(text: String) {
        #expect(throws: MessageJSON.Fault.malformed) { try MessageJSON(Array(text.utf8)) }
    }

    @Test func refusesInvalidUTF8() {
        let bytes = Array(#"{"a":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        #expect(throws: MessageJSON.Fault.notUTF8) { try MessageJSON(bytes) }
    }

    @Test func refusesBottomlessNesting() {
        let text = #"{"a":"# + String(repeating: "[", count: 100_000)
        #expect(throws: MessageJSON.Fault.tooDeep) { try MessageJSON(Array(text.utf8)) }
    }
}
