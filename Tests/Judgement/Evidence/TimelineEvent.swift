/// A line of `timeline.jsonl`: what the runner did and saw.
struct TimelineEvent: Decodable, Sendable {
    var at: Double
    var event: String
    var fault: String?
    var target: String?
    var evidence: String?

    var moment: Moment { Moment(microseconds: Int64(at * 1e6)) }
}
