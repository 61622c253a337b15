/// What makes meaning vectors of texts: a library on this machine, or a service.
package protocol MeaningEncoder: Sendable {
    /// Names the model and whatever else decides what a vector means; vectors of two names are never compared.
    var model: String { get }
    /// How many texts are best given at once.
    var batch: Int { get }

    /// One vector for each text, in their order, all of one dimension, finite and of unit length.
    ///
    /// Never waits for ever, and ends early when its task is cancelled.
    func embed(_ texts: [String]) async throws(MeaningFault) -> [[Float]]
}

/// Why there are no vectors.
package struct MeaningFault: Error, Hashable, Sendable {
    /// What kind of trouble it is.
    package enum Kind: String, Hashable, Sendable {
        /// The files or the setting are not there.
        case missing
        /// A file is not what it should be.
        case damaged
        /// This machine cannot run it.
        case unsuitable
        /// Nobody answered in time, or the answer broke off.
        case unreachable
        /// The service answered that it will not.
        case refused
        /// The answer is not what was asked for.
        case malformed
        /// The task was cancelled or the encoder closed.
        case stopped
    }

    /// What kind of trouble it is.
    package let kind: Kind
    /// One sentence: what is wrong.
    package let what: String
    /// One sentence: what to do next.
    package let advice: String
    /// How long the service asked to be left alone, in seconds.
    package let retryAfterSeconds: Int?

    /// Takes every value.
    package init(_ kind: Kind, _ what: String, _ advice: String, retryAfterSeconds: Int? = nil) {
        self.kind = kind
        self.what = what
        self.advice = advice
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The work was cancelled.
    package static let stopped = MeaningFault(.stopped, "Making vectors was stopped.", "Nothing needs to be done.")
}
