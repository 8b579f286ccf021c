import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension CoordinatorClient {
    /// The coordinator's clock, whole seconds since 1970, by the `Date` of an answer; nil where it gives none.
    public func serverSeconds() async -> Int64? {
        let request = HTTPClientRequest(url: baseURL + "/healthz")
        guard let answer = try? await transport.execute(request, timeout: .seconds(10)),
            let text = answer.headers.first(name: "Date")
        else { return nil }
        return ServerClock.seconds(of: text)
    }
}

/// Reads the one form of HTTP dates that servers still write: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum ServerClock {
    static func seconds(of text: String) -> Int64? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, let day = Int64(words[1]),
            let index = months.firstIndex(of: String(words[2])),
            let year = Int64(words[3]), (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3 else { return nil }
        // Days by the civil calendar, years beginning in March so that the leap day is the last.
        let month = Int64(index) + 1
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }
}
