/// How Korean reads Chinese characters. Most technical words of Korean are Chinese characters in Korean sound (냉각 is
/// 冷却), so a Japanese or Chinese compound, read this way, meets the Korean word without any dictionary.
enum HanjaReadings {
    /// The folded syllable of an ideograph (its representative form), or nil if the table does not know it.
    @inline(__always)
    static func reading(of scalar: UInt32, in table: [UInt16]) -> UInt32? {
        let offset = scalar &- KanjiVariants.first
        guard offset < UInt32(KanjiVariants.count) else { return nil }
        let reading = table[Int(offset)]
        return reading == 0 ? nil : UInt32(reading)
    }

    /// One syllable for the forms that the initial sound law parts: 력 and 역, 냉 and 랭.
    @inline(__always)
    static func fold(_ syllable: UInt32) -> UInt32 {
        let offset = syllable &- 0xAC00
        guard offset < 11_172 else { return syllable }
        let initial = offset / 588
        guard initial == 5 || initial == 2 else { return syllable }
        let isPalatal: Bool
        switch offset % 588 / 28 {
        case 2, 3, 6, 7, 12, 17, 20: isPalatal = true
        default: isPalatal = false
        }
        return 0xAC00 + (isPalatal ? 11 : 2) * 588 + offset % 588
    }

    /// Folded syllable by offset from U+4E00 of the representative form; 0 where unknown.
    static let table: [UInt16] = {
        var table = [UInt16](repeating: 0, count: KanjiVariants.count)
        let forms = KanjiVariants.table
        for group in groups.split(separator: " ") {
            let scalars = group.unicodeScalars.map(\.value)
            guard let syllable = scalars.first else { continue }
            for scalar in scalars.dropFirst() {
                let form = KanjiVariants.representative(of: scalar, in: forms)
                let offset = Int(form &- KanjiVariants.first)
                if offset < table.count, table[offset] == 0 { table[offset] = UInt16(fold(syllable)) }
            }
        }
        return table
    }()

