import Testing

@testable import Gateway

/// Nothing that anybody wrote becomes markup.
@Suite struct HTMLTests {
    @Test func everyDangerousByteIsEscaped() {
        #expect(HTML("<script>&\"'").text == "&lt;script&gt;&amp;&quot;&#39;")
        #expect(
            tag("a", ["href": "\" onclick=\"x"], "<b>").text
                == "<a href=\"&quot; onclick=&quot;x\">&lt;b&gt;</a>")
    }

    /// By Character, `<` followed by a combining mark is another character than `<` and slips through.
    @Test(arguments: ["\u{0338}", "\u{0301}", "\u{200D}", "\u{FE0F}", "\u{20DD}", "\u{1F3FB}", "\r\n"])
    func aCombiningMarkHidesNothing(mark: String) {
        for dangerous in ["<", ">", "\"", "'", "&"] {
            let bytes = HTML(dangerous + mark).bytes
            #expect(!bytes.contains(UInt8(ascii: "<")) && !bytes.contains(UInt8(ascii: ">")))
            #expect(!bytes.contains(UInt8(ascii: "\"")) && !bytes.contains(UInt8(ascii: "'")))
            #expect(HTML(dangerous + mark).text.hasPrefix("&"))
        }
    }

    @Test func randomTextNeverLeavesItsElement() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("<>\"'&/=; \u{0301}\u{0338}\u{0}\u{1F}aé漢😀`\\\n").map(String.init)
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }.joined()
            let markup = tag("p", ["title": text], text).text
            #expect(MarkupCheck.faults(in: markup) == [], "\(text.debugDescription)")
            #expect(markup.utf8.count(where: { $0 == UInt8(ascii: "<") }) == 2)
            #expect(markup.utf8.count(where: { $0 == UInt8(ascii: "\"") }) == 2)
        }
    }

    @Test func attributesThatAreNilAreLeftOut() {
        #expect(tag("a", ["class": nil, "href": "/"], "x").text == "<a href=\"/\">x</a>")
        #expect(void("br").text == "<br>")
        #expect(tag("td").text == "<td></td>")
        #expect(PageParts.link(["sites", "a/b?c"], "x").text == "<a href=\"/sites/a%2Fb%3Fc\">x</a>")
    }
}
