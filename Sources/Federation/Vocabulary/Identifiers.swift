/// One book: one Postgres database with a random, short id of its own.
public enum Instance {}
/// The consortium's whole undertaking.
public enum Programme {}
/// An organisation that takes part.
public enum Partner {}
/// A person or a service of a partner.
public enum Member {}
/// A work package of the programme.
public enum WorkPackage {}
/// A computing centre.
public enum Site {}
/// What a batch system calls a partition.
public enum Partition {}
/// The process that acts at a site as one system user there.
public enum Agent {}
/// An agent's journal; random.
public enum Journal {}
/// What an agent opened with `hello`; random.
public enum Session {}
/// The folder above all run folders of an agent; random, written at enrolment.
public enum RunRoot {}
/// A grant of units at one site.
public enum Allocation {}
/// A share of an allocation: the ledger's account.
public enum Budget {}
/// The tasks that came from one submission.
public enum Campaign {}
/// A submission: hash of partner and key, so that the same submission always has the same id.
public enum Submission {}
/// Attempts that share one job; random.
public enum Pack {}

/// See `Instance`.
public typealias InstanceID = Identifier<Instance>
/// See `Programme`.
public typealias ProgrammeID = Identifier<Programme>
/// See `Partner`.
public typealias PartnerID = Identifier<Partner>
/// See `Member`.
public typealias MemberID = Identifier<Member>
/// See `WorkPackage`.
public typealias WorkPackageID = Identifier<WorkPackage>
/// See `Site`.
public typealias SiteID = Identifier<Site>
/// See `Partition`.
public typealias PartitionID = Identifier<Partition>
/// See `Agent`.
public typealias AgentID = Identifier<Agent>
/// See `Journal`.
public typealias JournalID = Identifier<Journal>
/// See `Session`.
public typealias SessionID = Identifier<Session>
/// See `RunRoot`.
public typealias RunRootID = Identifier<RunRoot>
/// See `Allocation`.
public typealias AllocationID = Identifier<Allocation>
/// See `Budget`.
public typealias BudgetID = Identifier<Budget>
/// See `Campaign`; equal to its submission's id.
public typealias CampaignID = Identifier<Campaign>
/// See `Submission`.
public typealias SubmissionID = Identifier<Submission>
/// See `Pack`.
public typealias PackID = Identifier<Pack>
