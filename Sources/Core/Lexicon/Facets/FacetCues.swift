/// What a cue tells of the words around it.
enum FacetKind: UInt8, Sendable {
    case purpose, means
}

/// Words by which a text says what it is about to say: why, or how.
struct FacetCue: Sendable {
    /// Folded scalars, as texts are compared.
    var scalars: [UInt32]
    var kind: FacetKind
    var role: Role

    enum Role: Sendable {
        /// Ties a clause of its kind to a clause of the other kind ("by", "in order to").
        case tie
        /// Makes the whole sentence a wish or a complaint ("we need"): what is tied to it is part of the wish.
        case wish
        /// Colours the sentence ("prevents", "a method").
        case hint
    }
}

/// The cues of a language.
struct FacetCues: Sendable {
    /// Whether a tie stands at the beginning of its clause (prepositions) or at its end (postpositions).
    let isTieFirst: Bool
    /// Whether words are parted by spaces, so that a cue has to be a whole word.
    let hasWords: Bool
    /// By first scalar, longest first.
    private let byFirst: [UInt32: [FacetCue]]

    /// The cues of a language.
    static func of(_ language: TextLanguage) -> FacetCues {
        switch language {
        case .ja: japanese
        case .en: english
        case .ko: korean
        case .zh: chinese
        }
    }

    /// The longest cue at a place, and the place after it.
    func find(in folded: [UInt32], at place: Int) -> (cue: FacetCue, end: Int)? {
        guard let candidates = byFirst[folded[place]] else { return nil }
        if hasWords, place > 0, Self.isLetter(folded[place - 1]) { return nil }
        for cue in candidates {
            let end = place + cue.scalars.count
            guard end <= folded.count, folded[place..<end].elementsEqual(cue.scalars) else { continue }
            if hasWords, end < folded.count, Self.isLetter(folded[end]) { continue }
            return (cue, end)
        }
        return nil
    }

    static func isLetter(_ scalar: UInt32) -> Bool { scalar >= 0x61 && scalar <= 0x7A }

    private init(
        isTieFirst: Bool, hasWords: Bool, purposeTies: String, wishes: String, effects: String, meansTies: String,
        means: String
    ) {
        self.isTieFirst = isTieFirst
        self.hasWords = hasWords
        var byFirst: [UInt32: [FacetCue]] = [:]
        for (list, kind, role) in [
            (purposeTies, FacetKind.purpose, FacetCue.Role.tie), (wishes, .purpose, .wish), (effects, .purpose, .hint),
            (meansTies, .means, .tie), (means, .means, .hint),
        ] {
            for word in list.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
                let scalars = NormalizedText(String(word)).folded
                guard let first = scalars.first else { continue }
                byFirst[first, default: []].append(FacetCue(scalars: scalars, kind: kind, role: role))
            }
        }
        self.byFirst = byFirst.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }

    private static let japanese = FacetCues(
        isTieFirst: false, hasWords: false,
        purposeTies: "ために|ための|ため、|ように|するには",
        wishes: """
            したい|りたい|きたい|せたい|めたい|えたい|いたい|課題|問題|困って|困る|困り|悩み|悩んで|必要|求めて|求めます|探して|ほしい|欲しい|希望
            |できないか|ませんか|でしょうか|目的
            """,
        effects: "防ぐ|防ぎ|防止|減らす|減らし|削減|低減|抑制|解決|改善|向上|解消|なくす|なくし|軽減|実現",
        meansTies: """
            により|によって|を用いて|を用い|を使って|を使い|を利用して|を利用し|を活用して|を活用し|に基づき|に基づいて|を通じて|を応用して
            |を組み合わせて|ことで
            """,
        means: "方式|用いた|使った|利用した|活用した|応用した|組み合わせた|素材|製法|工法|原理|構造|方法で|材料で|技術で")

    private static let english = FacetCues(
        isTieFirst: true, hasWords: true,
        purposeTies: """
            in order to|so that|so as to|to reduce|to prevent|to avoid|to keep|to make|to improve|to protect|to remove|to detect
            |to measure|to save|to cut|to stop|to help|to replace|to raise|to increase|to lower|to find|to check|to solve|to enable
            |to allow|to ensure|to produce|to provide|to recover|to reuse|to control|to monitor|to clean|to cool|to dry|to support
            """,
        wishes: """
            problem|problems|need|needs|needed|want|wants|wish|seek|seeking|looking for|goal|aim|aims|purpose|cannot|difficult
            """,
        effects: """
            enable|enables|reduce|reduces|reducing|prevent|prevents|preventing|avoid|avoids|solve|solves|improve|improves|protect
            |protects|suited to|suitable for
            """,
        meansTies:
            "using|by using|by means of|based on|via|made of|made from|consisting of|equipped with|with the help of",
        means: "uses|use|used|method|process|technique|mechanism|principle|combines|combining|employs|consists of")

    private static let korean = FacetCues(
        isTieFirst: false, hasWords: false,
        purposeTies: "위해|위한|위하여|기 위|도록",
        wishes: "문제|필요|싶습니다|싶다|싶어|찾습니다|구합니다|찾고|구하고|원합니다|과제|고민|어렵|어려|바랍니다|목적",
        effects: "줄이|줄일|줄여|방지|예방|해결|개선|절감|저감|향상",
        meansTies: "이용해|이용하여|사용해|사용하여|활용해|활용하여|통해|통하여|기반으로|적용해|적용하여|결합해|결합하여",
        means: "방식|공법|이용한|사용한|활용한|적용한|소재|원리|구조|방법으로|기술로|재료로")

    private static let chinese = FacetCues(
        isTieFirst: true, hasWords: false,
        purposeTies: "为了|以便|用来|用于|从而|以减少|以降低|以提高|以防止|以避免|以改善",
        wishes: "问题|需要|希望|想|寻找|寻求|困扰|目的|目标|课题|难以|求",
        effects: "解决|避免|防止|减少|降低|改善|提高|提升|适合|适用于",
        meansTies: "通过|采用|利用|使用|运用|基于|借助|经过",
        means: "方式|方法|工艺|原理|结构|制成|材料")
}
