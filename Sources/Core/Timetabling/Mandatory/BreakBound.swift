/// Lower bounds on breaks.
enum BreakBound {
    /// The fewest breaks a participant can have who holds these meetings, looking at them alone: so many bound to the
    /// morning, to the afternoon and to neither, in the slots that are allowed. Nil if they do not fit at all.
    static func fewest(morning: Int, afternoon: Int, any: Int, allowed: UInt64, slots: Int, morningSlots: Int) -> Int? {
        let total = morning + afternoon + any
        if total == 0 { return 0 }
        // fewest[m][t]: the fewest groups of meetings, of which m lie in the morning, t in all; one table where the
        // last slot is taken, one where it is not.
        let width = total + 1
        let unreachable = Int.max / 2
        var idle = Array(repeating: unreachable, count: width * width)
        var taken = idle
        idle[0] = 0
        for slot in 0..<slots {
            var nextIdle = idle
            var nextTaken = Array(repeating: unreachable, count: width * width)
            let isMorning = slot < morningSlots
            for early in 0...total {
                for count in early...total {
                    let place = early * width + count
                    nextIdle[place] = min(idle[place], taken[place])
                    guard allowed >> UInt64(slot) & 1 == 1, count < total, !isMorning || early < total else { continue }
                    let after = (isMorning ? early + 1 : early) * width + count + 1
                    nextTaken[after] = min(nextTaken[after], idle[place] + 1, taken[place])
                }
            }
            idle = nextIdle
            taken = nextTaken
        }
        var best = unreachable
        for early in morning...max(morning, total - afternoon) where early <= total - afternoon {
            best = min(best, idle[early * width + total], taken[early * width + total])
        }
        return best >= unreachable ? nil : best - 1
    }

    /// The fewest breaks of each participant looked at alone; nil where their meetings do not fit.
    static func perParticipant(_ problem: MandatoryProblem) -> [Int?] {
        var counts = Array(repeating: [0, 0, 0], count: problem.participants)
        for meeting in problem.meetings {
            var session = meeting.session
            if session == .any, let slot = meeting.fixedSlot {
                session = slot < problem.morningSlots ? .morning : .afternoon
            }
            counts[meeting.first][session.rawValue - 1] += 1
            counts[meeting.second][session.rawValue - 1] += 1
        }
        return counts.indices.map { person in
            fewest(
                morning: counts[person][0], afternoon: counts[person][1], any: counts[person][2],
                allowed: .slots(problem.slots) & ~problem.forbidden[person], slots: problem.slots,
                morningSlots: problem.morningSlots)
        }
    }
}
