/// From measured parts to one score.
extension MatchIndex {
    /// Scores candidates that have evidence, best first.
    func scored(_ found: [Int: Evidence], for asker: Asker) -> [RankedMatch] {
        var relevances = [[Double]](repeating: [], count: MatchLanguage.allCases.count)
        for (slot, evidence) in found {
            let language = records[slot].language
            relevances[language.number].append(relevance(evidence, asker.language, language))
        }
        let floors = relevances.map { weights.bonusFloor * Self.typicalBest($0) }
        var ranked: [RankedMatch] = []
        for (slot, evidence) in found where relevance(evidence, asker.language, records[slot].language) > 0 {
            let record = records[slot]
            let score = score(
                evidence, asker.language, record, fields: asker.fields, floor: floors[record.language.number])
            ranked.append(RankedMatch(id: record.id, score: score, kind: kind(score.fieldDistance)))
        }
        ranked.sort { $0.score.total != $1.score.total ? $0.score.total > $1.score.total : $0.id < $1.id }
        return ranked
    }

    /// The third best, or the worst of fewer: one near-copy of the asking posting is no measure for the others.
    private static func typicalBest(_ relevances: [Double]) -> Double {
        relevances.sorted(by: >).prefix(3).last ?? 0
    }

    /// Likeness of words on one scale, 0...1: rising fast where little is shared and slowly where much is. Evidence
    /// across languages is weighed against evidence within one.
    private func likeness(_ evidence: Evidence, _ one: MatchLanguage, _ other: MatchLanguage) -> Double {
        let joint = one == other ? evidence.joint : weights.acrossLanguages * evidence.joint
        guard joint > 0 else { return 0 }
        // Where next to nothing is known of a text, one bridge makes a high cosine: it takes more to convince.
        let half = weights.likenessHalf + (evidence.known.map { weights.unknownHalf / max($0, 0.1) } ?? 0)
        return joint / (joint + half)
    }

    /// Meaning and words together where both are known; words alone count as if their meaning were what is usual for
    /// such words, so that postings without vectors stand in one list with the others. Unlike in meaning is evidence
    /// against: shared words that say other things lose.
    private func relevance(_ evidence: Evidence, _ one: MatchLanguage, _ other: MatchLanguage) -> Double {
        let likeness = likeness(evidence, one, other)
        guard let meaning = evidence.meaning else { return weights.wordsAlone * likeness }
        let share = weights.meaningShare
        return max(0, share * meaning.similarity + (1 - share) * evidence.trust * likeness)
    }

    /// The score of a record; only relevance of at least `floor` earns the bonus for unlike fields.
    func score(
        _ evidence: Evidence, _ language: MatchLanguage, _ record: Record, fields: [String], floor: Double
    ) -> MatchScore {
        let relevance = relevance(evidence, language, record.language)
        let distance = geometry.distance(fields, record.fields)
        let greatest = evidence.meaning == nil ? weights.fieldBonus * weights.wordsAloneBonus : weights.fieldBonus
        let bonus = relevance > 0 && relevance >= floor ? greatest * distance : 0
        var score = MatchScore(
            lexical: evidence.lexical, concept: evidence.concept, relevance: relevance, fieldBonus: bonus,
            fieldDistance: distance, half: weights.half)
        score.likeness = likeness(evidence, language, record.language)
        if let meaning = evidence.meaning {
            score.meaning = meaning.similarity
            score.meaningFull = meaning.full
            score.meaningPurpose = meaning.purpose
            score.meaningMeans = meaning.means
            score.hub = meaning.hub
        }
        return score
    }

    /// What kind of encounter a distance makes.
    func kind(_ distance: Double) -> MatchKind { distance == 0 ? .kindred : distance < 1 ? .adjacent : .bridge }
}
