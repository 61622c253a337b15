import CUnicode

/// What normalisation and segmentation need to know of every character of the basic plane, looked up once and for all:
/// asking ICU character by character is what reading a text would otherwise spend its time on.
struct CharacterTable: Sendable {
    /// The table of this process.
    static let shared = CharacterTable()

    /// By code point below 0x10000: the script in the low three bits, then the flags below.
    private(set) var traits: [UInt8]
    /// By code point below 0x10000: the form that is compared (case and written form folded).
    private(set) var folded: [UInt16]

    /// Never belongs in text: controls, format characters, unassigned code points.
    static let invisible: UInt8 = 0x08
    /// May change under NFKC, alone or with its neighbours.
    static let unsettled: UInt8 = 0x10
    /// The bits of the script.
    static let script: UInt8 = 0x07

    private init() {
        let forms = KanjiVariants.table
        traits = [UInt8](repeating: 0, count: 0x10000)
        folded = [UInt16](repeating: 0, count: 0x10000)
        for scalar in 0..<0x10000 as Range<UInt32> {
            var trait = Script.derived(scalar).rawValue
            if im_unorm_is_invisible(Int32(scalar)) != 0 { trait |= Self.invisible }
            if im_unorm_is_settled(Int32(scalar)) == 0 { trait |= Self.unsettled }
            traits[Int(scalar)] = trait
            let isIdeograph =
                scalar >= KanjiVariants.first && scalar < KanjiVariants.first + UInt32(KanjiVariants.count)
            folded[Int(scalar)] = UInt16(
                truncatingIfNeeded: isIdeograph
                    ? KanjiVariants.representative(of: scalar, in: forms) : UInt32(im_unorm_fold(Int32(scalar))))
        }
    }
}
