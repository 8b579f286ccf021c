import Foundation
import Testing

@testable import TrainingKernel

extension ComputingTests {
    @Suite struct SafetensorsTests {
        private let shape = Shape(layers: 1, width: 32, heads: 1, context: 32, vocabulary: 33)

        @Test func readsWhatItWrote() throws {
            let folder = try TemporaryFolder(), path = folder.path + "/a.safetensors"
            let (values, hash) = try write(path)
            #expect(try SHA256.of(file: path) == hash)
            let file = try SafetensorsFile(path)
            #expect(file.metadata == ["format": "pt"])
            #expect(file.entries["transformer.h.0.attn.c_attn.weight"]?.shape == [32, 96])
            let layout = Layout(shape), arena = Arena(), read = try arena.floats(layout.count)
            for tensor in layout.tensors {
                try file.copy(tensor.name, shape: tensor.shape, to: read + tensor.offset)
            }
            #expect(Array(UnsafeBufferPointer(start: read, count: layout.count)) == values)
            withExtendedLifetime(arena) {}
        }

        /// The layout of the format itself, read without our reader.
        @Test func hasALengthAHeaderAndTheBytes() throws {
            let folder = try TemporaryFolder(), path = folder.path + "/a.safetensors"
            let (values, _) = try write(path)
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            let length = data[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(length % 8 == 0)
            let header = try #require(
                JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any])
            let entry = try #require(header["transformer.wte.weight"] as? [String: Any])
            #expect(entry["dtype"] as? String == "F32")
            #expect(entry["data_offsets"] as? [Int] == [0, 33 * 32 * 4])
            let first = data[(8 + length)..<(12 + length)].reversed().reduce(UInt32(0)) {
                $0 << 8 | UInt32($1)
            }
            #expect(Float(bitPattern: first) == values[0])
            let sizes = header.values.compactMap { ($0 as? [String: Any])?["data_offsets"] as? [Int] }
            #expect(sizes.reduce(0) { $0 + $1[1] - $1[0] } + 8 + length == data.count)
        }

        @Test(arguments: [0, 4, 100, 5000])
        func saysThatAFileIsCutOff(bytes: Int) throws {
            let folder = try TemporaryFolder(), path = folder.path + "/a.safetensors"
            _ = try write(path)
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            try data.prefix(bytes).write(to: URL(fileURLWithPath: path))
            let fault = #expect(throws: KernelFault.self) { try SafetensorsFile(path) }
            #expect(fault?.message.contains("cut off") == true, "\(fault?.message ?? "")")
            #expect(fault?.message.contains(path) == true)
        }

        private func write(_ path: String) throws -> ([Float], String) {
            let layout = Layout(shape), arena = Arena(), parameters = try arena.floats(layout.count)
            InitialWeights.fill(parameters, shape: shape, layout: layout, seed: 8)
            let hash = try SafetensorsWriter.write(
                ModelFolder.parts(parameters, layout), metadata: ["format": "pt"], to: path)
            return (Array(UnsafeBufferPointer(start: parameters, count: layout.count)), hash)
        }
    }
}
