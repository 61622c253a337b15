// The peer: a greeting, and one posting read from the exchange's own database by `pool.read` and `Codable`, as anybody
// would write it with Hummingbird and GRDB. No session, no rights, no validation, no metrics.
//
//   plain PORT DATABASE

import Foundation
import GRDB
import Hummingbird
import Logging

struct Greeting: ResponseEncodable {
    let message: String
}

struct PlainPosting: ResponseEncodable, FetchableRecord, Decodable {
    let id, kind, title, summary, detail, language, visibility, state: String
    let purpose, means, ipr: String?
    let fields, keywords, cooperation, regionWishes: String
    let stage: Int?
    let ownerID, organizationID: String
    let version, revision: Int
    let createdAt, updatedAt: Int64

    enum CodingKeys: String, CodingKey {
        case id, kind, title, summary, detail, language, visibility, state, purpose, means, ipr, fields, keywords
        case cooperation, stage, version, revision
        case regionWishes = "region_wishes"
        case ownerID = "owner_id"
        case organizationID = "organization_id"
        case createdAt = "created_at_ms"
        case updatedAt = "updated_at_ms"
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[1]) else {
    FileHandle.standardError.write(Data("usage: plain PORT DATABASE\n".utf8))
    exit(2)
}
let pool = try DatabasePool(path: arguments[2])
let router = Router()
router.get("hello") { _, _ in Greeting(message: "hello") }
router.get("postings/:id") { _, context in
    let id = try context.parameters.require("id")
    let found = try await pool.read { database in
        try PlainPosting.fetchOne(database, sql: "SELECT * FROM posting WHERE id = ?", arguments: [id])
    }
    guard let found else { throw HTTPError(.notFound) }
    return found
}
var logger = Logger(label: "plain")
logger.logLevel = .error
let application = Application(
    router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
try await application.runService()
