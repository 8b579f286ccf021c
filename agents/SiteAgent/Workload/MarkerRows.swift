import Federation

/// What the wrapper's markers say of a pack's jobs, in the form of a batch system's accounting.
enum MarkerRows {
    static func rows(of question: PackInQuestion) -> [JobRow] {
        let folder = question.folder
        let marker = (try? folder.start()) ?? nil
        var rows: [JobRow] = []
        if let marker, let job = marker.job {
            var row = JobRow(job: job, state: .running, start: marker.at)
            if let resources = question.resources {
                row.nodes = resources.nodes
                row.coresPerNode = resources.coresPerNode
                row.memoryMiBPerNode = resources.memoryMiBPerNode
                row.devicesPerNode = resources.devicesPerNode
            }
            if let finish = (try? folder.finish()) ?? nil {
                row.state = .completed
                row.seconds = finish.elapsedSeconds ?? seconds(from: marker.at, to: finish.endedAt)
            } else if let note = (try? folder.watchdogNote()) ?? nil {
                row.state = note.reason == .mustEndBy ? .timeout : .nodeFailure
                row.seconds = note.elapsedSeconds ?? seconds(from: marker.at, to: note.at)
            }
            // Without either there is no end on record: the last heartbeat tells, as an estimate.
            rows.append(row)
        }
        // A job that did not get the marker ran nothing and cost nothing.
        for job in question.jobs where job != marker?.job && !job.isEmpty {
            rows.append(JobRow(job: job, state: .refused))
        }
        return rows
    }

    /// Whole seconds, begun ones counted, so that a short run is not free.
    private static func seconds(from start: Instant, to end: Instant) -> Int64 {
        max(0, -start.seconds(since: end))
    }
}
