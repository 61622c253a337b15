import Matching
import Testing

/// A score as the engine gives it, of two texts that share some words.
private func score(_ shared: Int = 3, distance: Double = 0) -> MatchScore {
    let words = ["freshness", "sensor", "chilled", "transport", "label", "harbour"]
    let need = posting("need", .need, words.joined(separator: " "), fields: ["fishery"])
    let other = distance == 1 ? ["electronics"] : ["fishery"]
    let offered = (words.prefix(shared) + ["gears", "metal"]).joined(separator: " ")
    let seed = posting("seed", .seed, offered, fields: other)
    var index = MatchIndex()
    for document in [need, seed] { index.add(document) }
    for number in 0..<6 { index.add(posting("x\(number)", .seed, "straw boat number\(number) brass")) }
    return index.score(need, seed)
}

@Suite struct `An estimate that both say yes` {
    @Test func `is the score itself where nothing is known`() {
        for shared in 1...6 {
            let found = score(shared, distance: 1)
            let estimate = MutualEstimate(found, PairCircumstances(), model: AcceptanceModel())
            #expect(abs(estimate.needYes - min(max(found.value, 0.001), 0.999)) < 1e-9)
            #expect(abs(estimate.mutual - estimate.needYes) < 1e-9)
        }
    }

    @Test func `is held down by the less willing side`() {
        var around = PairCircumstances()
        around.seedOwn = AnswerTally(yes: 0, no: 9)
        let reluctant = MutualEstimate(score(), around, model: AcceptanceModel())
        #expect(reluctant.needYes == MutualEstimate(score(), PairCircumstances(), model: AcceptanceModel()).needYes)
        #expect(reluctant.seedYes < reluctant.needYes)
        #expect(reluctant.mutual < (reluctant.needYes + reluctant.seedYes) / 2)
        #expect(harmonicMean(0, 1) == 0)
        #expect(harmonicMean(0.5, 0.5) == 0.5)
    }

    @Test func `rises with good histories on either side and with wishes met`() {
        let plain = MutualEstimate(score(), PairCircumstances(), model: AcceptanceModel()).mutual
        func changed(_ change: (inout PairCircumstances) -> Void) -> Double {
            var around = PairCircumstances()
            change(&around)
            return MutualEstimate(score(), around, model: AcceptanceModel()).mutual
        }
        #expect(changed { $0.needOwn.yes = 3 } > plain)
        #expect(changed { $0.seedPopularity.yes = 3 } > plain)
        #expect(changed { $0.needPopularity.no = 3 } < plain)
        #expect(changed { $0.needRegion = .met } > plain)
        #expect(changed { $0.seedRegion = .unknown } < plain)
        #expect(changed { $0.stageGap = 2 } < plain)
    }

    @Test func `names every part, and which of them tell of people`() {
        let parts = MutualEstimate(score(), PairCircumstances(), model: AcceptanceModel()).parts
        #expect(parts.count == 3 + 2 * (AcceptanceFeature.allCases.count - 1))
        let people = parts.keys.filter(MutualEstimate.isAboutPeople).sorted()
        #expect(
            people == [
                "mutual", "need.own_history", "need.partner_history", "need_yes", "seed.own_history",
                "seed.partner_history", "seed_yes",
            ])
    }
}

@Suite struct `A model of answers` {
    /// Features of a pair about which the engine is undecided.
    private func features(distance: Double) -> AcceptanceFeatures {
        var features = AcceptanceFeatures()
        features[.distance] = distance
        return features
    }

    @Test func `learns from few answers, and only what is taste`() {
        var model = AcceptanceModel()
        for _ in 0..<5 {
            model.learn(features(distance: 1), isYes: false)
            model.learn(features(distance: 0), isYes: true)
        }
        #expect(model[.distance] < -0.3)
        #expect(abs(model[.base]) < abs(model[.distance]))
        for feature in AcceptanceFeature.allCases where !feature.isLearnt {
            #expect(model[feature] == feature.priorWeight)
        }
        #expect(model.answers == 10)
    }

    @Test func `repeats itself, and never runs away`() {
        var one = AcceptanceModel()
        var other = AcceptanceModel()
        for number in 0..<5_000 {
            one.learn(features(distance: Double(number % 3) / 2), isYes: false, weight: 2)
            other.learn(features(distance: Double(number % 3) / 2), isYes: false, weight: 2)
        }
        #expect(one == other)
        for feature in AcceptanceFeature.allCases {
            #expect(abs(one[feature] - feature.priorWeight) <= AcceptanceModel.reach)
        }
    }

    @Test func `counts a joint project for more than a click`() {
        var click = AcceptanceModel()
        var project = AcceptanceModel()
        click.learn(features(distance: 1), isYes: true)
        project.learn(features(distance: 1), isYes: true, weight: 2)
        #expect(project[.distance] > click[.distance] && click[.distance] > 0)
    }

    @Test(arguments: ["", "1 2", "1 0 0 0 0 0 0 x", "1 0 0 0 0 0 0 inf"])
    func `takes no features that it did not write`(text: String) {
        #expect(AcceptanceFeatures(text: text) == nil)
        let own = features(distance: 0.5)
        #expect(AcceptanceFeatures(text: own.text)?.text == own.text)
    }
}
