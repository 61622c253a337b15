/// What is wrong with a problem: the entry and the reason. The planner refuses such input; what is merely impossible to
/// fulfil is not a fault, it is planned as well as can be and explained.
package struct MeetingProblemFault: Error, Sendable, Equatable {
    /// The entry, such as `pairs[17]`.
    package let entry: String
    /// What is wrong with it, continuing a sentence that began with the entry.
    package let reason: String

    /// A fault of an entry.
    package init(_ entry: String, _ reason: String) {
        self.entry = entry
        self.reason = reason
    }
}
