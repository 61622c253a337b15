import Delivery
import Testing

@Suite struct `A signature` {
    // The test vector that the Standard Webhooks specification prints.
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private let body = Array("{\"test\": 2432232314}".utf8)

    @Test func `agrees with the specification's vector`() throws {
        let signature = StandardSignature.signature(
            id: id, seconds: 1_614_265_330, body: body, secret: try WebhookSecret(secret))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `by each key of a rotation is accepted, by none other`() throws {
        var random = Seeded(7)
        let (old, new, other) = (
            WebhookSecret.generate(using: &random), WebhookSecret.generate(using: &random),
            WebhookSecret.generate(using: &random)
        )
        let headers = try StandardSignature.headers(id: "dlv_1", seconds: 100, body: body, secrets: [new, old])
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        let signatures = headers[2].value
        func verify(
            _ secrets: [WebhookSecret], id: String = "dlv_1", time: String = "100", body: [UInt8], now: Int64 = 100
        )
            throws(SignatureRefusal)
        {
            try StandardSignature.verify(
                id: id, timestamp: time, signatures: signatures, body: body, secrets: secrets, nowSeconds: now)
        }
        try verify([old], body: body)
        try verify([new], body: body)
        try verify([other, new], body: body, now: 400)
        #expect(throws: SignatureRefusal.mismatch) { try verify([other], body: body) }
        #expect(throws: SignatureRefusal.mismatch) { try verify([], body: body) }
        #expect(throws: SignatureRefusal.mismatch) { try verify([new], body: body + [0x20]) }
        #expect(throws: SignatureRefusal.mismatch) { try verify([new], id: "dlv_2", body: body) }
        #expect(throws: SignatureRefusal.mismatch) { try verify([new], time: "101", body: body) }
        #expect(throws: SignatureRefusal.stale) { try verify([new], body: body, now: 401) }
        #expect(throws: SignatureRefusal.stale) { try verify([new], body: body, now: -201) }
        #expect(throws: SignatureRefusal.malformed("webhook-timestamp")) { try verify([new], time: "+100", body: body) }
        #expect(throws: SignatureRefusal.malformed("webhook-id")) { try verify([new], id: "a.b", body: body) }
    }

    @Test func `needs a key and a plain identifier`() throws {
        let key = try WebhookSecret(secret)
        #expect(throws: SigningRefusal.noKey) {
            try StandardSignature.headers(id: "a", seconds: 1, body: [], secrets: [])
        }
        for bad in ["", "a.b", "a b", "a\r\n", "日"] {
            #expect(throws: SigningRefusal.badIdentifier) {
                try StandardSignature.headers(id: bad, seconds: 1, body: [], secrets: [key])
            }
        }
    }

    @Test func `is on generic requests only`() throws {
        let url = try WebhookURL("https://example.com/x")
        let key = try WebhookSecret(secret)
        let signed = try DeliveryPlatform.generic.request(id: "d", to: url, payload: body, secrets: [key], seconds: 5)
        #expect(signed.headers.map(\.name) == ["Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(signed.scope == .publicOnly)
        let plain = try DeliveryPlatform.slack.request(id: "d", to: url, payload: body, seconds: 5)
        #expect(plain.headers.map(\.name) == ["Content-Type"])
        #expect(throws: RequestRefusal.signing(.noKey)) {
            try DeliveryPlatform.generic.request(id: "d", to: url, payload: body, seconds: 5)
        }
    }
}

@Suite struct `A signing secret` {
    @Test(arguments: [
        ("", WebhookSecretRefusal.prefix), ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .prefix), ("whsec_", .length(0)),
        ("whsec_abc", .encoding), ("whsec_ab=c", .encoding), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*", .encoding),
        ("whsec_" + Base64.text(of: [UInt8](repeating: 1, count: 23)), .length(23)),
        ("whsec_" + Base64.text(of: [UInt8](repeating: 1, count: 65)), .length(65)),
    ])
    func `that cannot be used says why`(_ text: String, _ refusal: WebhookSecretRefusal) {
        #expect(throws: refusal) { try WebhookSecret(text) }
    }

    @Test(arguments: [24, 32, 64]) func `is written as it was read, and shown to nobody`(_ count: Int) throws {
        let secret = try WebhookSecret(bytes: (0..<count).map { UInt8($0) })
        #expect(try WebhookSecret(secret.text) == secret)
        var dumped = ""
        dump(secret, to: &dumped)
        let hidden = Base64.text(of: (0..<count).map { UInt8($0) }).prefix(8)
        for shown in ["\(secret)", String(reflecting: secret), dumped] { #expect(!shown.contains(hidden)) }
    }

    @Test func `is fresh each time`() {
        var random = Seeded(1)
        let secrets = (0..<100).map { _ in WebhookSecret.generate(using: &random).text }
        #expect(Set(secrets).count == 100)
    }

    @Test func `is base64 in RFC 4648's vectors`() {
        let vectors = [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
        ]
        for (plain, text) in vectors {
            #expect(Base64.text(of: Array(plain.utf8)) == text)
            #expect(Base64.bytes(of: text) == Array(plain.utf8))
        }
        for bad in ["Zg", "Zg=", "Z===", "Zh==", "Zm9=", "Zm 9", "====", "Zg==Zg=="] {
            #expect(Base64.bytes(of: bad) == nil)
        }
    }
}
