internal import CSimd
internal import Glibc

/// Owns the buffers of one network for as long as it lives: aligned, on huge pages where they are large.
final class Arena {
    private var blocks: [UnsafeMutableRawPointer] = []

    deinit {
        for block in blocks { free(block) }
    }

    /// `count` floats, zeroed.
    func floats(_ count: Int) throws -> Floats {
        let memory = try bytes(count * MemoryLayout<Float>.stride)
        let floats = memory.bindMemory(to: Float.self, capacity: count)
        floats.update(repeating: 0, count: count)
        return floats
    }

    /// `count` token ids, zeroed.
    func tokens(_ count: Int) throws -> UnsafeMutablePointer<Int32> {
        let memory = try bytes(count * MemoryLayout<Int32>.stride)
        let tokens = memory.bindMemory(to: Int32.self, capacity: count)
        tokens.update(repeating: 0, count: count)
        return tokens
    }

    /// `count` signed bytes, zeroed.
    func signedBytes(_ count: Int) throws -> UnsafeMutablePointer<Int8> {
        let memory = try bytes(count)
        let values = memory.bindMemory(to: Int8.self, capacity: count)
        values.update(repeating: 0, count: count)
        return values
    }

    private func bytes(_ count: Int) throws -> UnsafeMutableRawPointer {
        guard let memory = csimd_allocate(count) else {
            throw KernelFault.system("cannot allocate \(count) bytes", ENOMEM)
        }
        blocks.append(memory)
        return memory
    }
}
