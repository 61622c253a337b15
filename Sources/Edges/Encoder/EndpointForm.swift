import Delivery
import Foundation
import Operations

/// Requests and answers in the OpenAI form.
enum EndpointForm {
    struct Request: Encodable {
        let model: String
        let input: [String]
        let encoding_format = "float"
    }

    private struct Answer: Decodable {
        struct Item: Decodable {
            let index: Int?
            let embedding: [Float]
        }

        let data: [Item]
    }

    /// The vectors of an answer, in the order of the texts, or why there are none.
    static func vectors(_ result: WireResult, count: Int) throws(MeaningFault) -> [[Float]] {
        switch result {
        case .answered(let answer): return try vectors(answer, count: count)
        case .notSent(.senderStopped), .ambiguous(.senderStopped): throw .stopped
        case .notSent(let reason):
            throw MeaningFault(.unreachable, "The embeddings service: \(reason.sentence)", Self.whereToLook)
        case .ambiguous(let reason):
            throw MeaningFault(.unreachable, "The embeddings service: \(reason.sentence)", Self.whereToLook)
        case .refused(let refusal):
            throw MeaningFault(
                .missing, "The embeddings service: \(refusal.sentence)",
                "Add its host to delivery.allowed_hosts, or correct meaning.endpoint.")
        }
    }

    private static let whereToLook = "It is tried again; check that the service of meaning.endpoint runs."

    private static func vectors(_ answer: WireAnswer, count: Int) throws(MeaningFault) -> [[Float]] {
        guard answer.status == 200 else { throw refusal(answer) }
        guard answer.bodyState == .complete else {
            throw MeaningFault(
                .unreachable, "The answer of the embeddings service broke off or was longer than 8 MiB.",
                "Make meaning.batch smaller.")
        }
        let items: [Answer.Item]
        do { items = try JSONDecoder().decode(Answer.self, from: Data(answer.body)).data } catch {
            throw malformed("is not in the OpenAI form of embeddings")
        }
        guard items.count == count else { throw malformed("has \(items.count) vectors for \(count) texts") }
        var vectors = [[Float]?](repeating: nil, count: count)
        for (place, item) in items.enumerated() {
            let index = item.index ?? place
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw malformed("numbers its vectors wrongly")
            }
            vectors[index] = try unit(item.embedding)
        }
        let all = vectors.compactMap { $0 }
        guard Set(all.map(\.count)).count == 1 else { throw malformed("has vectors of different sizes") }
        return all
    }

    private static func unit(_ values: [Float]) throws(MeaningFault) -> [Float] {
        guard (1...16_384).contains(values.count) else { throw malformed("has a vector of \(values.count) values") }
        guard values.allSatisfy(\.isFinite) else { throw malformed("has a value that is no number") }
        let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length > 0, length.isFinite else { throw malformed("has a vector of zeros") }
        return values.map { Float(Double($0) / length) }
    }

    private static func malformed(_ how: String) -> MeaningFault {
        MeaningFault(
            .malformed, "The answer of the embeddings service \(how).",
            "meaning.endpoint must speak the OpenAI form of /v1/embeddings; check meaning.endpoint_model.")
    }

    private static func refusal(_ answer: WireAnswer) -> MeaningFault {
        let words = String(decoding: answer.body.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ").filter { $0.asciiValue.map { $0 >= 32 } ?? true }
        let what = "The embeddings service answered \(answer.status)" + (text.isEmpty ? "." : ": \(text)")
        switch answer.status {
        case 429, 503:
            return MeaningFault(
                .unreachable, what, "It is tried again later.",
                retryAfterSeconds: answer.headers["retry-after"].flatMap { Int($0) }.map { min(max($0, 1), 3_600) })
        case 500...599: return MeaningFault(.unreachable, what, Self.whereToLook)
        case 401, 403:
            return MeaningFault(.refused, what, "Check the key in meaning.key_file or INDUSTRYMIX_MEANING_KEY.")
        default: return MeaningFault(.refused, what, "Check meaning.endpoint and meaning.endpoint_model.")
        }
    }
}
