import Exchange
import Foundation
import Operations
import Store
import Testing

@Suite struct `A caller who was known a moment ago` {
    private func withOwner(
        _ body: (_ rooms: Rooms, _ secret: String, _ owner: Identifier<Participant>, _ path: String)
            async throws -> Void
    ) async throws {
        let template = try await Template.ready
        let path = try template.copy()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let rooms = try await Rooms(path: path)
        let owner = try Identifier<Participant>(template.names["owner"] ?? "")
        let issued = try await rooms.office.issueToken("own", scopes: [.read], days: 9, for: owner, by: .system("test"))
        #expect(try await rooms.office.authenticate(issued.secret).participant.id == owner)
        try await body(rooms, issued.secret, owner, path)
        await rooms.store.close()
    }

    @Test func `is refused at once when the token is revoked here`() async throws {
        try await withOwner { rooms, secret, owner, _ in
            for token in try await rooms.office.tokens(of: owner, by: .system("test")) where token.name == "own" {
                _ = try await rooms.office.revokeToken(token.id, by: .system("test"))
            }
            await #expect(throws: Refusal.unauthenticated) { try await rooms.office.authenticate(secret) }
        }
    }

    @Test func `is refused a moment later when another process revoked the token`() async throws {
        try await withOwner { rooms, secret, owner, path in
            let other = try await Rooms(path: path)
            for token in try await other.office.tokens(of: owner, by: .system("test")) where token.name == "own" {
                _ = try await other.office.revokeToken(token.id, by: .system("test"))
            }
            await other.store.close()
            // Each look at the tests' clock is a millisecond.
            var looks = 0
            while (try? await rooms.office.authenticate(secret)) != nil, looks < 2_000 { looks += 1 }
            #expect(looks <= 501)
        }
    }

    @Test func `is refused at once after leaving`() async throws {
        try await withOwner { rooms, secret, owner, _ in
            _ = try await rooms.office.leave(owner, by: .system("test"))
            await #expect(throws: Refusal.unauthenticated) { try await rooms.office.authenticate(secret) }
        }
    }
}
