/// English words that say nothing about the matter.
struct EnglishWords: Sendable {
    /// The list of this process.
    static let shared = EnglishWords()

    /// Hashes of the words; 0 where free.
    private var slots = [UInt64](repeating: 0, count: 1_024)

    private init() {
        for word in Self.stops.split(separator: " ") {
            let hash = RunningHash.of(word.unicodeScalars.map(\.value)[...])
            var place = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = hash
        }
    }

    /// Whether the folded word with this hash is on the stop list.
    @inline(__always)
    func isStop(_ hash: UInt64) -> Bool {
        var place = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
        while slots[place] != 0 {
            if slots[place] == hash { return true }
            place = (place + 1) & (slots.count - 1)
        }
        return false
    }

    private static let stops =
        """
        a about above after again against all also although always am among an and another any anything \
        are as at be became because become been before \
        being below between both but by came can cannot could did do does doing done down due during each \
        either else enough etc even ever every \
        few for found from further get gets getting give given goes going got had has have having he \
        hence her here hers herself him himself his \
        how however i if in instead into is it its itself just keep least less let like likely made \
        mainly make makes making many may me might mine more most \
        much must my myself nearly need needs neither no nor not nothing now of off often on once one \
        only onto or other others our ours out over own per \
        perhaps please put quite rather really same see seen several shall she should since so some \
        something soon still such take taken than that the \
        their theirs them themselves then there therefore these they thing things this those though \
        through thus to together too toward towards two under \
        until up upon us use used uses using usually various very via want wants was way we well were \
        what whatever when where whether which while who whole \
        whom whose why will with within without would yes yet you your yours
        """
}
