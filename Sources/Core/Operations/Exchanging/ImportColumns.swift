package import Tabular

/// The columns of the files that coordinators bring, in the four languages.
package enum ImportColumns {
    /// One participant a row, with their organization.
    package static let participants: [Column] = [
        Column("external_id", ja: ["管理番号"], en: ["External ID"], ko: ["관리번호"], zh: ["管理编号"]),
        Column(
            "organization", .required, ja: ["団体名", "会社名", "企業名", "所属"],
            en: ["Organization", "Organisation", "Company"], ko: ["기관명"], zh: ["单位名称"]),
        Column("organization_kana", ja: ["団体名フリガナ"], en: ["Organization (kana)"], ko: ["기관명 발음"], zh: ["单位名称读音"]),
        Column("organization_kind", ja: ["団体種別"], en: ["Organization kind"], ko: ["기관 유형"], zh: ["单位类型"]),
        Column("corporate_number", ja: ["法人番号"], en: ["Corporate number"], ko: ["법인번호"], zh: ["法人编号"]),
        Column("region", ja: ["地域", "都道府県"], en: ["Region"], ko: ["지역"], zh: ["地区"]),
        Column("municipality", ja: ["市区町村"], en: ["Municipality"], ko: ["시군구"], zh: ["市县"]),
        Column("fields", ja: ["分野"], en: ["Fields", "Field"], ko: ["분야"], zh: ["领域"]),
        Column("name", .required, ja: ["氏名", "お名前"], en: ["Name", "Full name"], ko: ["성명"], zh: ["姓名"]),
        Column("name_kana", ja: ["フリガナ", "ふりがな", "氏名フリガナ"], en: ["Name (kana)"], ko: ["성명 발음"], zh: ["姓名读音"]),
        Column(
            "email", .required, ja: ["メールアドレス", "メール", "Eメール"], en: ["E-mail", "Email", "Mail address"], ko: ["이메일"],
            zh: ["电子邮箱"]),
        Column("phone", ja: ["電話番号", "電話"], en: ["Phone", "Telephone"], ko: ["전화번호"], zh: ["电话"]),
        Column("role", ja: ["役割"], en: ["Role"], ko: ["역할"], zh: ["角色"]),
        Column("language", ja: ["言語"], en: ["Language"], ko: ["언어"], zh: ["语言"]),
        Column("joined", ja: ["参加日"], en: ["Joined"], ko: ["참가일"], zh: ["加入日期"]),
        Column("listed", ja: ["名簿掲載"], en: ["Listed"], ko: ["명부 게재"], zh: ["名录公开"]),
        Column("contacted", ja: ["連絡可"], en: ["Contact allowed"], ko: ["연락 가능"], zh: ["可联系"]),
        Column("note", ja: ["備考"], en: ["Note", "Notes"], ko: ["비고"], zh: ["备注"]),
    ]

    /// One posting a row.
    package static let postings: [Column] = [
        Column("external_id", ja: ["管理番号"], en: ["External ID"], ko: ["관리번호"], zh: ["管理编号"]),
        Column("kind", .required, ja: ["種別"], en: ["Kind"], ko: ["종류"], zh: ["类别"]),
        Column(
            "owner_email", .required, ja: ["担当者メール"], en: ["Owner e-mail", "Owner email"], ko: ["담당자 이메일"],
            zh: ["负责人邮箱"]),
        Column("title", .required, ja: ["件名", "タイトル"], en: ["Title"], ko: ["제목"], zh: ["标题"]),
        Column("summary", ja: ["概要"], en: ["Summary"], ko: ["개요"], zh: ["概要"]),
        Column("detail", ja: ["詳細"], en: ["Detail", "Details"], ko: ["상세"], zh: ["详情"]),
        Column("purpose", ja: ["目的・課題", "目的", "課題"], en: ["Purpose"], ko: ["목적"], zh: ["目的"]),
        Column("means", ja: ["手段・方法", "手段"], en: ["Means"], ko: ["수단"], zh: ["手段"]),
        Column("fields", ja: ["分野"], en: ["Fields", "Field"], ko: ["분야"], zh: ["领域"]),
        Column("keywords", ja: ["キーワード"], en: ["Keywords"], ko: ["키워드"], zh: ["关键词"]),
        Column("stage", ja: ["開発段階"], en: ["Stage", "TRL"], ko: ["개발 단계"], zh: ["开发阶段"]),
        Column("ipr", ja: ["知財"], en: ["IPR"], ko: ["지식재산"], zh: ["知识产权"]),
        Column("cooperation", ja: ["希望する連携"], en: ["Cooperation sought", "Cooperation"], ko: ["협력 형태"], zh: ["合作方式"]),
        Column("region_wishes", ja: ["希望地域"], en: ["Region wishes"], ko: ["희망 지역"], zh: ["期望地区"]),
        Column("language", ja: ["言語"], en: ["Language"], ko: ["언어"], zh: ["语言"]),
        Column("visibility", ja: ["公開範囲"], en: ["Visibility"], ko: ["공개 범위"], zh: ["公开范围"]),
        Column("expires", ja: ["有効期限"], en: ["Expires"], ko: ["유효기한"], zh: ["有效期"]),
    ]
}
