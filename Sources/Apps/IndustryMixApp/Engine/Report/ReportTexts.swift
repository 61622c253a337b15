import Exchange
import Matching

/// The fixed words of the evaluation page in the four languages.
struct ReportTexts {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    private func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }

    var title: String { say("マッチングの評価", "How well the engine matches", "매칭 평가", "匹配评估") }
    var engine: String { say("エンジン", "Engine", "엔진", "引擎") }
    var figures: String { say("指標", "Figures", "지표", "指标") }
    var byLanguages: String { say("言語の組み合わせごとの指標", "Figures by pair of languages", "언어 조합별 지표", "各语言组合的指标") }
    var pairs: String { say("対象", "Pairs", "대상", "对象") }
    var queries: String { say("ニーズ数", "Needs", "니즈 수", "需求数") }
    var difference: String { say("差", "Difference", "차이", "差值") }
    var better: String { say("優れる確率", "P(better)", "우세 확률", "更优概率") }
    var need: String { say("ニーズ", "Need", "니즈", "需求") }
    var seed: String { say("シーズ", "Seed", "시즈", "供给") }

    func lead(needs: Int, seeds: Int, judged: Int) -> String {
        say(
            "ニーズ\(needs)件とシーズ\(seeds)件を、\(judged)件の判定にもとづいて評価し、BM25（単語の一致だけによる順位）と比べました。",
            "\(needs) needs were ranked against \(seeds) seeds and held against \(judged) judgements, beside BM25, which "
                + "only counts shared words.",
            "니즈 \(needs)건과 시즈 \(seeds)건을 판정 \(judged)건에 따라 평가하고, 단어 일치만 보는 BM25와 비교했습니다.",
            "依据\(judged)条判定，对\(needs)条需求和\(seeds)条供给进行评估，并与只看词语重合的BM25比较。")
    }

    func verdict(_ difference: String, _ interval: String, _ percent: String) -> String {
        say(
            "nDCG@10の差は\(difference)（95%区間 \(interval)）で、再抽出の\(percent)%でエンジンが上回りました。",
            "nDCG@10 differs from BM25 by \(difference) (95% interval \(interval)); the engine is better in \(percent)% of "
                + "the resamples.",
            "nDCG@10의 차이는 \(difference)(95% 구간 \(interval))이며, 재표본의 \(percent)%에서 엔진이 앞섰습니다.",
            "nDCG@10之差为\(difference)（95%区间\(interval)），在\(percent)%的重抽样中引擎更优。")
    }

    func slice(_ slice: EvaluationSlice) -> String {
        switch slice {
        case .all: say("すべて", "all", "전체", "全部")
        case .crossField: say("異なる分野どうし", "across fields", "다른 분야 간", "跨领域")
        case .crossLanguage: say("異なる言語どうし", "across languages", "다른 언어 간", "跨语言")
        case .languages(let query, let document): "\(name(query)) → \(name(document))"
        }
    }

    func name(_ spoken: MatchLanguage) -> String {
        switch spoken {
        case .ja: say("日本語", "Japanese", "일본어", "日语")
        case .en: say("英語", "English", "영어", "英语")
        case .ko: say("韓国語", "Korean", "한국어", "韩语")
        case .zh: say("中国語", "Chinese", "중국어", "汉语")
        }
    }

    func name(_ metric: EngineMetric) -> String {
        switch metric {
        case .ndcg10: "nDCG@10"
        case .recall5: "recall@5"
        case .mrr: "MRR@10"
        case .best5: say("recall@5（判定3）", "recall@5 of grade 3", "recall@5(판정 3)", "recall@5（判定3）")
        }
    }

    func barSummary(_ metric: String) -> String {
        say(
            "\(metric)を、対象ごとにエンジンとBM25で比べた棒グラフ。線は95%区間。",
            "\(metric) of the engine and BM25 as bars for each kind of pair, with 95% intervals.",
            "대상별로 엔진과 BM25의 \(metric)를 비교한 막대그래프. 선은 95% 구간.", "按对象比较引擎与BM25的\(metric)的柱状图，线段为95%区间。")
    }

    var scatterTitle: String { say("ニーズごとの比較", "Need by need", "니즈별 비교", "逐条需求比较") }

    func scatterSummary(better: Int, worse: Int, equal: Int) -> String {
        say(
            "点はニーズ1件（重なると大きくなります）。斜めの線より上はエンジンが上回ったもの：上回る\(better)件、下回る\(worse)件、同じ\(equal)件。",
            "Each dot is a need, larger where several coincide; above the diagonal the engine is better: \(better) better, "
                + "\(worse) worse, \(equal) equal.",
            "점은 니즈 1건(겹치면 커짐). 대각선 위는 엔진이 앞선 것: 우세 \(better)건, 열세 \(worse)건, 동일 \(equal)건.",
            "每点为一条需求（重合则变大）。对角线以上为引擎更优：更优\(better)条，较差\(worse)条，相同\(equal)条。")
    }

    var heatTitle: String {
        say("言語の組み合わせごとのnDCG@10", "nDCG@10 by pair of languages", "언어 조합별 nDCG@10", "各语言组合的nDCG@10")
    }
    var heatSummary: String {
        say(
            "行はニーズの言語、列はシーズの言語。2行目はBM25の値とニーズ数。",
            "Rows: language of the need; columns: of the seed. Below each figure: BM25 and "
                + "the number of needs.", "행은 니즈, 열은 시즈의 언어. 아래 줄은 BM25 값과 니즈 수.", "行为需求语言，列为供给语言；下方为BM25的值与需求数。")
    }

    var exposureTitle: String { say("シーズの見せ方の偏り", "Who gets shown", "시즈 노출의 고른 정도", "供给的展示均衡度") }

    func exposureSummary(_ name: String, gini: String, largest: Int, mean: String, never: Int, of all: Int) -> String {
        say(
            "\(name)：ジニ係数\(gini)、最多\(largest)回（平均\(mean)回）、一度も出なかったシーズ\(never)件（全\(all)件）。",
            "\(name): Gini \(gini), most often shown \(largest) times (mean \(mean)), never shown \(never) of \(all).",
            "\(name): 지니 계수 \(gini), 최다 \(largest)회(평균 \(mean)회), 한 번도 나오지 않은 시즈 \(never)건(전체 \(all)건).",
            "\(name)：基尼系数\(gini)，最多展示\(largest)次（平均\(mean)次），从未展示\(never)条（共\(all)条）。")
    }

    var lorenzAcross: String { say("シーズの割合（少ない順）", "share of seeds, least shown first", "시즈 비율(적은 순)", "供给占比（由少到多）") }
    var lorenzUp: String { say("上位10件に占める割合", "share of places in top 10", "상위 10건 중 비율", "前10名中的占比") }
    var worst: String { say("うまくいかなかったニーズ", "Where the engine did worst", "결과가 나빴던 니즈", "效果最差的需求") }
    var best: String { say("BM25との差が大きかったニーズ", "Where it gained most on BM25", "BM25 대비 가장 나아진 니즈", "相对BM25提升最大的需求") }
    var shown: String { say("上位に出たシーズ", "What came first", "상위에 나온 시즈", "排在前面的供给") }
    var missed: String { say("上位10件に入らなかった正解", "What was missed", "상위 10건에 들지 못한 정답", "未进入前10名的正解") }
    var allQueries: String { say("すべてのニーズ", "Every need", "모든 니즈", "全部需求") }
    var grade: String { say("判定", "grade", "판정", "判定") }

    func rank(_ rank: Int?, _ baseline: Int?) -> String {
        func one(_ rank: Int?) -> String {
            rank.map { say("\($0)位", "rank \($0)", "\($0)위", "第\($0)名") }
                ?? say("順位なし", "not ranked", "순위 없음", "未入列")
        }
        return "\(one(rank)) · BM25 \(one(baseline))"
    }

    var methodTitle: String { say("測り方", "How this was measured", "측정 방법", "测量方法") }

    func method(resamples: Int, seed: UInt64) -> String {
        say(
            "判定3・2のシーズを正解とし、利得は2^判定−1。似ているだけのシーズ（判定1）は利得0。"
                + "区間はニーズを復元抽出する対応ありブートストラップ（\(resamples)回、シード\(seed)）の2.5〜97.5百分位。"
                + "ニーズが少ない対象では区間が広く、小さな差は偶然と区別できません。",
            "Seeds of grade 3 and 2 are right, with gains of 2^grade − 1; look-alikes (grade 1) gain nothing. Intervals are "
                + "the 2.5th to 97.5th percentile of a paired bootstrap over needs (\(resamples) draws, seed \(seed)). Where "
                + "needs are few the intervals are wide, and small differences cannot be told from chance.",
            "판정 3·2의 시즈를 정답으로 보고 이득은 2^판정−1, 비슷하기만 한 시즈(판정 1)는 이득 0입니다. 구간은 니즈를 복원 추출한 대응 부트스트랩"
                + "(\(resamples)회, 시드 \(seed))의 2.5~97.5 백분위입니다. 니즈가 적으면 구간이 넓어 작은 차이는 우연과 구별되지 않습니다.",
            "判定3、2的供给为正解，增益为2^判定−1；仅相似者（判定1）增益为0。区间为对需求有放回抽样的配对自助法（\(resamples)次，种子\(seed)）的"
                + "2.5至97.5百分位。需求较少时区间较宽，小的差异无法与偶然区分。")
    }
}
