import Federation
import Testing

@Suite struct PlacementTests {
    typealias Scene = PlacementScene

    @Test func theMostSpecificBudgetThatFitsIsTaken() {
        var scene = Scene()
        scene.budgets = [
            Scene.makeBudget("common", units: 9), Scene.makeBudget("package", units: 9, workPackage: "WP1"),
            Scene.makeBudget("partner", units: 9, partner: "aa"),
            Scene.makeBudget("both", units: 9, partner: "aa", workPackage: "WP1"),
        ]
        for expected in ["both", "partner", "package", "common"] as [BudgetID] {
            #expect(scene.decide().choice?.budget == expected)
            guard let index = scene.budgets.firstIndex(where: { $0.balance.id == expected }) else { continue }
            scene.budgets[index].balance.available = Amount(thousandths: 1)
        }
        #expect(scene.decide().choice == nil)
        #expect(scene.decide().perSite[0].refusals.count == 4)
    }

    @Test func theHoldCoversWalltimeAndGraceAtTheDearestTariff() throws {
        var scene = Scene()
        scene.site.graceSeconds = 1800
        var dearer = scene.site.prices.tariffs[0]
        dearer.from = Scene.now.adding(seconds: 7 * 86_400)
        dearer.factorThousandths = 3000
        scene.site.prices.tariffs.append(dearer)
        let placement = scene.decide()
        #expect(placement.choice?.hold == Amount(thousandths: 3_600_000 * 3 * 3 / 2))
        #expect(placement.choice?.mustStartBy == Scene.now.adding(seconds: 14 * 86_400))
        #expect(placement.perSite[0].cost?.amount == Amount(units: 1))
        #expect(placement.perSite[0].cost?.hold == placement.choice?.hold)
    }

    @Test func aJobMustBeAbleToEndWithinThePeriod() {
        var scene = Scene()
        scene.budgets[0].balance.periodEnd = Scene.now.adding(seconds: 2 * 86_400)
        #expect(scene.decide().choice?.mustStartBy == Scene.now.adding(seconds: 2 * 86_400 - 3660))
    }

    @Test func wholeNodesArePaidWhole() {
        var scene = Scene()
        scene.site.partitions[0].wholeNodes = true
        #expect(scene.decide().perSite[0].cost?.amount == Amount(units: 4))
        #expect(scene.decide().choice?.resources.coresPerNode == 4)
        #expect(scene.decide().choice?.resources.exclusive == true)
    }

    @Test func aQuoteNamesDevicesAndModules() throws {
        var scene = Scene()
        scene.site.partitions[0].devicesPerNode = 8
        scene.site.partitions[0].deviceType = "mi250x-gcd"
        scene.site.partitions[0].deviceModule = DeviceModule(name: "MI250X module", devices: 2)
        scene.shape = Scene.shape {
            $0.resources.devicesPerNode = 8
            $0.resources.nodes = 2
        }
        let words = try #require(scene.decide().perSite[0].cost).inWords
        #expect(words == "2.000 core-hours (16 mi250x-gcd = 8 MI250X modules, 2 cores, 2 nodes)")
    }

    @Test func ofSeveralPartitionsTheCheapestThatFitsIsTaken() {
        var scene = Scene()
        var whole = scene.site.partitions[0]
        whole.id = "whole"
        whole.wholeNodes = true
        scene.site.partitions.insert(whole, at: 0)
        var tariff = scene.site.prices.tariffs[0]
        tariff.partition = "whole"
        scene.site.prices.tariffs.append(tariff)
        scene.agent.capacity.append(PartitionCapacity(partition: "whole", freeJobs: 5))
        #expect(scene.decide().choice?.partition == "cpu")
        scene.agent.capacity = scene.agent.capacity.filter { $0.partition == "whole" }
        #expect(scene.decide().choice?.partition == "whole")
    }

    @Test func softRulesPreferUnitsAboutToExpireFreeCoresAndInputsThatAreThere() {
        var scene = Scene()
        scene.others = [Scene.makeContext("beta")]
        #expect(scene.decide().choice?.site == "alpha")
        scene.budgets[0].balance.available = Amount(units: 20)
        #expect(scene.decide().choice?.site == "beta")

        scene = Scene()
        scene.others = [Scene.makeContext("beta")]
        scene.agent.capacity[0].freeCores = 0
        #expect(scene.decide().choice?.site == "beta")

        scene = Scene()
        scene.others = [Scene.makeContext("beta")]
        let request = PlacementRequest(shape: scene.shape, inputsThere: ["beta": 1 << 30])
        #expect(Placement.decide(request, in: scene.context).choice?.site == "beta")
    }

    @Test func theOrderOfSitesDoesNotMatter() {
        let sites = ["delta", "alpha", "gamma", "beta"].map { Scene.makeContext(SiteID($0)) }
        let eligibility = Scene().context.eligibility
        let request = PlacementRequest(shape: Scene.shape())
        let choices = [sites, sites.reversed(), Array(sites[2...] + sites[..<2])].map {
            Placement.decide(
                request, in: PlacementContext(now: Scene.now, sites: $0, eligibility: eligibility))
        }
        #expect(Set(choices).count == 1 && choices[0].choice?.site == "alpha")
    }

    @Test func whoIsRefusedEverywhereIsToldWhyOfEverySite() {
        var scene = Scene()
        scene.others = [Scene.makeContext("beta")]
        scene.verdict = .deny
        let placement = scene.decide()
        #expect(placement.choice == nil && placement.words.count == 1)
        #expect(placement.perSite.allSatisfy { $0.words == placement.words })
    }

    @Test func presenceFollowsTheWayAnAgentTravels() {
        var agent = AgentRecord(id: "a", site: "s")
        let settings = ExchangeSettings()
        func presence(_ silent: Int64, _ mode: AgentMode, drained: Bool = false) -> AgentPresence {
            agent.seen = Scene.now.adding(seconds: -silent)
            agent.mode = mode
            agent.drained = drained
            return AgentPresence(of: agent, quarantined: false, now: Scene.now, settings: settings)
        }
        #expect(
            AgentPresence(of: agent, quarantined: false, now: Scene.now, settings: settings) == .neverSeen)
        #expect(presence(300, .serve) == .connected)
        #expect(presence(301, .serve) == .unreachable(since: Scene.now.adding(seconds: -301)))
        #expect(presence(301, .courier) == .connected && presence(86_401, .once) != .connected)
        #expect(presence(0, .serve, drained: true) == .drained)
    }
}
