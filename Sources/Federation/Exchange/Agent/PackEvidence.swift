/// What can be seen of a pack at the site: its run folder, the queue, the accounting. Read in this order, so that what
/// a later source misses an earlier one cannot have missed (§5.3).
public struct PackEvidence: Hashable, Sendable {
    /// What the member's own folder says.
    public struct Member: Hashable, Sendable {
        /// The member's marker, if somebody has it.
        public var marker: MarkerHolder?
        /// The finish marker, if there is one.
        public var finish: AttemptEnd?
        /// Seconds that the program has run by its markers, up to its end or last heartbeat.
        public var ranSeconds: Int64
        /// CPU-seconds of the program's processes, once it is over.
        public var cpuSeconds: Double?
        /// The largest resident size of one of them, bytes, once it is over.
        public var maximumResidentBytes: Int64?

        /// A member of which the folder says so much.
        public init(marker: MarkerHolder? = nil, finish: AttemptEnd? = nil, ranSeconds: Int64 = 0) {
            self.marker = marker
            self.finish = finish
            self.ranSeconds = ranSeconds
        }
    }

    /// The pack's start marker.
    public var marker: MarkerHolder?
    /// The members' folders; one without a folder is missing.
    public var members: [AttemptKey: Member]
    /// The job's last heartbeat.
    public var heartbeat: Instant?
    /// Ids of jobs of that name that the queue shows, or nil when the controller did not answer.
    public var queued: [String]?
    /// Why the queue does not run them, in the site's words.
    public var waitingReason: String?
    /// What accounting says of jobs of that name, or nil when it did not answer; a site without accounting gives the
    /// launcher's own notes.
    public var rows: [JobRow]?

    /// Evidence of nothing.
    public init(
        marker: MarkerHolder? = nil, members: [AttemptKey: Member] = [:], heartbeat: Instant? = nil,
        queued: [String]? = nil, waitingReason: String? = nil, rows: [JobRow]? = nil
    ) {
        self.marker = marker
        self.members = members
        self.heartbeat = heartbeat
        self.queued = queued
        self.waitingReason = waitingReason
        self.rows = rows
    }
}
