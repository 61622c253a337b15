import Exchange
import Matching

/// How people have answered so far, and how postings were received: the histories that estimates rest on.
struct AnswerHistory: Sendable {
    private var own: [Identifier<Participant>: AnswerTally] = [:]
    private var received: [Identifier<Posting>: AnswerTally] = [:]
    /// Answers of one person about one posting, to be left out of the posting's rate for that person.
    private var between: [Pair: AnswerTally] = [:]

    private struct Pair: Hashable {
        let owner: Identifier<Participant>
        let posting: Identifier<Posting>
    }

    /// Nobody has answered.
    init() {}

    /// Counts the answers. What speaks of the pair alone counts nowhere, circumstances only for the person, an unclear
    /// text only for the posting.
    init(_ answers: [GivenAnswer]) {
        for answer in answers {
            let lesson = answer.reason?.lesson
            if lesson == .pair { continue }
            let isYes = answer.reason == nil
            if lesson != .text { own[answer.owner, default: AnswerTally()].count(isYes) }
            if lesson != .circumstance {
                received[answer.about, default: AnswerTally()].count(isYes)
                between[Pair(owner: answer.owner, posting: answer.about), default: AnswerTally()].count(isYes)
            }
        }
    }

    /// How readily the person says yes.
    func rate(of owner: Identifier<Participant>) -> AnswerTally { own[owner] ?? AnswerTally() }

    /// How others than the person have received the posting.
    func reception(of posting: Identifier<Posting>, besides owner: Identifier<Participant>) -> AnswerTally {
        var tally = received[posting] ?? AnswerTally()
        if let mine = between[Pair(owner: owner, posting: posting)] {
            tally.yes -= mine.yes
            tally.no -= mine.no
        }
        return tally
    }
}

extension AnswerTally {
    fileprivate mutating func count(_ isYes: Bool) {
        if isYes { yes += 1 } else { no += 1 }
    }
}
