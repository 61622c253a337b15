extension EventContent {
    /// The content with texts trimmed, or every problem in it.
    ///
    /// - Parameter date: When the event is; opening hours must lie in it once it is settled to the day.
    package func checked(
        against taxonomy: FieldTaxonomy, zones: ZoneOffsets, date: EventDate?
    ) throws(Refusal) -> EventContent {
        var rules = TextRules()
        var result = self
        result.title = rules.text(title, "title", limit: TextLimits.title, required: true)
        result.summary = rules.optionalText(summary, "summary", limit: TextLimits.detail, multiline: true)
        result.onlineAddress = rules.optionalText(onlineAddress, "online_address", limit: 500)
        if let address = result.onlineAddress, !["https://", "http://"].contains(where: address.hasPrefix) {
            rules.add(FieldProblem("online_address", .malformed, "Write the whole address, beginning with https://."))
        }
        if !zones.knows(zone) { rules.add(FieldProblem("zone", .unknown, ZoneOffsets.unknown(zone))) }
        taxonomy.check(fields, "fields", &rules)
        if Set(languages).count != languages.count {
            rules.add(FieldProblem("languages", .duplicate, "A language is named twice."))
        }
        checkDays(date, &rules)
        result.hosts = rules.list(hosts, "hosts", limit: EventLimits.hosts) { host, rules in
            host.name = rules.text(host.name, "hosts", limit: TextLimits.name, required: true)
        }
        checkNumbers(&rules)
        result.call?.words = rules.optionalText(call?.words, "call", limit: TextLimits.detail, multiline: true)
        result.venue = venue.map { $0.checked(&rules) }
        result.checkAffairs(taxonomy, &rules)
        try rules.finish()
        return result
    }

    private func checkDays(_ date: EventDate?, _ rules: inout TextRules) {
        for (place, day) in days.enumerated() {
            if day.closes <= day.opens {
                rules.add(
                    FieldProblem("days", .outOfRange, "On \(day.day.iso) the end does not come after the start."))
            }
            if let settled = date?.days, !settled.contains(day.day) {
                rules.add(
                    FieldProblem(
                        "days", .outOfRange, "\(day.day.iso) is none of the event's days. Its date comes first."))
            }
            if days[..<place].contains(where: { $0.day == day.day }) {
                rules.add(FieldProblem("days", .duplicate, "\(day.day.iso) stands twice. One line a day."))
            }
        }
        if days.count > EventDate.longest {
            rules.add(FieldProblem("days", .tooMany, "An event lasts at most \(EventDate.longest) days."))
        }
    }

    private func checkNumbers(_ rules: inout TextRules) {
        for number in [capacity?.onSite, capacity?.remote].compactMap({ $0 })
        where !(1...EventLimits.seats).contains(number) {
            rules.add(
                FieldProblem(
                    "capacity", .outOfRange,
                    "A capacity is 1 to \(EventLimits.seats). Leave it out where there is no limit."))
        }
        if format == .online, capacity?.onSite != nil {
            rules.add(
                FieldProblem("capacity", .notAllowed, "An online event has no places on site. Change the format."))
        }
        if format == .onSite, capacity?.remote != nil {
            rules.add(FieldProblem("capacity", .notAllowed, "Make the event hybrid to have places from afar."))
        }
        if let registration {
            if !(0...EventLimits.companions).contains(registration.companions) {
                rules.add(
                    FieldProblem("registration", .outOfRange, "Companions are 0 to \(EventLimits.companions)."))
            }
            if let opens = registration.opensAt, let closes = registration.closesAt, closes <= opens {
                rules.add(
                    FieldProblem("registration", .outOfRange, "Registration must close after it opens."))
            }
        }
        if let followUpDays, !(1...365).contains(followUpDays) {
            rules.add(FieldProblem("follow_up_days", .outOfRange, "The reminder comes after 1 to 365 days."))
        }
    }

    private mutating func checkAffairs(_ taxonomy: FieldTaxonomy, _ rules: inout TextRules) {
        budget = rules.list(budget, "budget", limit: EventLimits.budgetLines) { $0.check(&$1) }
        delegations = rules.list(delegations, "delegations", limit: EventLimits.delegations) { delegation, rules in
            delegation.name = rules.text(delegation.name, "delegations", limit: TextLimits.name, required: true)
            delegation.note = rules.optionalText(
                delegation.note, "delegations", limit: TextLimits.note, multiline: true)
            delegation.members = rules.list(delegation.members, "delegations", limit: EventLimits.members) {
                $0.name = $1.text($0.name, "delegations", limit: TextLimits.name, required: true)
                $0.title = $1.optionalText($0.title, "delegations", limit: TextLimits.name)
                $0.organization = $1.optionalText($0.organization, "delegations", limit: TextLimits.name)
            }
        }
        siteVisits = rules.list(siteVisits, "site_visits", limit: EventLimits.siteVisits) { visit, rules in
            visit.place = rules.text(visit.place, "site_visits", limit: TextLimits.name, required: true)
            visit.note = rules.optionalText(visit.note, "site_visits", limit: TextLimits.note, multiline: true)
            if let from = visit.from, let to = visit.to, to <= from {
                rules.add(
                    FieldProblem("site_visits", .outOfRange, "The visit to \(visit.place) ends before it starts."))
            }
            if let seats = visit.seats, !(1...EventLimits.seats).contains(seats) {
                rules.add(FieldProblem("site_visits", .outOfRange, "Seats are 1 to \(EventLimits.seats)."))
            }
        }
        agreements = SignedAgreement.checked(agreements, taxonomy, &rules)
    }
}

