import Federation

/// Reads a pack's run folder as the evidence that the rules go by.
struct EvidenceReader {
    /// A member whose program completed and whose outputs have to be staged out before its end is told.
    struct Unstaged {
        var attempt: AttemptKey
        var folder: MemberFolder
        var spec: TaskSpec
    }

    /// What was seen.
    struct Reading {
        var evidence = PackEvidence()
        var unstaged: [Unstaged] = []
    }

    /// The folder's part of the evidence for those members; queue and accounting are the launcher's to add. A file
    /// that cannot be read or understood throws: nothing may be concluded from it.
    static func read(_ folder: RunFolder, members: [AttemptKey]) throws -> Reading {
        var reading = Reading()
        let start = try folder.start()
        reading.evidence.marker = holder(start)
        // Whoever has just taken the marker is alive, though its first heartbeat is still to come.
        reading.evidence.heartbeat = folder.heartbeat() ?? (start?.job == nil ? nil : start?.at)
        let note = try folder.watchdogNote()
        let packFinish = try folder.finish()
        for key in members {
            let member = folder.member(key)
            var seen = PackEvidence.Member()
            let marker = try member.start()
            seen.marker = holder(marker)
            let finish = try member.finish()
            if let began = marker?.at, marker?.job != nil {
                let until =
                    finish?.endedAt ?? note?.at ?? packFinish?.endedAt ?? reading.evidence.heartbeat ?? began
                seen.ranSeconds = finish?.elapsedSeconds ?? max(0, -began.seconds(since: until))
            }
            if let finish {
                if finish.startedAt != nil {
                    seen.cpuSeconds = finish.cpuSeconds
                    seen.maximumResidentBytes = finish.maximumResidentBytes
                }
                let staged = try JSONFile.read(StagedOutputs.self, member.stagedPath)
                if finish.outcome == .completed, staged == nil, let spec = try spec(of: member, in: folder),
                    !spec.outputs.isEmpty
                {
                    reading.unstaged.append(Unstaged(attempt: key, folder: member, spec: spec))
                } else {
                    seen.finish = EndReport.end(finish, in: member, staged: staged)
                }
            }
            reading.evidence.members[key] = seen
        }
        return reading
    }

    /// What the member was to do. Its own file is not synced: after a power cut the pack's record knows.
    private static func spec(of member: MemberFolder, in folder: RunFolder) throws -> TaskSpec? {
        if let spec = try? JSONFile.read(TaskSpec.self, "\(member.path)/spec.json") { return spec }
        return try folder.record()?.offer.members.first { $0.attempt == member.attempt }?.spec
    }

    static func holder(_ marker: StartMarker?) -> MarkerHolder? {
        guard let marker else { return nil }
        guard let job = marker.job else { return .agent }
        return .job(id: job, host: marker.host, at: marker.at)
    }
}
