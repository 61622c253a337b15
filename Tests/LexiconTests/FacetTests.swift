import Lexicon
import Testing

private func facets(_ text: String, _ standpoint: FacetStandpoint = .seed, title: String = "") -> FacetTexts {
    Lexicon().facets(title: title, text: text, standpoint: standpoint)
}

@Suite struct `The facets of a text` {
    @Test(arguments: [
        (
            "超音波を用いて、牛の脂肪交雑を生きたまま測定します。", "牛の脂肪交雑を生きたまま測定します。", "超音波を用いて"
        ),
        (
            "温室の霜を防ぐために、透明な発熱膜を窓に張ります。", "温室の霜を防ぐために", "透明な発熱膜を窓に張ります。"
        ),
        (
            "Using polarised light, we find hairs in wet vegetables.", "we find hairs in wet vegetables.",
            "Using polarised light"
        ),
        (
            "We coat drone wings with soft silicone to prevent icing in freezing fog.",
            "to prevent icing in freezing fog.", "We coat drone wings with soft silicone"
        ),
        (
            "초음파를 이용하여 저장 탱크의 두께를 멈추지 않고 잽니다.", "저장 탱크의 두께를 멈추지 않고 잽니다.",
            "초음파를 이용하여"
        ),
        (
            "为了减少冬季蔬菜大棚的热损失，我们铺设蓄热水袋。", "我们铺设蓄热水袋", "为了减少冬季蔬菜大棚的热损失"
        ),
    ])
    func `are cut where a cue ties how to what for`(text: String, one: String, other: String) {
        let found = facets(text)
        let expected = text.contains("为了") ? (purpose: other, means: one) : (purpose: one, means: other)
        #expect(found.purpose?.contains(expected.purpose) == true)
        #expect(found.means?.contains(expected.means) == true)
    }

    @Test(arguments: [
        ("定置網に魚が入ったかを、陸から確かめたい。", TextLanguage.ja),
        ("We need a coating from which ice slides off.", .en),
        ("감자 싹을 방지하는 저장 방법을 찾습니다.", .ko),
        ("希望减少运输途中的水果损伤。", .zh),
    ])
    func `know a wish in each language`(text: String, language: TextLanguage) {
        let more = facets(text + "\n" + (language == .en ? "The process runs at 20 bar." : "XYZ"))
        #expect(more.purpose?.isEmpty == false)
    }

    @Test func `take what a need tells without cues for the trouble itself`() {
        let text = "毎朝二時間かけて網を上げています。\n市販の装置を使った方式は電池が三日でなくなりました。"
        #expect(facets(text, .need).purpose?.contains("毎朝二時間") == true)
        #expect(facets(text, .seed).purpose == nil)
    }

    @Test(arguments: ["", " ", "鋼", "Steel plates.", "!!!", "\n\n", "12.5 mm", "。。。"])
    func `are none where there is nothing to tell apart`(text: String) {
        #expect(facets(text) == FacetTexts())
        #expect(facets(text, .need).purpose == nil)
    }

    @Test func `leave whole what is purpose throughout`() {
        #expect(facets("We want to find leaks. We need an alarm.", .need).purpose == nil)
    }

    @Test func `keep numbers and names in one piece`() {
        let found = facets("The 0.5 mm film made by example.org uses silicone. We need to prevent icing at 3.5 bar.")
        #expect(found.means == "The 0.5 mm film made by example.org uses silicone.")
        #expect(found.purpose == "We need to prevent icing at 3.5 bar.")
    }

    @Test func `do not stumble over long, mixed or repeated text`() {
        let long = String(repeating: "超音波を用いて測る。We need it。초음파를 이용하여 잽니다。为了减少，", count: 2_000)
        let found = facets(long)
        #expect(found.means != nil)
        #expect((found.means?.unicodeScalars.count ?? 0) <= Lexicon.longestText * 2)
    }
}
