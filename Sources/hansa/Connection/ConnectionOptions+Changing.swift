import APIClient
import Wire

extension ConnectionOptions {
    /// Sends a request that changes the book, and says so: in those words, or as the API answers it.
    func change(
        _ path: String, _ body: some Encodable, retry: RetryPolicy = .never, saying words: String
    ) async throws {
        try await withClient { client in
            let answer: ChangesAnswer = try await client.post(path, body, retry: retry)
            if json { try JSONOutput.show(answer) } else { print(words) }
        }
    }
}