    /// A syllable, then the characters read so.
    private static let groups = """
        가家加可歌街価仮架暇佳 각角各却覚刻閣殻脚 간間干刊看簡幹肝懇 갈渇褐葛 감感減監鑑甘勘 갑甲岬 강強鋼江降講康剛 개開改個介概蓋 객客 갱更坑 거巨拠居距挙去車 건建件健乾鍵 \
        걸傑 검検剣 게掲憩 격格激隔撃 견見堅絹肩犬遣 결結決欠潔 겸兼 경経景境軽硬警鏡京耕慶径傾敬頃競 계計界系械階季契係継鶏渓 고高固古告考庫鼓故孤顧枯稿 곡穀曲谷 곤困昆 골骨 공工公空供共孔功攻恐 \
        과果科課過菓誇 관管観関館官慣貫冠 광光鉱広 괴塊壊怪 교交教橋校較矯膠 구区構究球具求口購久救旧駆句九欧溝殴 국国局菊 군群軍郡 굴掘屈 궁弓宮窮 권権圏勧巻券 궤軌 귀貴帰鬼 규規珪叫糾 균均菌 극極劇克 근近根勤筋 \
        금金禁琴 급急級給及吸 긍肯 기機気基器技期記起企汽奇旗棄紀既騎埼幾 긴緊 길吉 나奈那羅裸 낙楽落絡洛酪諾 난難暖卵乱蘭欄 남南男 납納鉛 낭浪朗 내内耐乃 냉冷 녀女 년年 념念 녕寧 노労路老炉努怒露 녹緑録禄鹿 \
        논論 농農濃 뇌脳雷悩 누漏涙累 능能 다多茶 단単団短断端段但旦壇鍛 달達 담談担淡曇 답答踏 당当糖党堂 대大対帯台代待隊袋貸 덕徳 도度道図導都島塗渡到陶途刀盗倒逃稲桃鍍 독独読毒督 돌突 \
        동動同東銅冬童洞凍 두頭豆斗 둔鈍 득得 등等登灯騰 \
        락落楽絡酪 란卵乱欄 람覧 랑浪廊郎 래来 랭冷 략略 량量良両糧涼 려麗慮旅励 력力歴暦 련連練錬恋 렬列烈裂 렴廉 렵猟 령令領齢霊零 례例礼 로路労老炉露 록録緑 론論 뢰雷頼 료料療了 \
        룡竜 루漏楼涙累 류流類留硫瑠 륙陸六 륜輪倫 률率律 륭隆 릉陵 \
        리理利里裏離履痢 린隣燐 림林臨 립立粒 마磨馬麻魔摩 막膜幕漠 만万満湾慢晩漫 말末 망網望忘亡妄 매売買毎埋媒枚梅妹 맥脈麦 맹盲 면面綿麺免眠 멸滅 명明名命銘鳴 모毛模母某帽募 목木目牧 \
        몰没 몽夢 묘苗妙描猫墓 무無務武貿霧舞茂 묵墨黙 문文門問聞紋 물物 \
        미米味微美未迷尾 민民敏 밀密蜜 박薄博泊迫拍 반反半般搬伴班板盤飯返 발発髪抜醗 방方防放房訪紡傍妨 배配倍背排培杯 백白百伯 번番繁翻 벌伐罰 범範犯帆凡 법法 벽壁癖 변変辺弁 별別 \
        병病並瓶兵併 보保報補歩宝普 복複復服福腹覆 본本 봉封縫峰蜂奉 \
        부部不負付府富浮腐膚婦否附父賦副敷 북北 분分粉噴紛奮盆 불弗払 붕崩 비比非費備肥飛秘鼻悲泌批碑沸 빈貧頻賓 빙氷 사事社使史死師四砂糸思写士査射仕私辞謝飼舎斜司似寺詞蛇絲 삭削 산産山散算酸 살殺 삼三森杉 삽挿 \
        상上相商象想常状傷床償詳賞像桑箱 색色索塞 생生 서書西序署暑徐庶緒 석石席析夕惜錫 선線選先船善宣鮮旋扇腺禅 설設説雪舌 섬繊閃 섭摂渉 성性成城声星省聖誠醒 세世細洗税歳勢 \
        소小少所消素焼焦騒召昭掃訴笑巣沼塑 속速続束属俗 손損孫 송送松訟 \
        쇄砕刷鎖殺 쇠衰 수水数手収受修樹輸首守需授随秀髄獣寿垂睡捜穂愁 숙熟宿淑叔 순純順循瞬旬盾 술術述 숭崇 습湿習襲拾 승勝昇乗承升縄 시時市試施視示始詩侍矢 식食式植識息飾殖 \
        신新神信身申伸臣辛薪慎 실実室失 심心深審甚尋 십十 쌍双 씨氏 \
        아児亜芽牙雅 악悪岳握 안安案眼岸顔 알謁 암岩暗癌 압圧押 앙央仰 애愛 액液額 야野夜冶 약薬約弱若 양陽養様洋羊量良両揚醸譲 어魚語漁 억億抑 언言 엄厳 업業 여与余如旅 \
        역力域逆役易駅疫訳歴 연研然延煙演鉛燃軟縁沿宴連練錬 열熱列裂 염塩染炎 엽葉 영営影映英永栄令領 예例予芸鋭預 \
        오誤五汚午娯 옥玉屋 온温穏 옹翁 와渦瓦 완完緩 왕王往 외外 요要料療曜謡揺 욕浴欲 용用容溶熔庸竜溶 우雨右友宇優牛偶遇 운運雲 웅雄 원原源園員円元院遠援願 월月越 \
        위位危衛為囲委偉威胃違 유油有流類由遊誘柔乳遺幼維乳癒 육育肉陸 윤潤 융融 은銀隠 음音飲陰 읍泣 응応凝 \
        의医意衣義議依儀疑 이移異二理利裏離以易耳 익益翼 인人因引認印刃忍隣 일日一逸 임任林賃臨 입入立粒 잉剰 자自資子者磁字姿材刺紫磁滋 작作昨 잔残 잠潜蚕暫 잡雑 \
        장場長装張将障章臓蔵壮奨粧帳腸 재材再在財栽災裁載 쟁争 저低貯著抵底 적的積適敵赤籍跡摘績滴 전電全前展転専伝戦典田殿銭 \
        절切節絶折 점点店粘占漸 접接蝶 정定精正情程整政静浄停井頂晶庭丁錠釘訂貞 제製制第除剤題提際済祭帝 조調造組条照早助朝操鳥潮槽祖燥 족足族 존存尊 졸卒 종種終従総縦鐘綜 좌左座 죄罪 \
        주主注住周柱酒株州走鋳舟昼珠 죽竹 준準峻俊 중中重衆仲 즉即 증増蒸証症贈 지地知紙支持指止志脂遅池 \
        직直職織 진真進振診震陳尽鎮 질質窒秩 집集執輯 징徴懲 차車次差茶遮 착着錯捉搾 찬賛 찰察擦札 참参惨 창創窓倉昌唱 채菜採債彩 책策責冊 처処妻 척尺拓 천天川泉千浅遷薦 철鉄撤徹哲 \
        첨添尖 첩畳 청清青請聴庁晴 체体替逮締滞 초初超草硝焦秒招礎酢 촉触促燭 촌村寸 총総銃 촬撮 최最催 \
        추推追秋抽錐 축縮築軸蓄畜祝 춘春 출出 충充虫衝忠 취取趣吹臭就酔 측測側 층層 치治値置致歯稚恥 칙則 친親 칠七漆 침浸針沈侵寝枕 칭称 쾌快 타打他妥 탁濁託卓 탄炭弾 탈脱 탐探 \
        탑塔搭 탕湯 태態太泰胎 택宅択沢 토土吐討 통通統痛筒 퇴退堆 투透投闘 특特 \
        파波破派把 판板判版販 팔八 패敗貝 편片編便偏 평平評 폐廃閉肺弊 포包布泡砲胞捕飽舗抱 폭爆幅暴 표表標票漂 품品 풍風豊楓 피被皮避疲 필必筆匹 하下夏荷河 학学 한限寒韓漢汗 할割 \
        함含陥艦 합合 항抗航港項恒 해海害解該 핵核 행行幸 향向香響郷 허虚許 헌憲献 험験険 혁革 \
        현現顕県弦懸玄 혈血穴 협協狭脅 형形型刑蛍 혜恵 호号互護好呼湖戸糊 혹酷 혼混婚 홍紅洪 화化火花画話和貨華 확確拡 환環換丸還患 활活滑 황黄況硫荒 회会回灰懐 획画獲 횡横 효効酵
        후後厚候吼 훈訓 휘揮輝 휴休携 흉胸凶 흑黒 흡吸 흥興 희希稀喜
        """
}
