import Charts
import Delivery
import Exchange
import Timetabling

/// The hall as a drawing in a language.
struct BoothDrawing {
    private let sheet: BoothSheet
    private let organizations: [Identifier<Organization>: Organization]
    private let taxonomy: FieldTaxonomy
    private let texts: NoticeTexts

    init(
        _ sheet: BoothSheet, _ organizations: [Identifier<Organization>: Organization], _ taxonomy: FieldTaxonomy,
        _ texts: NoticeTexts
    ) {
        self.sheet = sheet
        self.organizations = organizations
        self.taxonomy = taxonomy
        self.texts = texts
    }

    var chart: FloorPlanChart {
        let holders = sheet.layout?.holders ?? [:]
        let boxes = sheet.content.stands.map { stand in
            FloorPlanChart.Box(
                x: stand.x, y: stand.y, width: stand.width, height: stand.height, name: stand.name,
                holder: holders[stand.name].flatMap { organizations[$0]?.profile.name } ?? "",
                note: (["\(stand.power) W"] + stand.supplies.map(texts.supply)).joined(separator: ", "))
        }
        let places = Dictionary(
            sheet.content.stands.enumerated().compactMap { index, stand in holders[stand.name].map { ($0, index) } },
            uniquingKeysWith: { first, _ in first })
        let near = (sheet.layout?.ties ?? []).filter { $0.closeness >= FloorPlan.neighbourly }
        let links = near.compactMap { tie -> FloorPlanChart.Link? in
            guard let first = places[tie.first], let second = places[tie.second] else { return nil }
            return FloorPlanChart.Link(
                first, second, look: tie.bond == .promising ? .near : .quarrel, reason: reason(tie))
        }
        let count = links.count { $0.look == .near }
        return FloorPlanChart(
            ChartCaption(id: "booths", title: texts.boothTitle, summary: texts.boothSummary(count)), boxes: boxes,
            links: links, words: texts.boothWords)
    }

    private func reason(_ tie: BoothSheet.Tie) -> String {
        let language = Language(rawValue: texts.notice.rawValue) ?? .ja
        let fields = [tie.first, tie.second].compactMap { organizations[$0]?.profile.fields.first }.map {
            taxonomy.label($0, in: language)
        }
        let between = Set(fields).count == 2 ? " (" + fields.joined(separator: " ⇄ ") + ")" : ""
        return texts.bond(tie.bond) + between
    }
}

extension NoticeTexts {
    fileprivate var boothTitle: String { say("ブース配置図", "Booth layout", "부스 배치도", "展位布局图") }

    fileprivate func boothSummary(_ count: Int) -> String {
        say(
            "出会いが期待できる異分野の組み合わせ\(count)組が隣り合っています。", "\(count) promising unlike pairs stand side by side.",
            "만남이 기대되는 서로 다른 분야의 \(count)쌍이 이웃해 있습니다.", "有\(count)对值得期待的跨领域组合相邻。")
    }

    fileprivate var boothWords: FloorPlanChart.Words {
        FloorPlanChart.Words(
            stand: say("小間", "Stand", "부스", "展位"), holder: say("出展者", "Exhibitor", "출전자", "参展方"),
            note: say("設備", "Has", "설비", "设施"), neighbours: say("隣り合う理由", "Why these neighbours", "이웃한 이유", "相邻理由"),
            empty: say("空き", "empty", "비어 있음", "空"))
    }

    fileprivate func bond(_ bond: BoothSheet.Tie.Bond) -> String {
        switch bond {
        case .promising: say("ニーズとシーズが合います", "A need and a seed fit", "니즈와 시즈가 맞습니다", "需求与种子相合")
        case .competing: say("同じ分野です", "The same field", "같은 분야입니다", "同一领域")
        case .vetoed: say("離す希望があります", "To be kept apart", "떨어뜨려 달라는 요청이 있습니다", "要求分开")
        case .noise: say("音が気になる組み合わせです", "Noise disturbs", "소음이 방해됩니다", "噪音干扰")
        }
    }

    fileprivate func supply(_ word: String) -> String {
        switch word {
        case "water": say("給排水", "water", "급배수", "给排水")
        case "compressedAir": say("圧縮空気", "compressed air", "압축 공기", "压缩空气")
        case "network": say("有線LAN", "network", "유선 네트워크", "有线网络")
        default: word
        }
    }
}
