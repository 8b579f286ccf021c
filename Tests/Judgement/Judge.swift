/// Judges a seed by what its programs wrote, by Slurm's own record and by the book; it believes neither agent nor
/// coordinator beyond what the other two bear out.
public enum Judge {
    /// The verdict on that folder. Throws where evidence is missing, cut or garbled.
    public static func judge(folder: String) throws(Unreadable) -> Verdict {
        let evidence = try SeedFolder(path: folder).evidence()
        var verdict = Verdict(seed: evidence.plan.seed)
        try FaultTally.count(evidence.timeline, in: &verdict, file: "\(folder)/timeline.jsonl")
        LossRule(evidence: evidence).apply(to: &verdict)
        RunTwiceRule(evidence: evidence).apply(to: &verdict)
        let packs = PackCase.all(evidence)
        for pack in packs { ChargeRule(pack: pack, evidence: evidence).apply(to: &verdict) }
        UnbookedRule(evidence: evidence).apply(to: &verdict)
        for budget in evidence.budgets {
            BudgetReplay(budget: budget, evidence: evidence, packs: packs).apply(to: &verdict)
        }
        return verdict
    }
}
