import Exchange
import Tabular

extension RowReader {
    /// Notes problems of the domain at the cells they come from.
    ///
    /// - Parameter columns: Which column a field of the domain comes from, where the names differ.
    mutating func refuse(_ problems: [FieldProblem], columns: [String: ColumnKey] = [:], known: Set<String>) {
        for problem in problems {
            let name = problem.field.split(separator: ".").first.map(String.init) ?? problem.field
            guard let key = columns[name] ?? (known.contains(name) ? ColumnKey(name) : nil) else { continue }
            refuse(key, .refused(code: problem.code.rawValue, Words(ja: problem.japanese, en: problem.words)))
        }
    }

    /// Runs a check of the domain and notes what it refuses.
    ///
    /// - Parameter unread: Fields whose cells could not be read: that they are now empty is no news.
    mutating func checked<Value>(
        columns: [String: ColumnKey] = [:], known: Set<String>, unread: Set<String> = [],
        _ check: () throws(Refusal) -> Value
    ) -> Value? {
        do throws(Refusal) {
            return try check()
        } catch {
            if case .invalid(let problems) = error {
                let news = problems.filter { $0.code != .required || !unread.contains($0.field) }
                refuse(news, columns: columns, known: known)
            } else {
                let words = error.words
                refuse([FieldProblem(known.contains("name") ? "name" : "title", .notAllowed, words)], known: known)
            }
            return nil
        }
    }
}

extension FieldProblem {
    /// What to do, in Japanese, by the kind of rule.
    var japanese: String {
        switch code {
        case .required: "空欄です。入力してください。"
        case .tooLong: "長すぎます。短くしてください。(\(words))"
        case .tooMany: "数が多すぎます。減らしてください。(\(words))"
        case .malformed: "書き方が正しくありません。(\(words))"
        case .unknown: "登録のない値です。一覧にあるものを書いてください。(\(words))"
        case .outOfRange: "値が範囲の外です。(\(words))"
        case .forbiddenCharacter: "目に見えない制御文字が入っています。消してください。(\(words))"
        case .duplicate: "同じ値が重なっています。(\(words))"
        case .giveAway: "匿名の投稿ですが、だれの投稿かわかる語句があります。消すか、団体名を公開にしてください。(\(words))"
        case .notAllowed: "この内容では登録できません。(\(words))"
        }
    }
}

extension CivilDate {
    /// The same day in the vocabulary of Exchange.
    var day: CalendarDay { CalendarDay(daysSinceEpoch: daysSince1970) }
}
