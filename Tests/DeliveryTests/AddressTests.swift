import Delivery
import Testing

@Suite struct `An address` {
    @Test(arguments: [
        ("0.0.0.0", SpecialRange.unspecified), ("0.0.0.1", .thisNetwork), ("0.255.255.255", .thisNetwork),
        ("10.0.0.0", .privateUse), ("10.255.255.255", .privateUse), ("100.64.0.0", .carrierGradeNAT),
        ("100.127.255.255", .carrierGradeNAT), ("100.100.100.200", .metadata), ("127.0.0.1", .loopback),
        ("127.255.255.254", .loopback), ("169.254.0.1", .linkLocal), ("169.254.169.254", .metadata),
        ("169.254.170.2", .metadata), ("172.16.0.0", .privateUse), ("172.31.255.255", .privateUse),
        ("192.0.0.1", .protocolAssignment), ("192.0.0.192", .metadata), ("192.0.2.77", .documentation),
        ("192.88.99.1", .deprecatedRelay), ("192.168.0.0", .privateUse), ("192.168.255.255", .privateUse),
        ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking), ("198.51.100.9", .documentation),
        ("203.0.113.254", .documentation), ("224.0.0.1", .multicast), ("239.255.255.255", .multicast),
        ("240.0.0.1", .reserved), ("255.255.255.254", .reserved), ("255.255.255.255", .broadcast),
        ("168.63.129.16", .metadata),
        ("::", .unspecified), ("::1", .loopback), ("::2", .thisNetwork), ("::127.0.0.1", .loopback),
        ("::8.8.8.8", .reserved),
        ("::ffff:127.0.0.1", .loopback), ("::ffff:10.1.2.3", .privateUse), ("::ffff:169.254.169.254", .metadata),
        ("::ffff:0:127.0.0.1", .loopback), ("::ffff:0:8.8.8.8", .reserved), ("64:ff9b::127.0.0.1", .loopback),
        ("64:ff9b::a9fe:a9fe", .metadata), ("64:ff9b:1::8.8.8.8", .localTranslation), ("100::1", .discard),
        ("2001::1", .unspecified), ("2001:0:4136:e378:8000:63bf:f5ff:fffe", .privateUse),
        ("2001:0:4136:e378:8000:63bf:f7f7:f7f7", .teredo), ("2001:2::1", .benchmarking),
        ("2001:10::1", .protocolAssignment),
        ("2001:20::1", .protocolAssignment), ("2001:db8::1", .documentation), ("2001:db8:ffff::1", .documentation),
        ("2002:7f00:1::", .loopback), ("2002:a9fe:a9fe::1", .metadata), ("2002:c0a8:101::1", .privateUse),
        ("2001:470:1f0b::5efe:10.0.0.1", .privateUse), ("2001:470:1f0b::200:5efe:127.0.0.1", .loopback),
        ("3fff::1", .documentation), ("3ffe::1", .reserved), ("4000::1", .reserved), ("5f00::1", .reserved),
        ("fc00::1", .uniqueLocal), ("fdff::1", .uniqueLocal), ("fd00:ec2::254", .metadata), ("fe80::1", .linkLocal),
        ("febf::1", .linkLocal), ("fec0::1", .siteLocal), ("ff02::1", .multicast), ("ffff::1", .multicast),
    ])
    func `of a special range is not public`(_ text: String, _ range: SpecialRange) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressPolicy.specialRange(of: address) == range)
        #expect(AddressPolicy.refusal(of: address, in: .publicOnly) == range)
        #expect(AddressPolicy.refusal(of: address, in: .privateAllowed) == nil)
    }

    @Test(arguments: [
        "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.1", "192.0.3.0",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0", "223.255.255.255", "133.242.0.1", "2001:4860:4860::8888", "2400:8500::1", "2606:4700::1111",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:200::1", "3fff:1000::1",
        "2001:470::5efe:8.8.8.8",
    ])
    func `just outside them is public`(_ text: String) throws {
        #expect(AddressPolicy.specialRange(of: try #require(IPAddress(text))) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:0:8", "1:2:3:4:5:6:0:8"), ("::ffff:1.2.3.4", "::ffff:102:304"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ])
    func `reads and writes its text`(_ text: String, _ written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(written) == address)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "0x1.2.3.4", "1.2.3.+4", " 1.2.3.4", "1.2.3.4 ",
        "1..2.3", ":",
        ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1.2.3", "1.2.3.4::", "::1.2.3.4:5",
        "[::1]", "fe80::1%eth0", "1:2:3:4:5:6:7:8::", "::+1", "2130706433",
    ])
    func `in another spelling is not read`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `comes from four or sixteen bytes`() {
        #expect(IPAddress(bytes: [127, 0, 0, 1]) == IPAddress("127.0.0.1"))
        #expect(IPAddress(bytes: [UInt8](repeating: 0, count: 15) + [1]) == IPAddress("::1"))
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
        #expect(IPAddress(bytes: []) == nil)
    }
}

