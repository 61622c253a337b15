package import Exchange

extension MeetingDraft.Unmet {
    /// Why the wish is not met and what would free it, in a sentence; `names` say who people and organizations are.
    package func words(
        in language: Language, names: [String: String], zones: ZoneOffsets, zone: String
    ) -> String {
        let texts = NoticeTexts(language)
        let who = people.compactMap { names[$0.text] }.joined(separator: texts.say("・", ", ", ", ", "、"))
        let when = at.prefix(3).map { zones.text($0.from, in: zone).suffix(5) }.joined(separator: ", ")
        return switch cause {
        case .vetoed:
            texts.say("面談を望まない方がいます。", "One of them does not want to.", "면담을 원하지 않는 분이 있습니다.", "有一方不愿面谈。")
        case .metBefore:
            texts.say(
                "以前に会っています。「必ず会いたい」にすると組まれます。", "They have met before; a must-meet would bring them together again.",
                "이전에 만난 적이 있습니다. '꼭 만나고 싶음'으로 하면 편성됩니다.", "双方以前见过面;设为“必须见面”即可安排。")
        case .neverTogether:
            texts.say(
                "2人とも空いている時間がありません。どちらかの都合が変われば組めます。",
                "They are never free at the same time; a change of either one's absences would free it.",
                "두 분이 함께 비어 있는 시간이 없습니다. 어느 한쪽의 일정이 바뀌면 가능합니다.", "双方没有共同的空闲时间;任一方调整时间即可。")
        case .capped:
            texts.say(
                "\(who)様の面談数が上限です。上限を1つ増やすと\(when)に組めます。",
                "\(who) has as many meetings as they take; one more would be held at \(when).",
                "\(who) 님의 면담 수가 상한입니다. 상한을 하나 늘리면 \(when)에 가능합니다.", "\(who)的面谈数已达上限;上限加一即可安排在\(when)。")
        case .tables:
            texts.say(
                "テーブルがすべて使われています。\(when)にもう1卓あれば組めます。", "All tables are taken; one more at \(when) would do.",
                "모든 테이블이 사용 중입니다. \(when)에 한 자리가 더 있으면 가능합니다.", "所有桌子都已占用;\(when)再加一张即可。")
        case .tableKind:
            texts.say(
                "必要な種類のテーブルがすべて使われています。\(when)にもう1卓あれば組めます。",
                "All tables of the kind needed are taken; one more at \(when) would do.",
                "필요한 종류의 테이블이 모두 사용 중입니다. \(when)에 하나 더 있으면 가능합니다.", "所需类型的桌子都已占用;\(when)再加一张即可。")
        case .cappedAndTables:
            texts.say(
                "\(who)様の上限とテーブル数の両方が足りません(\(when))。", "\(who) takes no more, and all tables are taken (\(when)).",
                "\(who) 님의 상한과 테이블이 모두 부족합니다(\(when)).", "\(who)的上限与桌子均不足(\(when))。")
        case .interpreter:
            interpreter(when, texts)
        case .displaced:
            texts.say(
                "どの時間も、より優先度の高い面談が入っています(\(when)ならば\(who)様の面談と入れ替えになります)。",
                "In every slot somebody meets a person who counts more; at \(when) it would take the place of meetings of "
                    + "\(who).",
                "모든 시간에 우선순위가 더 높은 면담이 있습니다(\(when)라면 \(who) 님의 면담과 바뀝니다).",
                "各时段均有优先级更高的面谈(若在\(when),将取代\(who)的面谈)。")
        case .nobodyThere:
            texts.say(
                "この団体からは誰も参加しません。", "Nobody of the organization has a place at the event.", "이 단체에서는 아무도 참가하지 않습니다.",
                "该机构无人参加。")
        case .notThere:
            texts.say("この方は参加しません。", "The person has no place at the event.", "이분은 참가하지 않습니다.", "此人不参加。")
        case .left:
            texts.say("参加を取りやめました。", "They have left the event.", "참가를 취소했습니다.", "对方已取消参加。")
        case .worthless:
            texts.say("優先度がありません。", "It counts nothing.", "우선순위가 없습니다.", "没有优先级。")
        }
    }

    private func interpreter(_ when: String, _ texts: NoticeTexts) -> String {
        at.isEmpty
            ? texts.say(
                "通訳者がいません。この2言語の通訳者を1名加えると組めます。", "There is no interpreter for their languages; one would do.",
                "통역자가 없습니다. 두 언어의 통역자를 한 명 추가하면 가능합니다.", "没有相应语言的口译员;增加一名即可。")
            : texts.say(
                "通訳者が空いていません。\(when)にもう1名いれば組めます。", "No interpreter is free; one more at \(when) would do.",
                "비어 있는 통역자가 없습니다. \(when)에 한 명 더 있으면 가능합니다.", "口译员均已占用;\(when)再加一名即可。")
    }
}

extension Office {
    /// A timetable's unmet wishes and the relief that more tables would bring, in sentences: for coordinators.
    package func explain(_ draft: MeetingDraft, in language: Language, by actor: Actor) async throws -> [String] {
        try actor.require(.coordinate)
        let zones = ambient.zones
        return try await store.read { tx in
            guard let event = try tx.event(draft.event) else { return [] }
            let zone = event.content.zone
            let result = draft.result
            let ids = result.unmet.flatMap { [$0.from.text, $0.target] + $0.people.map(\.text) }
            var names: [String: String] = [:]
            let people = try tx.participants(
                Set(ids.filter { $0.hasPrefix("person_") }.map { Identifier(stored: $0) }))
            for person in people.values { names[person.id.text] = person.profile.name }
            let organizations = try tx.organizations(
                Set(ids.filter { $0.hasPrefix("org_") }.map { Identifier(stored: $0) }))
            for one in organizations.values { names[one.id.text] = one.profile.name }
            let texts = NoticeTexts(language)
            let reliefs = result.reliefs.map { relief in
                let when = String(zones.text(relief.at.from, in: zone).suffix(5))
                return texts.say(
                    "\(when)に\(relief.tables)卓増やすと、面談が\(relief.tables)件増えます。",
                    "\(relief.tables) more tables at \(when) would add \(relief.tables) meetings.",
                    "\(when)에 테이블 \(relief.tables)개를 늘리면 면담이 \(relief.tables)건 늘어납니다.",
                    "\(when)增加\(relief.tables)张桌子可增加\(relief.tables)场面谈。")
            }
            return reliefs
                + result.unmet.map { one in
                    (names[one.from.text] ?? one.from.text) + " → " + (names[one.target] ?? one.target) + ": "
                        + one.words(in: language, names: names, zones: zones, zone: zone)
                }
        }
    }
}
