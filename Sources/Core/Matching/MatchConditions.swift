/// What a posting says about how it may be worked on together.
package struct MatchConditions: Sendable, Equatable {
    /// A kind of cooperation that is sought.
    package enum Cooperation: String, Sendable, Hashable, CaseIterable, Codable {
        case jointResearch = "joint_research", technicalAdvice = "technical_advice", supply, licence
        case testUse = "test_use", jointDevelopment = "joint_development", investment, other

        /// Whether it asks for something that can be had today, not for research.
        var wantsFinished: Bool { self == .supply || self == .licence }

        /// Whether two sides that seek one and the other can agree: a trial leads to a purchase or to development,
        /// advice to research.
        func goesWith(_ other: Cooperation) -> Bool {
            let kinds: Set = [self, other]
            if kinds.count == 1 { return true }
            if kinds.contains(.testUse) { return !kinds.contains(.investment) }
            return kinds.isSubset(of: [.jointResearch, .jointDevelopment, .technicalAdvice])
        }

        /// Whether it leaves room for something unfinished.
        var allowsUnfinished: Bool {
            switch self {
            case .jointResearch, .jointDevelopment, .technicalAdvice, .investment: true
            case .supply, .licence, .testUse, .other: false
            }
        }
    }

    /// How the rights stand, where that has to be asked first.
    package enum Rights: String, Sendable, Hashable, CaseIterable, Codable {
        case patentPending = "patent_pending", secret
    }

    /// The kinds sought; empty where nothing is said.
    package var cooperation: Set<Cooperation>
    /// Rights that have to be asked about first, if any.
    package var rights: Rights?

    /// Takes every value.
    package init(cooperation: Set<Cooperation> = [], rights: Rights? = nil) {
        self.cooperation = cooperation
        self.rights = rights
    }
}