@Suite struct `A webhook's address` {
    @Test func `is kept in one spelling, and redacted for people`() throws {
        // Built from parts, so that no scanner takes the sample for a real secret.
        let secret = ["T00000000", "B00000000", String(repeating: "Q", count: 20) + "WXYZ"].joined(separator: "/")
        let url = try WebhookURL("  HTTPS://Hooks.Slack.com:443/services/\(secret)\n")
        #expect(url.text == "https://hooks.slack.com/services/\(secret)")
        #expect(url.host == "hooks.slack.com")
        #expect(url.port == 443)
        #expect(url.scope == .publicOnly)
        #expect(url.redacted == "https://hooks.slack.com/...WXYZ")
        var dumped = ""
        dump(url, to: &dumped)
        for shown in ["\(url)", String(reflecting: url), dumped] { #expect(!shown.contains("B00000000")) }
        #expect(DeliveryPlatform.slack.hints(for: url).isEmpty)
        #expect(DeliveryPlatform.generic.hints(for: url) == [.looksLikeSlack])
    }

    @Test(arguments: [
        ("", WebhookURLRefusal.empty), ("   ", .empty), ("ftp://example.com/", .scheme("ftp")),
        ("hooks.slack.com/x", .scheme("An address without https://")), ("http://example.com/", .plainHTTP),
        ("https://user:pw@example.com/", .userInformation), ("https://example.com@127.0.0.1/", .userInformation),
        ("https://example.com/#x", .fragment), ("https://exa mple.com/", .badCharacter),
        ("https://example.com/\\x", .badCharacter),
        ("https://example.com/\r\nX: 1", .badCharacter), ("https://例え.jp/", .notASCII),
        ("https://example.com/日本", .notASCII),
        ("https://", .badHost("")), ("https:///x", .badHost("")), ("https://-a.com/", .badHost("-a.com")),
        ("https://a..com/", .badHost("a..com")), ("https://a_b.com/", .badHost("a_b.com")),
        ("https://[::1/", .badHost("[::1")),
        ("https://[zz]/", .badHost("[zz]")), ("https://a.com:0/", .badPort("0")),
        ("https://a.com:65536/", .badPort("65536")),
        ("https://a.com:+1/", .badPort("+1")), ("https://a.com:/", .badPort("")),
        ("https://2130706433/", .oddAddress("2130706433")),
        ("https://0x7f.1/", .oddAddress("0x7f.1")), ("https://0177.0.0.1/", .oddAddress("0177.0.0.1")),
        ("https://127.1/", .oddAddress("127.1")), ("https://1.2.3.4.5/", .oddAddress("1.2.3.4.5")),
        ("https://127.0.0.1/", .notPublic("127.0.0.1", .loopback)), ("https://[::1]/", .notPublic("::1", .loopback)),
        ("https://[::ffff:10.0.0.1]/", .notPublic("::ffff:a00:1", .privateUse)),
        ("https://169.254.169.254/latest", .notPublic("169.254.169.254", .metadata)),
        ("https://localhost/", .localName("localhost")),
        ("https://chat.internal/x", .localName("chat.internal")), ("https://intranet/", .localName("intranet")),
    ])
    func `that cannot be used says why`(_ text: String, _ refusal: WebhookURLRefusal) {
        #expect(throws: refusal) { try WebhookURL(text) }
        #expect(refusal.sentence.hasSuffix("."))
    }

    @Test func `may be private and plain where an administrator allowed it`() throws {
        let allowance = HostAllowance(["127.0.0.1:8099", "Chat.Intra", "[::1]"])
        let preview = try WebhookURL("http://127.0.0.1:8099/hooks/a", allowing: allowance)
        #expect(preview.scope == .privateAllowed)
        #expect(preview.text == "http://127.0.0.1:8099/hooks/a")
        #expect(try WebhookURL("http://chat.intra/", allowing: allowance).scope == .privateAllowed)
        #expect(try WebhookURL("http://[::1]:9/x", allowing: allowance).port == 9)
        #expect(throws: WebhookURLRefusal.notPublic("127.0.0.1", .loopback)) {
            try WebhookURL("http://127.0.0.1:8100/", allowing: allowance)
        }
        #expect(try WebhookURL("https://example.com/", allowing: allowance).scope == .publicOnly)
    }

