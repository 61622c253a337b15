/// Words that stand in every other posting: true of both texts, but no reason to bring two people together.
enum GenericWords {
    /// Whether a run of text says nothing about its subject: a generic word, or several of them in a row.
    static func isGeneric(_ text: String) -> Bool {
        let folded = text.lowercased()
        if words.contains(folded) { return true }
        let isLatin = folded.allSatisfy(\.isASCII)
        if isLatin {
            let parts = folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            return parts.allSatisfy { part in
                part.allSatisfy(\.isNumber) || part.count < 2 || words.contains(part) || words.contains(stem(part))
            }
        }
        return isMadeOfGeneric(Array(folded))
    }

    /// 研究開発, 製品化技術: pairs of characters that are each generic.
    private static func isMadeOfGeneric(_ text: [Character]) -> Bool {
        guard text.count >= 4, text.count % 2 == 0 else { return false }
        return stride(from: 0, to: text.count, by: 2).allSatisfy { words.contains(String(text[$0...($0 + 1)])) }
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ed", "es", "s"] where word.hasSuffix(ending) && word.count > ending.count + 2 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    private static let words = Set(
        (japanese + chinese + korean + english).split { $0 == " " || $0 == "\n" }.map(String.init))

    private static let japanese = """
        開発 技術 研究 利用 使用 活用 応用 可能 必要 方法 方式 手法 装置 設備 機器 機械 製品 商品 材料 素材 部品 会社 企業 弊社 当社 自社 工場 現場 事業 \
        業務 作業 工程 仕事 担当 対応 対策 課題 問題 目的 効果 結果 実績 経験 提供 提案 相談 連携 協力 共同 募集 希望 検討 実施 実現 実用 実証 試作 試験 \
        評価 調査 分析 確認 改善 向上 改良 削減 低減 増加 導入 設置 運用 管理 製造 生産 加工 処理 販売 購入 価格 費用 予算 費用対 時間 期間 年間 毎日 毎年 \
        毎月 一日 現在 今後 将来 最近 従来 一般 通常 場合 場所 地域 地元 全国 国内 海外 日本 県内 市内 大学 高専 学生 先生 皆様 人手 人員 従業 従業員 社員 \
        対象 内容 情報 種類 程度 以上 以下 以内 未満 前後 約束 一部 全体 部分 複数 多数 少量 大量 小型 大型 新規 独自 簡単 簡易 安価 容易 困難 不足 不要 \
        システム サービス データ ソフト ツール メーカー ユーザー コスト レベル タイプ サイズ テスト サンプル ニーズ シーズ プロジェクト アイデア パートナー \
        センチ メートル キロ グラム トン リットル 自分 自身 他社 相手 お客 客様 方々 今回 何度 一番 半分 全部 中心 周辺 関係 関連 状態 状況 条件 環境 品質 \
        性能 機能 特長 特徴 形状 規模 万円 千円 時間帯 一度 同時 同様 専用 専門 内部 外部 内側 外側 回数 番号 位置 数量 上下 左右 見直 用途 年以上 年度 月間 週間 当時 平均 合計 最大 最小 最低
        """
    private static let chinese = """
        开发 技术 研究 利用 使用 应用 可能 需要 方法 设备 装置 机器 产品 商品 材料 公司 企业 我们 工厂 现场 工作 问题 目的 效果 结果 经验 提供 合作 希望 \
        寻找 寻求 解决 实现 试验 测试 评价 改善 提高 降低 减少 增加 管理 制造 生产 加工 处理 销售 购买 价格 费用 成本 时间 目前 现在 今后 一般 通常 情况 \
        地区 国内 国外 中国 日本 大学 研究所 对象 内容 信息 种类 以上 以下 左右 部分 大量 少量 系统 服务 数据 质量 性能 功能 规模 环境 条件 专用 用途 \
        每天 每年 每月 小时 分钟 公斤 可以 能够 进行 目标 平均
        """
    private static let korean = """
        개발 기술 연구 이용 사용 활용 응용 가능 필요 방법 방식 장치 설비 기기 기계 제품 상품 재료 소재 부품 회사 기업 공장 현장 사업 작업 공정 문제 목적 효과 \
        결과 경험 제공 제안 상담 협력 공동 희망 찾습 실현 시험 평가 조사 분석 개선 향상 절감 도입 설치 운영 관리 제조 생산 가공 처리 판매 구매 가격 비용 예산 \
        시간 기간 현재 앞으로 일반 경우 지역 국내 해외 한국 일본 대학 대상 내용 정보 종류 정도 이상 이하 부분 소형 대형 시스템 서비스 데이터 품질 성능 기능 규모 \
        환경 조건 하루 매일 매년 우리 합니다 있습니다 없습니다 입니다 됩니다 습니다 하는 있는 싶습니다
        """
    private static let english = """
        use user develop development technology technique technical research system method process product material \
        machine device equipment tool company firm business factory plant work working job service data information \
        problem solution need needs want seek look find make made making build help provide offer supply buy sell \
        price cost cheap low high large small big new good better best long short short-term time year years month \
        week day days hour hours minute today now people person worker workers staff partner customer customers \
        test trial try sample result quality performance function level type size kind part parts number several \
        local region country japan japanese korea korean china chinese university institute college place site \
        improve reduce increase support manage control apply application possible available simple easy difficult \
        require similar different also per about with without from into over under than more less most least only \
        one two three four five six seven eight nine ten first second third half full each every other any all can \
        will would could should must may might like such same run running keep take give get put set show know
        """
}
