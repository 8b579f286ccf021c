import Federation
import Testing
import Wire

@testable import Gateway

/// The document's words for tasks, placement and the exchange are what the programs write, field by field.
@Suite struct SchemaTests {
    private static func samples() throws -> [(schema: String, values: [JSONValue])] {
        [
            ("TaskSpec", try json(SchemaSamples.spec, SchemaSamples.plainSpec, SchemaSamples.leastSpec)),
            ("UsageRecord", try json(SchemaSamples.usage, SchemaSamples.leastUsage)),
            ("AttemptEnd", try SchemaSamples.ends.map(json)),
            ("Refusal", try SchemaSamples.refusals.map(json)),
            ("PlacementChoice", try json(SchemaSamples.choice, SchemaSamples.leastChoice)),
            ("CostQuote", try json(SchemaSamples.cost, SchemaSamples.leastCost)),
            ("AgentDocument", try json(SchemaSamples.document, SchemaSamples.leastDocument)),
            ("CoordinatorReply", try json(SchemaSamples.reply, SchemaSamples.leastReply)),
        ]
    }

    @Test func everythingWrittenIsDocumentedAndTheOtherWayRound() throws {
        let specification = try Specification.shared.get()
        var coverage = SchemaCoverage(specification)
        for (schema, values) in try Self.samples() {
            for value in values {
                #expect(specification.faults(of: value, schema: schema) == [], "\(schema)")
                coverage.note(value, schema: schema)
            }
        }
        #expect(coverage.differences == [])
        #expect(
            coverage.names.isSuperset(of: [
                "TaskSpec", "TaskScript", "Resources", "FailureRules", "UsageRun", "Outcome", "Manifest",
                "Refusal",
                "EligibilityRow", "EligibilityDecision", "EligibilitySubject", "AgentEvent", "ListedAttempt",
                "SiteRecord", "Offer", "OfferMember", "StagedInput", "LogRequest", "DeviceModule", "Capacity",
            ]))
    }

    @Test func theSamplesLeaveNothingOut() {
        #expect(SchemaSamples.refusals.allSatisfy(SchemaSamples.isSampled))
        #expect(SchemaSamples.events.allSatisfy(SchemaSamples.isSampled))
        for value: Any in [
            SchemaSamples.spec, SchemaSamples.usage, SchemaSamples.ends[0], SchemaSamples.listed,
            SchemaSamples.document, SchemaSamples.reply, SchemaSamples.choice, SchemaSamples.cost,
        ] { #expect(Self.gaps(in: value, "\(type(of: value))") == []) }
    }

    /// The words of every enumeration are the document's.
    @Test func enumerationsHaveTheSameWords() throws {
        let schemas = try #require(try Specification.shared.get().root["components"]?["schemas"])
        func same<Word: CaseIterable & RawRepresentable<String>>(_ name: String, _: Word.Type) {
            #expect(schemas[name]?["enum"] == .array(Word.allCases.map { .string($0.rawValue) }), "\(name)")
        }
        same("FailureClass", FailureClass.self)
        same("AttemptState", AttemptState.self)
        same("EligibilityMatter", EligibilityMatter.self)
        same("EligibilityVerdict", EligibilityVerdict.self)
        #expect(
            schemas["TaskSpec"]?["properties"]?["onSilence"]?["enum"]
                == .array(OnSilence.allCases.map { .string($0.rawValue) }))
    }

    /// What the wrong document would look like is found.
    @Test func aDifferenceIsFound() throws {
        let specification = try Specification.shared.get()
        var coverage = SchemaCoverage(specification)
        let least = try Self.json(SchemaSamples.leastSpec)[0]
        guard case .object(var members) = least else { return #expect(Bool(false), "no object") }
        members["colour"] = .string("blue")
        members["stack"] = nil
        let wrong = JSONValue.object(members)
        coverage.note(wrong, schema: "TaskSpec")
        #expect(coverage.differences.contains("TaskSpec.colour is written, not documented"))
        #expect(coverage.differences.contains("TaskSpec.budget is documented, never written"))
        #expect(coverage.differences.contains("TaskSpec.stack is called required, but left out"))
        #expect(specification.faults(of: wrong, schema: "TaskSpec").count == 2)
        let two = JSONValue.object(["noAgent": .object(["site": .string("a")]), "noPrice": .object([:])])
        #expect(specification.faults(of: two, schema: "Refusal").count == 2)
        #expect(specification.faults(of: .object([:]), schema: "Refusal").count == 1)
    }

    @Test func anEventFromALaterVersionFits() throws {
        let specification = try Specification.shared.get()
        let event = #"{"number":2,"event":{"teleported":{"where":"elsewhere"}}}"#
        let value = try Specification.parse(Array(event.utf8))
        #expect(specification.faults(of: value, schema: "NumberedEvent") == [])
    }

    /// Fields without a value, and lists without an element: a sample of a type with a new field has such a gap.
    private static func gaps(in value: Any, _ place: String) -> [String] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let inside = mirror.children.first?.value else { return ["\(place) is nil"] }
            return gaps(in: inside, place)
        case .collection, .dictionary:
            return mirror.children.isEmpty ? ["\(place) is empty"] : []
        case .struct:
            return mirror.children.flatMap { gaps(in: $0.value, "\(place).\($0.label ?? "")") }
        default: return []
        }
    }

    private static func json(_ values: any Encodable...) throws -> [JSONValue] { try values.map(json) }
    private static func json(_ value: any Encodable) throws -> JSONValue {
        try Specification.parse(try WireJSON.bytes(value))
    }
}
