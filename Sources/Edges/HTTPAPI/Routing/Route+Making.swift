package import Exchange
import HTTPTypes
package import WebCommon

extension Route {
    package static func get(
        _ path: String, _ id: String, _ tag: String, _ summary: String, needs permission: Permission,
        gives answer: Answer, _ handler: @escaping Handler
    ) -> Route {
        Route(.get, path, id, tag: tag, summary, access: .token(permission), answers: [answer], handler: handler)
    }

    package static func post(
        _ path: String, _ id: String, _ tag: String, _ summary: String, needs permission: Permission,
        gives answer: Answer, _ handler: @escaping Handler
    ) -> Route {
        Route(.post, path, id, tag: tag, summary, access: .token(permission), answers: [answer], handler: handler)
    }

    package static func patch(
        _ path: String, _ id: String, _ tag: String, _ summary: String, needs permission: Permission,
        gives answer: Answer, _ handler: @escaping Handler
    ) -> Route {
        Route(.patch, path, id, tag: tag, summary, access: .token(permission), answers: [answer], handler: handler)
    }

    package static func delete(
        _ path: String, _ id: String, _ tag: String, _ summary: String, needs permission: Permission,
        gives answer: Answer, _ handler: @escaping Handler
    ) -> Route {
        Route(.delete, path, id, tag: tag, summary, access: .token(permission), answers: [answer], handler: handler)
    }

    /// What the reader should know besides the summary.
    package func noting(_ text: String) -> Route { with { $0.about = text } }

    /// Parameters of path and query.
    package func taking(_ parameters: Parameter...) -> Route { with { $0.parameters += parameters } }

    /// The parameters of a list.
    package func paged() -> Route { with { $0.parameters += ListPage.parameters } }

    /// A JSON body that has to be there.
    package func body(_ schema: Schema) -> Route { with { $0.body = .json(schema) } }

    /// A JSON body that may be left out.
    package func optionalBody(_ schema: Schema) -> Route { with { $0.body = .optional(schema) } }

    /// Problems that the rules behind the route can answer with.
    package func refusing(_ kinds: ProblemKind...) -> Route { with { $0.refusals += kinds } }

    /// Takes an Idempotency-Key.
    package func keyed() -> Route { with { $0.repetition = .keyed } }

    /// Answers with an ETag.
    package func tagged() -> Route { with { $0.precondition = .tagged } }

    /// Checks If-Match when it is given.
    package func checksVersion() -> Route { with { $0.precondition = .optional } }

    /// Refuses to change without If-Match.
    package func needsVersion() -> Route { with { $0.precondition = .required } }
}
