import CUnicode

/// One form for all written forms of an ideograph: old and new Japanese, traditional and simplified Chinese.
///
/// The representative is the simplified Chinese form, because Unicode data gives it for every traditional character;
/// what is missing there are the forms that only Japan made, and those stand in `japaneseForms` below.
enum KanjiVariants {
    /// The first unified ideograph, U+4E00.
    static let first: UInt32 = 0x4E00
    /// How many unified ideographs the tables cover (U+4E00 to U+9FFF).
    static let count = 20_992

    /// The representative of a code point; anything but a unified ideograph is its own.
    @inline(__always)
    static func representative(of scalar: UInt32, in table: [UInt16]) -> UInt32 {
        let offset = scalar &- first
        return offset < UInt32(count) ? UInt32(table[Int(offset)]) : scalar
    }

    /// Representative by offset from `first`, built once.
    static let table: [UInt16] = {
        var table = (0..<count).map { UInt16(Int(first) + $0) }
        let status = table.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return -1 }
            return im_unorm_simplified(UInt16(first), Int32(count), base)
        }
        // Without ICU's data the written table alone still makes Japanese forms kin of the Chinese ones.
        _ = status
        for pair in japaneseForms.split(separator: " ") {
            let scalars = pair.unicodeScalars.map(\.value)
            guard scalars.count == 2 else { continue }
            table[Int(scalars[0] - first)] = table[Int(scalars[1] - first)]
        }
        return table
    }()

    /// A form used in Japan, then a Chinese form (traditional or simplified) of the same character.
    private static let japaneseForms = """
        亜亚 悪恶 圧压 囲围 為为 壱壹 隠隐 栄荣 営营 衛卫 駅驛 円圆 塩盐 縁缘 艶艳 応应 桜樱 穏稳 仮假 価价 絵绘 壊坏 懐怀 拡扩 覚觉 楽乐 渇渴 勧劝 巻卷 寛宽 \
        関关 歓欢 観观 陥陷 帰归 気气 亀龟 偽伪 犠牺 拠据 挙举 郷乡 暁晓 勲勋 薫熏 恵惠 経经 継继 渓溪 鶏鸡 軽轻 芸艺 撃击 県县 倹俭 剣剑 険险 圏圈 検检 権权 \
        顕显 験验 厳严 広广 効效 鉱矿 黒黑 済济 砕碎 斎斋 剤剂 雑杂 桟栈 賛赞 糸丝 歯齿 児儿 実实 釈释 収收 従从 渋涩 獣兽 縦纵 粛肃 処处 緒绪 諸诸 焼烧 証证 \
        奨奖 乗乘 浄净 剰剩 畳叠 縄绳 壌壤 嬢娘 譲让 醸酿 図图 粋粹 酔醉 穂穗 髄髓 瀬濑 斉齐 摂摄 専专 戦战 銭钱 繊纤 捜搜 挿插 巣巢 総总 聡聪 荘庄 騒骚 増增 \
        蔵藏 臓脏 続续 対对 帯带 滝泷 択择 沢泽 単单 団团 弾弹 遅迟 鋳铸 庁厅 徴征 聴听 懲惩 勅敕 鎮镇 塚冢 逓递 鉄铁 転转 伝传 稲稻 闘斗 徳德 読读 弐贰 悩恼 \
        脳脑 廃废 拝拜 売卖 発发 髪发 抜拔 浜滨 払拂 仏佛 併并 並并 辺边 変变 弁辩 舗铺 豊丰 槙槇 毎每 満满 麺面 黙默 訳译 薬药 予预 揺摇 様样 謡谣 頼赖 覧览 \
        欄栏 竜龙 両两 猟猎 緑绿 涙泪 塁垒 隷隶 霊灵 齢龄 歴历 労劳 録录 歩步 戻戾 呉吴 娯娱 誤误 査查 産产 頻频 頬颊 縫缝 類类 帳账 鋼钢 鎖锁 錆锈 噴喷 濾滤 \
        沪滤 蝋蜡 籠笼 竃灶 曽曾 枠框 畑田 搾榨 働动 匂臭 凧筝 捗涉 頚颈 砿矿 燐磷 珪硅 沃碘 弗氟 蛍萤 蝿蝇 鴎鸥 鹸碱 麹曲 醤酱 鯵鲹 鱈鳕 掲揭 隣邻 壷壶 掻搔 \
        暦历 姫姬 鴬莺 穀谷 鋭锐 閲阅 説说 呂吕 宮宫 侶侣 強强 祿禄 撹搅 攪搅 頸颈 摑掴 繋系 溌泼 醗酦 醱酦 侭尽 迩尔 靭韧 靱韧 顛颠 煉炼 錬炼 練练 揮挥 輝辉 \
        渦涡 鹼碱 鋲钉 鑞镴 鍍镀 膠胶 膿脓 彎弯 湧涌 凍冻 準准 沖冲 決决 減减 涼凉 滅灭 災灾 煙烟 熱热 爐炉 無无 焔焰 糧粮 粧妆 絶绝 縮缩 織织 績绩 維维 編编 \
        網网 綿绵 線线 純纯 紙纸 級级 紡纺 結结 給给 統统 繰操 纏缠 舎舍 艦舰 葉叶
        """
}
