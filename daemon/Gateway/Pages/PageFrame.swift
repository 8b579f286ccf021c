import Coordination
import Federation
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// What stands around every page, and the headers that keep it to itself: no script runs, nothing comes from
/// elsewhere, nobody may frame it.
struct PageFrame: Sendable {
    let instance: String

    static let sections: [(path: String, name: String)] = [
        ("/", "Programme"), ("/campaigns", "Campaigns"), ("/sites", "Sites"), ("/audit", "Audit"),
    ]

    /// A page for somebody who is signed in.
    func page(_ title: String, at path: String, for member: Principal, @Markup _ content: () -> HTML)
        -> Response
    {
        let body = content()
        return respond(
            document(title) {
                header(current: path, member: member)
                tag("main", ["id": "main"]) { body }
                footer()
            })
    }

    /// A page for anybody.
    func plain(
        _ title: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:],
        @Markup _ content: () -> HTML
    ) -> Response {
        let body = content()
        return respond(
            document(title) {
                header(current: nil, member: nil)
                tag("main", ["id": "main", "class": "narrow"]) { body }
                footer()
            }, status: status, headers: headers)
    }

    /// A failure, for people.
    func failure(_ failure: Failure) -> Response {
        let problem = failure.problem
        return plain(problem.title, status: .init(code: problem.status), headers: failure.headers) {
            tag("h1", problem.status == 401 ? "Sign in" : "\(problem.status): \(problem.title)")
            tag("p", problem.detail)
            if problem.status == 401 { PageFrame.howToSignIn }
            if problem.status == 404 { tag("p") { tag("a", ["href": "/"], "To the programme") } }
            if let number = problem.instance, problem.status >= 500 {
                tag("p", ["class": "note"]) {
                    "The request's number is "
                    tag("code", number)
                    "."
                }
            }
        }
    }

    /// How one gets in.
    static var howToSignIn: HTML {
        tag("div") {
            tag(
                "p",
                "These pages open with a link that is good once and for ten minutes. With the command line tool:"
            )
            tag("pre") { tag("code", "hansa admin link") }
            tag("p", "Or ask whoever runs the coordinator for one.")
        }
    }

    private func document(_ title: String, @Markup _ body: () -> HTML) -> HTML {
        var html = HTML(source: "<!doctype html>")
        html.append(
            tag("html", ["lang": "en"]) {
                tag("head") {
                    void("meta", ["charset": "utf-8"])
                    void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                    void("meta", ["name": "color-scheme", "content": "light dark"])
                    tag("title", "\(title) · Hansa")
                    void("link", ["rel": "stylesheet", "href": "/style.css"])
                    void("link", ["rel": "icon", "href": "/favicon.svg", "type": "image/svg+xml"])
                }
                tag("body") { body() }
            })
        return html
    }

    private func header(current: String?, member: Principal?) -> HTML {
        tag("header") {
            tag("a", ["class": "skip", "href": "#main"], "Skip to content")
            tag("a", ["class": "name", "href": "/"], "Hansa")
            if let member {
                tag("nav", ["aria-label": "Pages"]) {
                    for section in PageFrame.sections {
                        let isCurrent = section.path == current
                        tag(
                            "a", ["href": section.path, "aria-current": isCurrent ? "page" : nil],
                            section.name)
                    }
                }
                tag("span", ["class": "who"]) {
                    "\(member.member) · \(member.partner) "
                    tag("form", ["method": "post", "action": "/logout"]) {
                        tag("button", ["type": "submit"], "Sign out")
                    }
                }
            }
        }
    }

    private func footer() -> HTML {
        tag("footer") {
            "Book \(instance) · Hansa \(WireVersion.program) · all times UTC · amounts never cross units"
        }
    }

    private func respond(_ html: HTML, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:])
        -> Response
    {
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] = PageFrame.policy
        headers[PageFrame.referrerPolicy] = "no-referrer"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: html.bytes)))
    }

    static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
}