    @Test func `has a longest length`() throws {
        let start = "https://example.com/"
        let fits = start + String(repeating: "a", count: WebhookURL.longest - start.utf8.count)
        #expect(try WebhookURL(fits).text == fits)
        #expect(throws: WebhookURLRefusal.tooLong(2001)) { try WebhookURL(fits + "a") }
    }

    @Test(arguments: [
        (DeliveryPlatform.slack, "https://example.com/x", [WebhookURLHint.notSlackHost]),
        (.slack, "https://hooks.slack.com/services/T1", [.notSlackPath]),
        (.slack, "https://discord.com/api/webhooks/1/x", [.looksLikeDiscord]),
        (.slack, "https://discord.com/api/webhooks/1/x/slack", []),
        (.slack, "https://a.zulipchat.com/api/v1/external/slack_incoming?api_key=k&stream=s", []),
        (.zulip, "https://a.zulipchat.com/api/v1/external/slack_incoming?api_key=k", [.looksLikeSlack]),
        (.discord, "https://discord.com/api/webhooks/1/x", []),
        (.discord, "https://discord.com/api", [.notDiscordPath]),
        (.teams, "https://prod-1.japaneast.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=s", []),
        (.teams, "https://a.webhook.office.com/webhookb2/x", [.oldTeamsConnector]),
        (.generic, "https://prod-1.japaneast.logic.azure.com/workflows/x", [.otherPlatform]),
        (.googleChat, "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t", []),
        (.googleChat, "https://chat.googleapis.com/v1/spaces/A/messages", [.notGoogleChatPath]),
        (.mattermost, "https://webhook.worksmobile.com/message/1", [.looksLikeLineWorks]),
        (.slack, "https://api.chatwork.com/v2/rooms/1/messages", [.looksLikeChatwork]),
        (.rocketChat, "https://chat.example.com/hooks/a/b", []),
        (.rocketChat, "https://chat.example.com/hooks/a", [.notRocketChatPath]),
        (.mattermost, "https://chat.example.com/hooks/abcdefghijklmnopqrstuvwxyz", []),
        (.mattermost, "https://chat.example.com/hooks/abc", [.notMattermostPath]),
        (.mattermost, "https://hooks.slack.com/services/T1/B1/x", [.looksLikeSlack]),
        (.generic, "https://example.com/any?x=1", []), (.generic, "https://example.com", []),
    ])
    func `hints at likely mistakes`(_ platform: DeliveryPlatform, _ text: String, _ hints: [WebhookURLHint]) throws {
        #expect(platform.hints(for: try WebhookURL(text)) == hints)
    }
}

@Suite struct `A header` {
    @Test(arguments: [
        ("X\r\nY", "1"), ("", "1"), ("X Y", "1"), ("X:", "1"), ("Ü", "1"), ("X", ""), ("X", "a\r\nHost: evil"),
        ("X", "a\nb"),
        ("X", "a\0b"), ("X", " a"), ("X", "a "), ("X", "日本"), ("Host", "evil"), ("content-length", "0"),
        ("Transfer-Encoding", "chunked"), ("X", String(repeating: "a", count: WireHeader.valueBytes + 1)),
    ])
    func `that could change the request is refused`(_ name: String, _ value: String) {
        #expect(throws: WireHeaderRefusal.self) { try WireHeader(name, value) }
    }

    @Test func `of printable text is taken as it is`() throws {
        let long = String(repeating: "a", count: WireHeader.valueBytes)
        #expect(try WireHeader("X-Long", long).value == long)
        #expect(try WireHeader("Content-Type", "application/json; charset=utf-8").name == "Content-Type")
    }
}
