extension TaskRecord {
    /// Books the end of the task's live attempt and answers what it means. `completed` is not for here: it ends the
    /// task whatever the fence (`Book`).
    mutating func liveAttemptEnded(
        _ end: AttemptEnd, at agent: AgentID, settings: ExchangeSettings, now: Instant
    )
        -> TaskEvent
    {
        let unstartedBefore = unstarted
        unstarted = 0
        switch end.outcome {
        case .completed:
            return .completed
        case .continues:
            return linkEnded(progress: end.progress, at: agent)
        case .cancelled:
            return cancelRequested ? .cancelled : disrupted(settings, now)
        case .failed(let failure):
            lastFailure = failure
            if cancelRequested { return .cancelled }
            switch RetryRule.of(failure) {
            case .disruption: return disrupted(settings, now)
            case .freeWithProgress:
                guard end.progress > progress else { return disrupted(settings, now) }
                progress = end.progress
                notBefore = nil
                return .retried
            case .unstarted:
                unstarted = unstartedBefore + 1
                notBefore = now.adding(seconds: TaskRecord.backOff(unstarted, settings))
                return .retried
            case .onlyIfAsked:
                failures += 1
                guard end.retryAsked == true else { return .exhausted }
                return counted(settings, now)
            case .counted:
                failures += 1
                return counted(settings, now)
            }
        }
    }

    private mutating func counted(_ settings: ExchangeSettings, _ now: Instant) -> TaskEvent {
        guard failures <= retriesAllowed else { return .exhausted }
        notBefore = now.adding(seconds: TaskRecord.backOff(failures, settings))
        return .retried
    }

    /// Exit 85. The next link follows unless the links are used up or two in a row made no progress: a crash loop must
    /// not burn a grant (§10).
    private mutating func linkEnded(progress newest: Int64, at agent: AgentID) -> TaskEvent {
        links += 1
        if newest > progress {
            progress = newest
            linksWithoutProgress = 0
        } else {
            linksWithoutProgress += 1
        }
        if cancelRequested { return .cancelled }
        guard links < linksAllowed, linksWithoutProgress < 2 else {
            lastFailure = linksWithoutProgress < 2 ? .walltime : .stalled
            return .exhausted
        }
        boundTo = agent
        notBefore = nil
        return .continued
    }

    private mutating func disrupted(_ settings: ExchangeSettings, _ now: Instant) -> TaskEvent {
        disruptions += 1
        guard disruptions <= settings.disruptionsAllowed else { return .exhausted }
        notBefore = now.adding(seconds: TaskRecord.backOff(disruptions, settings))
        return .retried
    }

    /// The back-off after so many failures, seconds: doubles with each up to the longest.
    static func backOff(_ count: Int, _ settings: ExchangeSettings) -> Int64 {
        let doublings = min(max(count - 1, 0), 30)
        let (seconds, overflow) = settings.backOffSeconds.multipliedReportingOverflow(
            by: Int64(1) << doublings)
        return overflow ? settings.maximumBackOffSeconds : min(seconds, settings.maximumBackOffSeconds)
    }
}
