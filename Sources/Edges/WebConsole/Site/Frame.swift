import Exchange
import Operations

/// Where the navigation leads.
struct Destination: Sendable {
    let path: String
    /// The key of the label.
    let label: String
    let needs: Permission

    /// For everybody who takes part, in the order of use.
    static let member = [
        Destination(path: "/", label: "nav.home", needs: .read),
        Destination(path: "/postings", label: "nav.postings", needs: .read),
        Destination(path: "/me", label: "nav.me", needs: .read),
    ]

    /// The coordinator's desk.
    static let desk = [
        Destination(path: "/desk", label: "nav.desk", needs: .coordinate),
        Destination(path: "/desk/review", label: "nav.review", needs: .coordinate),
        Destination(path: "/desk/matches", label: "nav.matches", needs: .coordinate),
        Destination(path: "/desk/introductions", label: "nav.introductions", needs: .coordinate),
        Destination(path: "/desk/participants", label: "nav.participants", needs: .coordinate),
        Destination(path: "/desk/channels", label: "nav.channels", needs: .coordinate),
        Destination(path: "/desk/reports", label: "nav.reports", needs: .coordinate),
        Destination(path: "/desk/engine", label: "nav.engine", needs: .coordinate),
        Destination(path: "/desk/log", label: "nav.log", needs: .coordinate),
    ]
}

/// What surrounds every page: name of the exchange, navigation, language, what was just done.
struct Frame: Sendable {
    let exchange: String
    let assets: Assets

    /// The variables of `templates/frame.mustache`.
    func view(for visit: Visit, template: String) -> View {
        let say = visit.say
        var view: View = [
            "pageLang": visit.language.rawValue, "exchange": exchange, "css": assets.path(of: "console.css"),
            "js": assets.path(of: "console.js"), "icon": assets.path(of: "icon.svg"), "token": visit.formToken,
            "here": visit.here, "pageName": template, "me": false, "notice": false, "deskWays": false,
        ]
        view["tongues"] = Language.allCases.map { language -> View in
            ["code": language.rawValue, "name": Self.ownName(language), "current": language == visit.language]
        }
        if let note = visit.note {
            view["notice"] = ["words": say(note.key), "undo": note.undo.map { $0 as any Sendable } ?? false] as View
        }
        if let holder = visit.holder {
            view["me"] =
                [
                    "person": holder.participant.profile.name, "body": holder.organization.profile.name,
                    "role": say.word("role", holder.participant.role.rawValue), "lives": holder.actor.may(.read),
                ] as View
            view["ways"] = links(Destination.member, visit, holder.actor)
            let desk = links(Destination.desk, visit, holder.actor)
            view["deskWays"] = desk.isEmpty ? false : ["links": desk] as View
        }
        return view
    }

    private func links(_ destinations: [Destination], _ visit: Visit, _ actor: Actor) -> [View] {
        let open = (Destination.member + Destination.desk).filter { covers($0.path, visit.address) }
        let current = open.max { $0.path.utf8.count < $1.path.utf8.count }?.path
        return destinations.filter { actor.may($0.needs) }.map { destination in
            [
                "path": destination.path, "label": visit.say(destination.label),
                "current": destination.path == current,
            ]
        }
    }

    private func covers(_ path: String, _ address: String) -> Bool {
        path == "/" ? address == "/" : address == path || address.hasPrefix(path + "/")
    }

    /// A language's name in itself.
    static func ownName(_ language: Language) -> String {
        switch language {
        case .ja: "日本語"
        case .en: "English"
        case .ko: "한국어"
        case .zh: "中文"
        }
    }
}
