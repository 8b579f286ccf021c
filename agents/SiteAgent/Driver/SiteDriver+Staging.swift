import Federation
import Logging

extension SiteDriver {
    /// Whether all inputs of the pack are at the site; starts to bring them in where they are not. Members whose
    /// inputs will never come are noted, and do not hold the others up.
    func inputsAreHere(_ pack: PackID, _ offer: Offer) -> Bool {
        if staging.ready.contains(pack) { return true }
        if staging.incoming.contains(pack) { return false }
        let lacking = offer.members.contains { member in
            member.inputs.contains { !parts.store.lacking($0.manifest).isEmpty }
        }
        if !lacking {
            for member in offer.members {
                do throws(StagingFault) {
                    for input in member.inputs { try StageIn.check(input) }
                } catch {
                    staging.refused[member.attempt] = error.description
                }
            }
            staging.ready.insert(pack)
            return true
        }
        let name = "in \(pack)"
        guard staging.mayTry(name) else { return false }
        staging.incoming.insert(pack)
        let stage = StageIn(store: parts.store, link: parts.link)
        Task { [weak self] in
            var passing: String?
            var refused: [AttemptKey: String] = [:]
            for member in offer.members {
                do throws(StagingFault) {
                    try await stage.fetch(member.inputs)
                } catch {
                    switch error {
                    case .passing(let words): passing = words
                    case .permanent(let words): refused[member.attempt] = words
                    }
                }
            }
            await self?.stagedIn(pack, name, passing: passing, refused: refused)
        }
        return false
    }

    private func stagedIn(_ pack: PackID, _ name: String, passing: String?, refused: [AttemptKey: String]) {
        staging.incoming.remove(pack)
        staging.refused.merge(refused) { $1 }
        if let passing {
            staging.failed(name)
            log.warning("pack \(pack): \(passing)")
            tellReason(pack, "its inputs are on their way: \(passing)")
        } else {
            staging.worked(name)
            staging.ready.insert(pack)
        }
        waker.wake()
    }

    /// Starts to take a completed member's outputs along, unless that is under way or has just failed.
    func stageOut(_ unstaged: EvidenceReader.Unstaged) {
        let name = "out \(unstaged.attempt)"
        guard !staging.outgoing.contains(unstaged.attempt), staging.mayTry(name) else { return }
        staging.outgoing.insert(unstaged.attempt)
        let stage = StageOut(store: parts.store, link: parts.link)
        Task { [weak self] in
            var fault: StagingFault?
            do throws(StagingFault) {
                try await stage.stage(unstaged.folder, spec: unstaged.spec)
            } catch {
                fault = error
            }
            await self?.stagedOut(unstaged.attempt, name, fault)
        }
    }

    private func stagedOut(_ attempt: AttemptKey, _ name: String, _ fault: StagingFault?) {
        staging.outgoing.remove(attempt)
        if let fault {
            staging.failed(name)
            log.warning("attempt \(attempt): \(fault)")
            if let pack = journal.rules.attempts[attempt]?.pack { tellReason(pack, "\(fault)") }
        } else {
            staging.worked(name)
            if let pack = journal.rules.attempts[attempt]?.pack { pace.want(pack) }
        }
        waker.wake()
    }

    /// Tells why a pack that is here is not running, once for each reason.
    func tellReason(_ pack: PackID, _ words: String) {
        // A cycle of its own process remembers nothing: what waits to be told need not be told twice.
        let event = AgentEvent.waiting(pack: pack, reason: words)
        guard toldReasons[pack] != words, !journal.rules.outbox.contains(where: { $0.event == event }) else {
            return
        }
        toldReasons[pack] = words
        journal.rules.tell(event)
    }
}
