import Glibc

/// Whether the journal could be written when that was tried last, for `status`, and for a courier's next cycle that
/// can be told. Where there is no room nothing can be written; so the mark is a file that is only renamed.
struct JournalMark {
    /// The agent's folder.
    let folder: String

    // Names of one length: a folder's entry is changed where it stands.
    private var worked: String { "\(folder)/journal-worked" }
    private var failed: String { "\(folder)/journal-failed" }

    /// Whether it could not.
    var hasFailed: Bool { DurableFile.exists(failed) }

    /// It could not be written.
    func noteFailure() { _ = rename(worked, failed) }

    /// It was written.
    func noteSuccess() {
        guard rename(failed, worked) != 0, !DurableFile.exists(worked) else { return }
        // Without it only the mark is missing.
        try? DurableFile.write([], to: worked)
    }
}
