import CHost

/// What this process keeps of the host's memory: an agent lives on a login node for months, and a document with ten
/// thousand attempts should not be what it is seen to need ever after.
enum HostMemory {
    /// Keeps the allocator from a pool of free memory for every thread that ever was; call it before there are several.
    static func sharePools() { chost_share_pools() }

    /// Gives back what the allocator holds and nobody uses.
    static func giveBack() { chost_trim_memory() }
}
