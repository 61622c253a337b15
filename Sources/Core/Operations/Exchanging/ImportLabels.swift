import Exchange
import Tabular

/// The words that may stand in cells for the closed sets of the vocabulary, and how they are written on export.
enum ImportLabels {
    static let roles = table(
        Participant.Role.self,
        [
            .administrator: ["管理者", "Administrator", "관리자", "管理员"],
            .coordinator: ["コーディネーター", "Coordinator", "코디네이터", "协调员", "コーディネータ"],
            .member: ["会員", "Member", "회원", "会员", "参加者"], .observer: ["オブザーバー", "Observer", "참관인", "观察员", "オブザーバ"],
        ])

    static let organizationKinds = table(
        Organization.Kind.self,
        [
            .company: ["企業", "Company", "기업", "企业", "会社", "公司", "회사"], .university: ["大学", "University", "대학", "대학교"],
            .kosen: ["高専", "College of technology", "고등전문학교", "高专", "高等専門学校"],
            .publicInstitute: ["公設試験研究機関", "Public institute", "공공연구기관", "公立研究机构", "公設試", "研究機関"],
            .support: ["支援機関", "Support organisation", "지원기관", "支援机构", "support organization"],
            .government: ["自治体", "Local government", "지자체", "政府", "地方自治体", "government"],
            .financial: ["金融機関", "Financial institution", "금융기관", "金融机构", "銀行", "bank"],
            .hospital: ["病院", "Hospital", "병원", "医院"],
            .farmFishery: ["農林漁業", "Farm or fishery", "농림어업", "农林渔业", "農業", "漁業"],
            .other: ["その他", "Other", "기타", "其他"],
        ])

    static let postingKinds = table(
        Posting.Kind.self, [.seed: ["シーズ", "Seed", "시즈", "种子"], .need: ["ニーズ", "Need", "니즈", "需求"]])

    static let languages = table(
        Language.self,
        [
            .ja: ["日本語", "Japanese", "일본어", "日语"], .en: ["英語", "English", "영어", "英语"],
            .ko: ["韓国語", "Korean", "한국어", "韩语", "朝鲜语"], .zh: ["中国語", "Chinese", "중국어", "中文", "汉语"],
        ])

    static let ipr = table(
        PostingContent.IPRStatus.self,
        [
            .none: ["なし", "None", "없음", "无"], .knowHow: ["ノウハウ", "Know-how", "노하우", "技术诀窍"],
            .patentPending: ["出願中", "Patent pending", "출원중", "申请中"], .patented: ["登録済", "Patented", "등록", "已授权", "特許"],
            .licensed: ["ライセンス可", "Licensed", "라이선스 가능", "可许可", "licence available"],
            .secret: ["非公開", "Secret", "비공개", "保密"],
        ])

    static let cooperation = table(
        PostingContent.Cooperation.self,
        [
            .jointResearch: ["共同研究", "Joint research", "공동연구", "联合研究"],
            .technicalAdvice: ["技術相談", "Technical advice", "기술상담", "技术咨询"],
            .supply: ["取引", "Supply", "거래", "供货"], .licence: ["ライセンス", "Licence", "라이선스", "许可", "license"],
            .testUse: ["試用・実証", "Test use", "시험사용·실증", "试用验证", "試用", "実証"],
            .jointDevelopment: ["共同開発", "Joint development", "공동개발", "联合开发"],
            .investment: ["出資", "Investment", "투자", "投资"], .other: ["その他", "Other", "기타", "其他"],
        ])

    static let visibility = table(
        PostingContent.Visibility.self,
        [
            .named: ["団体名を公開", "Named", "기관명 공개", "公开单位名", "公開"], .anonymous: ["匿名", "Anonymous", "익명"],
            .coordinators: ["コーディネーターのみ", "Coordinators only", "코디네이터만", "仅协调员"],
        ])

    /// Codes and labels of every field.
    static func fields(_ taxonomy: FieldTaxonomy) -> LabelTable<FieldCode> {
        var taken: Set<String> = []
        return LabelTable(
            taxonomy.fields.map { field in
                let names =
                    [field.labels[.ja] ?? field.code.text, field.code.text]
                    + Language.allCases.compactMap { field.labels[$0] }
                return (field.code, names.filter { taken.insert(identity($0)).inserted })
            })
    }

    private static func identity(_ label: String) -> String { Folding.key(label) }

    private static func table<Value: RawRepresentable & CaseIterable & Hashable & Sendable>(
        _ type: Value.Type, _ labels: [Value: [String]]
    ) -> LabelTable<Value> where Value.RawValue == String {
        LabelTable(
            Value.allCases.map { value in
                let names = labels[value] ?? []
                var kept: [String] = []
                var seen: Set<String> = []
                for name in names + [value.rawValue] where seen.insert(identity(name)).inserted { kept.append(name) }
                return (value, kept)
            })
    }
}
