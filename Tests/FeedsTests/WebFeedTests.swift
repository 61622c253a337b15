import Delivery
import Exchange
import Feeds
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct `A feed of changes` {
    private let nasty = "<b>&\"'\u{0}\u{b}]]> 日本語\u{fffe}"

    @Test func `is well-formed Atom whatever the texts are, the newest first`() throws {
        let at = Instant(milliseconds: 1_795_000_000_000)
        let feed = ChangeFeed(
            id: "urn:industrymix:exh_1", title: nasty, address: "https://mix.example.jp/feed?a=1&b=2", page: nil,
            author: "Mix", language: .ja, began: at,
            entries: [
                .init(id: "urn:industrymix:hap_1", title: "old", at: at, author: nasty, summary: nasty),
                .init(
                    id: "urn:industrymix:hap_2", title: nasty, at: at.advanced(byDays: 1), link: "https://x/?<\"",
                    categories: [nasty]),
            ])
        let reading = AtomReading()
        let parser = XMLParser(data: Data(feed.text.utf8))
        parser.delegate = reading
        #expect(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
        #expect(reading.texts["id"] == ["urn:industrymix:exh_1", "urn:industrymix:hap_2", "urn:industrymix:hap_1"])
        #expect(reading.texts["title"]?.first == "<b>&\"']]> 日本語")
        #expect(reading.texts["updated"]?.first == at.advanced(byDays: 1).rfc3339)
    }

    @Test func `without entries says when it began`() {
        let at = Instant(milliseconds: 1_795_000_000_000)
        let feed = ChangeFeed(
            id: "urn:x", title: "t", address: "https://x/", author: "a", language: .en, began: at, entries: [])
        #expect(feed.text.contains("<updated>\(at.rfc3339)</updated>"))
    }
}

private final class AtomReading: NSObject, XMLParserDelegate {
    var texts: [String: [String]] = [:]
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) { text = "" }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        texts[name, default: []].append(text)
    }
}

@Suite struct `Linked data` {
    private let start = Instant(milliseconds: 1_795_000_000_000)

    private func read(_ document: JSONValue) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(LinkedData.scriptText(document).utf8))
        return try #require(value as? [String: Any])
    }

    @Test func `of an event says when it was to be before, and where it can be attended`() throws {
        var event = LinkedData.Event(
            id: "https://mix.example.jp/exh_1", name: "発表会 </script>", status: .rescheduled,
            zone: .fixed("Asia/Tokyo", offset: 32_400, abbreviation: "JST"))
        event.start = start
        event.formerStarts = [start.advanced(byDays: -30), start.advanced(byDays: -60)]
        event.attendance = .hybrid
        event.venue = "とりぎん文化会館"
        event.onlineURL = "https://meet.example.jp/1"
        event.organizers = ["鳥取県", "江原道"]
        event.parts = [.init(id: "p1", name: "part", status: .scheduled, zone: event.zone)]
        let text = LinkedData.scriptText(LinkedData.document(event))
        #expect(!text.contains("<") && !text.contains(">") && !text.contains("&"))
        let value = try read(LinkedData.document(event))
        #expect(value["@type"] as? String == "Event")
        #expect(value["name"] as? String == "発表会 </script>")
        #expect(value["eventStatus"] as? String == "https://schema.org/EventRescheduled")
        #expect(value["startDate"] as? String == "2026-11-18T20:06:40+09:00")
        #expect((value["previousStartDate"] as? [String])?.count == 2)
        #expect(
            (value["location"] as? [[String: Any]])?.map { $0["@type"] as? String } == ["Place", "VirtualLocation"])
        #expect((value["organizer"] as? [[String: Any]])?.count == 2)
        #expect((value["subEvent"] as? [String: Any])?["@id"] as? String == "p1")
    }

    @Test func `of postings are offers and demands, and a demand names nobody`() throws {
        var posting = LinkedData.Posting(id: "need_1", side: .demand, name: "鮮度", details: "長く保つ")
        posting.offeredBy = "秘密商店"
        posting.regions = ["JP-31"]
        let demand = try read(LinkedData.document(posting))
        #expect(demand["@type"] as? String == "Demand")
        #expect(!LinkedData.scriptText(LinkedData.document(posting)).contains("秘密商店"))
        posting.side = .offer
        let offer = try read(LinkedData.document(posting))
        #expect(offer["@type"] as? String == "Offer")
        #expect((offer["offeredBy"] as? [String: Any])?["name"] as? String == "秘密商店")
        #expect((offer["itemOffered"] as? [String: Any])?["@type"] as? String == "Service")
    }
}
