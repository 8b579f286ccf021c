/// Messages between agents and the coordinator: lost, doubled, late and out of order, cut for days.
final class SimulatedNetwork {
    enum Direction: Int { case toCoordinator, toAgent }

    private let world: World
    private let loss: Double
    private let doubling: Double
    private let delay: Double
    private var cuts: [[(from: Double, to: Double)]]

    init(world: World, sites: Int) {
        self.world = world
        loss = world.random.pick([0, 0.03, 0.15])
        doubling = world.random.pick([0, 0.1, 0.3])
        delay = world.random.pick([0, 0.05, 0.2])
        cuts = Array(repeating: [], count: sites * 2)
    }

    func cut(site: Int, _ directions: [Direction], from: Double, to: Double) {
        for direction in directions {
            cuts[site * 2 + direction.rawValue].append((from, min(to, World.healed)))
        }
    }

    func send(site: Int, _ direction: Direction, _ deliver: @escaping () -> Void) {
        for window in cuts[site * 2 + direction.rawValue]
        where window.from <= world.now && world.now < window.to {
            return world.count(.cut)
        }
        guard world.isFaulty else { return world.after(0.1, deliver) }
        if world.random.chance(loss) { return world.count(.lost) }
        if world.random.chance(doubling) {
            world.count(.duplicated)
            world.after(world.random.unit() * world.random.pick([1, 6, 60]), deliver)
        }
        if world.random.chance(delay) {
            world.count(.delayed)
            world.after(world.random.unit() * world.random.pick([8, 60]), deliver)
        } else {
            world.after(world.random.unit() * 0.4, deliver)
        }
    }
}
