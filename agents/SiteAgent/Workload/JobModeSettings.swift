/// How an agent lives as a batch job that puts itself into the queue again.
public struct JobModeSettings: Hashable, Sendable {
    /// How long one job lasts, minutes.
    public var minutes: Int
    /// How long after its end the next one begins, minutes.
    public var pauseMinutes: Int
    /// Seconds between two cycles within a job.
    public var everySeconds: Int
    /// Options of the site's batch system, each as it stands behind `#SBATCH`: partition, account.
    public var options: [String]

    /// A job of ten minutes in every quarter of an hour unless told otherwise.
    public init(minutes: Int = 10, pauseMinutes: Int = 5, everySeconds: Int = 60, options: [String] = []) {
        self.minutes = minutes
        self.pauseMinutes = pauseMinutes
        self.everySeconds = everySeconds
        self.options = options
    }
}
