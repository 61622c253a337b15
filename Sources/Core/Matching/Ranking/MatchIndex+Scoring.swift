/// From measured parts to one score.
extension MatchIndex {
    /// Scores candidates that have evidence, best first.
    func scored(_ found: [Int: Evidence], for asker: Asker) -> [RankedMatch] {
        var best = [Double](repeating: 0, count: MatchLanguage.allCases.count)
        for (slot, evidence) in found {
            let language = records[slot].language
            best[language.number] = max(best[language.number], relevance(evidence, asker.language, language))
        }
        var ranked: [RankedMatch] = []
        for (slot, evidence) in found where evidence.joint > 0 {
            let record = records[slot]
            let floor = best[record.language.number] * weights.bonusFloor
            let score = score(evidence, asker.language, record, fields: asker.fields, floor: floor)
            ranked.append(RankedMatch(id: record.id, score: score, kind: kind(score.fieldDistance)))
        }
        ranked.sort { $0.score.total != $1.score.total ? $0.score.total > $1.score.total : $0.id < $1.id }
        return ranked
    }

    /// Evidence across languages is weighed against evidence within one.
    private func relevance(_ evidence: Evidence, _ one: MatchLanguage, _ other: MatchLanguage) -> Double {
        one == other ? evidence.joint : weights.acrossLanguages * evidence.joint
    }

    /// The score of a record; only relevance of at least `floor` earns the bonus for unlike fields.
    func score(
        _ evidence: Evidence, _ language: MatchLanguage, _ record: Record, fields: [String], floor: Double
    ) -> MatchScore {
        let relevance = relevance(evidence, language, record.language)
        let distance = geometry.distance(fields, record.fields)
        let bonus = relevance > 0 && relevance >= floor ? weights.fieldBonus * distance : 0
        return MatchScore(
            lexical: evidence.lexical, concept: evidence.concept, relevance: relevance, fieldBonus: bonus,
            fieldDistance: distance, half: weights.half)
    }

    /// What kind of encounter a distance makes.
    func kind(_ distance: Double) -> MatchKind { distance == 0 ? .kindred : distance < 1 ? .adjacent : .bridge }
}