extension EventContent.SignedAgreement {
    /// Agreements with texts trimmed; problems go to the rules.
    package static func checked(
        _ agreements: [Self], _ taxonomy: FieldTaxonomy, _ rules: inout TextRules
    ) -> [Self] {
        rules.list(agreements, "agreements", limit: EventLimits.agreements) { agreement, rules in
            agreement.title = rules.text(agreement.title, "agreements", limit: TextLimits.title, required: true)
            agreement.note = rules.optionalText(agreement.note, "agreements", limit: TextLimits.note, multiline: true)
            agreement.parties = rules.list(agreement.parties, "agreements", limit: EventLimits.parties) {
                $0 = $1.text($0, "agreements", limit: TextLimits.name, required: true)
            }
            taxonomy.check(agreement.fields, "agreements", &rules)
        }
    }
}

extension EventContent.BudgetLine {
    fileprivate mutating func check(_ rules: inout TextRules) {
        purpose = rules.text(purpose, "budget", limit: TextLimits.name, required: true)
        source = rules.text(source, "budget", limit: TextLimits.name, required: true)
        if !(1900...2999).contains(fiscalYear) {
            rules.add(FieldProblem("budget", .outOfRange, "A fiscal year is 1900 to 2999."))
        }
        if currency.utf8.count != 3 || !currency.utf8.allSatisfy({ (65...90).contains($0) }) {
            rules.add(FieldProblem("budget", .malformed, "A currency is three capital letters, such as JPY or KRW."))
        }
        for amount in [asked, granted, spent].compactMap({ $0 }) where !(0...EventLimits.amount).contains(amount) {
            rules.add(FieldProblem("budget", .outOfRange, "An amount is 0 to \(EventLimits.amount)."))
        }
        if let persons, !(persons >= 0 && persons <= 1_000) {
            rules.add(FieldProblem("budget", .outOfRange, "Working time is 0 to 1000 persons."))
        }
    }
}

extension EventContent.Venue {
    fileprivate func checked(_ rules: inout TextRules) -> EventContent.Venue {
        var result = self
        result.name = rules.text(name, "venue", limit: TextLimits.name, required: true)
        result.address = rules.optionalText(address, "venue", limit: TextLimits.name)
        result.halls = rules.list(halls, "venue", limit: EventLimits.halls) { hall, rules in
            hall.name = rules.text(hall.name, "venue", limit: TextLimits.name, required: true)
            if let away = hall.minutesAway, !(0...600).contains(away) {
                rules.add(FieldProblem("venue", .outOfRange, "The way between halls takes 0 to 600 minutes."))
            }
            hall.rooms = rules.list(hall.rooms, "venue", limit: EventLimits.rooms) {
                $0.name = $1.text($0.name, "venue", limit: TextLimits.name, required: true)
            }
        }
        for seats in result.halls.flatMap({ [$0.seats] + $0.rooms.map(\.seats) }).compactMap({ $0 })
        where !(1...EventLimits.seats).contains(seats) {
            rules.add(FieldProblem("venue", .outOfRange, "Seats are 1 to \(EventLimits.seats)."))
        }
        if Set(result.places).count != result.places.count {
            rules.add(FieldProblem("venue", .duplicate, "Two halls, or two rooms of one hall, have the same name."))
        }
        return result
    }
}

extension TextRules {
    /// Checks each element of a list, and that there are not too many.
    package mutating func list<Element>(
        _ elements: [Element], _ field: String, limit: Int, _ check: (inout Element, inout TextRules) -> Void
    ) -> [Element] {
        if elements.count > limit {
            add(FieldProblem(field, .tooMany, "There are \(elements.count); at most \(limit) are kept."))
        }
        var result = elements
        for place in result.indices { check(&result[place], &self) }
        return result
    }
}
