import Coordination
import Federation

/// The end of an attempt's log, as its site sent it when the page was asked for.
struct LogPage {
    let task: TaskID
    let name: String
    let attempt: AttemptView
    let piece: LogPiece

    func html() -> HTML {
        tag("div") {
            tag("h1", "Log of \(name)")
            tag("p", ["class": "lead"]) {
                "Attempt \(attempt.key.fence) at "
                PageParts.link(["sites", attempt.site.rawValue], attempt.site.rawValue)
                " · \(attempt.state.rawValue) · "
                PageParts.link(["tasks", task.description], "back to the task")
            }
            tag("p", ["class": "note"]) {
                if piece.text.isEmpty {
                    piece.complete
                        ? "It printed nothing."
                        : "The site has not answered yet, or nothing was printed: load again."
                } else {
                    piece.offset > 0
                        ? "The end of it, from byte \(PageText.count(piece.offset)) on; the whole with "
                        : "The whole is also given by "
                    tag("code", "hansa logs \(task)")
                    "."
                }
            }
            if !piece.text.isEmpty {
                tag("pre", ["class": "log", "tabindex": "0", "aria-label": "Log"]) { tag("code", piece.text) }
            }
        }
    }
}
