/// How long a combiner that has just answered a large batch waits for the next one to become as large: what a batch costs
/// beside its requests is paid for each, and callers whose work goes through several combiners come back in waves.
struct Gathering {
    /// Smaller batches are not waited for: whoever is nearly alone is served at once.
    private static let least = 8
    /// Larger ones are not either: two waves of callers that take turns keep client and server busy at the same time.
    private static let most = 24.0
    /// Of the usual size: waiting for the last few takes longer than they are worth.
    private static let enough = 0.9
    /// How fast the usual size is forgotten when fewer come.
    private static let keeps = 0.9

    private var size = 0
    private var usual = 0.0
    private var began: UInt64 = 0
    private var took: UInt64 = 0

    /// A batch of so many requests is on its way.
    mutating func begins(_ count: Int) {
        size = count
        usual = max(Double(count), usual * Self.keeps)
        began = Clock.now
    }

    /// The batch is answered.
    mutating func ends() { took = Clock.now - began }

    /// Waits until about as many requests as usual are there, and for no longer than half of what the last batch took.
    func wait(_ count: () -> Int) async {
        guard size >= Self.least else { return }
        let deadline = Clock.now + took / 2
        let pause = max(100_000, took / 8)
        let enough = min(usual * Self.enough, Self.most)
        while Double(count()) < enough, Clock.now < deadline {
            // A cancelled task would not sleep but spin.
            guard (try? await Task.sleep(nanoseconds: pause)) != nil else { return }
        }
    }
}
