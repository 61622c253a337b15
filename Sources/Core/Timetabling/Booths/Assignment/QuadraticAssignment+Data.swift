extension QuadraticAssignment {
    /// Reads the plain form in which such problems are published: the size, then two square tables of whole numbers,
    /// flows and distances, with any white space between. Throws what is wrong with it.
    package init(data text: String) throws(MeetingProblemFault) {
        var numbers: [Int] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            guard let number = Int(word) else {
                throw MeetingProblemFault("The data", "has \"\(word.prefix(20))\" where a whole number is needed")
            }
            numbers.append(number)
        }
        guard let size = numbers.first, (0...Self.maximumSize).contains(size) else {
            throw MeetingProblemFault("The data", "must begin with a size from 0 to \(Self.maximumSize)")
        }
        guard numbers.count == 1 + 2 * size * size else {
            throw MeetingProblemFault(
                "The data", "has \(numbers.count - 1) numbers after its size; \(2 * size * size) are needed")
        }
        try self.init(
            size: size, flow: Array(numbers.dropFirst().prefix(size * size)),
            distance: Array(numbers.dropFirst(1 + size * size)))
    }
}
