import Exchange
package import Tabular

/// The columns of a registration list.
package enum RegistrationColumns {
    /// One person a row. What an import passes over (state, code, arrival) stands here so that an exported list can be
    /// brought back.
    package static let all: [Column] = [
        Column("name", .expected, ja: ["氏名", "お名前"], en: ["Name", "Full name"], ko: ["성명"], zh: ["姓名"]),
        Column("name_kana", ja: ["フリガナ", "ふりがな"], en: ["Name (kana)"], ko: ["성명 발음"], zh: ["姓名读音"]),
        Column(
            "email", .expected, ja: ["メールアドレス", "メール", "Eメール"], en: ["E-mail", "Email", "Mail address"], ko: ["이메일"],
            zh: ["电子邮箱"]),
        Column(
            "organization", ja: ["団体名", "会社名", "所属"], en: ["Organization", "Organisation", "Company"], ko: ["기관명"],
            zh: ["单位名称"]),
        Column("language", ja: ["言語", "連絡言語"], en: ["Language"], ko: ["언어"], zh: ["语言"]),
        Column("attendance", ja: ["参加方法"], en: ["Attendance"], ko: ["참가 방법"], zh: ["参加方式"]),
        Column("companions", ja: ["同行者"], en: ["Companions"], ko: ["동행자"], zh: ["同行者"]),
        Column("languages", ja: ["話せる言語"], en: ["Languages spoken"], ko: ["사용 가능한 언어"], zh: ["会说的语言"]),
        Column("interpretation", ja: ["通訳希望"], en: ["Interpretation"], ko: ["통역 희망"], zh: ["需要翻译"]),
        Column("accessibility", ja: ["配慮事項"], en: ["Accessibility"], ko: ["배려 사항"], zh: ["无障碍需求"]),
        Column("message", ja: ["連絡事項"], en: ["Message"], ko: ["전달 사항"], zh: ["备注"]),
        Column("state", ja: ["状況"], en: ["State"], ko: ["상태"], zh: ["状态"]),
        Column("seats", ja: ["人数"], en: ["Seats"], ko: ["인원"], zh: ["人数"]),
        Column("code", ja: ["受付コード"], en: ["Code"], ko: ["접수 코드"], zh: ["签到码"]),
        Column("arrived", ja: ["受付時刻"], en: ["Arrived"], ko: ["접수 시각"], zh: ["签到时间"]),
        Column("registration", ja: ["登録番号"], en: ["Registration"], ko: ["등록 번호"], zh: ["登记编号"]),
    ]

    /// What the cells of the attendance column may say.
    static let attendances = LabelTable<Registration.Attendance>([
        (.onSite, ["会場", "On site", "현장", "现场", "来場", "on_site"]),
        (.remote, ["オンライン", "Remote", "온라인", "线上", "online"]),
    ])
}
