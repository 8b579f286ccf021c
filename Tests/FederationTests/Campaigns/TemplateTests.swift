import Testing

@testable import Federation

@Suite struct TemplateTests {
    static let axes = [
        MatrixAxis(name: "group", values: [.init(name: "north", fields: ["languages": ["fi", "sv"]])]),
        MatrixAxis(
            name: "variant", values: [.init(name: "int8", fields: [:]), .init(name: "raw", fields: [:])]),
    ]
    static let bindings = MatrixBindings(axes: axes, combination: 1)

    @Test(arguments: [
        ("plain", "plain"), ("{group}-{variant}", "north-raw"), ("{group.languages}", "fi,sv"),
        ("{{x}}", "{x}"),
        ("a{{{variant}}}", "a{raw}"), ("", ""),
    ])
    func placesAreFilled(source: String, text: String) throws {
        #expect(try #require(Template(source)).text(Self.bindings) == text)
    }

    @Test(arguments: ["{", "}", "{}", "{a", "{a.}", "{a.b.c}", "x}y", "{{a}"])
    func bracesMustMatch(source: String) { #expect(Template(source) == nil) }

    @Test func aListMakesOneTextEach() throws {
        let texts = try #require(Template("train-{group.languages}.{variant}")).texts(Self.bindings)
        #expect(texts.map(\.text) == ["train-fi.raw", "train-sv.raw"])
        #expect(texts.map(\.elements) == [["fi", "raw"], ["sv", "raw"]])
    }

    @Test(arguments: [
        ("train-*", "train-mt", true), ("train-*", "train-", true), ("train-*", "trai", false),
        ("*-int8", "model-int8", true), ("a*b*c", "aXbYc", true), ("a*b*c", "abc", true),
        ("a*b*c", "acb", false),
        ("a*a", "a", false), ("plain", "plain", true), ("plain", "plain2", false), ("*", "", true),
        ("a*bb*b", "abb", false),
    ])
    func patternsMatchWholeNames(pattern: String, name: String, matches: Bool) {
        #expect(ArtifactPattern(pattern).matches(name) == matches)
    }
}
