import Federation
import Seal
import Wire

/// Enrolment where no network leaves the site: a request file goes out, a courier adds a one-time token and posts it,
/// and the answer comes back as a file.
public enum CarriedEnrolment {
    /// Writes the request for the agent that is to live in that folder. Asked again it writes the same one, so that an
    /// answer that was lost can be asked for once more.
    public static func request(folder: AgentFolder, to path: String?) throws -> String {
        let keys = try Enrolment.keys(folder)
        let standing = try JSONFile.read(CourierEnrolment.self, folder.requestPath)
        let request = CourierEnrolment(
            csr: try keys.request(name: "hansa-agent"),
            runRoot: standing?.runRoot ?? RunRootID(RandomName.make()), ed25519: keys.signingPublicKey)
        try JSONFile.write(request, to: folder.requestPath)
        guard let path else { return folder.requestPath }
        try JSONFile.write(request, to: path)
        return path
    }

    /// Makes the folder an enrolled agent's with the answer that a courier has brought. Answers who it is, and the
    /// SHA-256 of the book's key, to be compared with what the programme's manager says: the answer came by a stranger.
    public static func settle(
        folder: AgentFolder, answerFile: String
    ) throws -> (identity: AgentIdentity, bookKey: String) {
        guard let request = try JSONFile.read(CourierEnrolment.self, folder.requestPath) else {
            throw AgentFault.badEnrolmentAnswer(
                reason: "\(folder.path) has no request; `hansa-agent enrol --courier` writes one")
        }
        _ = try Enrolment.keys(folder)
        guard let answer = try JSONFile.read(EnrolmentAnswer.self, answerFile) else {
            throw AgentFault.badEnrolmentAnswer(reason: "there is no file \(answerFile)")
        }
        guard let pem = answer.bookKey, let key = try? Ed25519PublicKey(pem: pem) else {
            throw AgentFault.badEnrolmentAnswer(reason: "it does not hold the book's public key")
        }
        guard answer.agent.isWellFormed, answer.site.isWellFormed, answer.instance.isWellFormed else {
            throw AgentFault.badEnrolmentAnswer(reason: "it names no agent, site and instance")
        }
        let identity = AgentIdentity(
            agent: answer.agent, site: answer.site, instance: answer.instance, runRoot: request.runRoot,
            coordinator: "", exchange: "")
        try Enrolment.settle(folder, identity, answer)
        return (identity, try key.fingerprint().hex)
    }
}
