/// What a verb returns: the new value and what happened, to be written in one transaction.
package struct Change<Value: Sendable>: Sendable {
    package let value: Value
    package let happenings: [Happening]

    /// Takes the new value and what happened.
    package init(_ value: Value, _ happenings: [Happening]) {
        self.value = value
        self.happenings = happenings
    }
}
