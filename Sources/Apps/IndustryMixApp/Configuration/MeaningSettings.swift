/// How meaning vectors are made, as the configuration says.
struct MeaningSettings: Sendable {
    enum Encoder: String, Sendable, CaseIterable {
        case auto, off, native, endpoint
    }

    var encoder: Encoder
    /// The folder of the native encoder's files, if one is named.
    var folder: String?
    var workers: Int
    var endpoint: String?
    var endpointModel: String
    var endpointPrefix: String
    var keyFile: String?
    var key: String?
    var batch: Int
    var timeoutSeconds: Int
}

extension MeaningSettings {
    init(_ all: LayeredValues, base: String?) throws(ConfigurationProblem) {
        encoder = try all.choice("meaning.encoder")
        folder = try all.path("meaning.folder", base: base)
        workers = try all.number("meaning.workers", in: 1...64)
        endpoint = try all.optional("meaning.endpoint")
        endpointModel = try all.text("meaning.endpoint_model")
        endpointPrefix = try all.optional("meaning.endpoint_prefix").map { $0 + " " } ?? ""
        keyFile = try all.path("meaning.key_file", base: base)
        key = try all.optional("meaning.key")
        batch = try all.number("meaning.batch", in: 1...64)
        timeoutSeconds = try all.number("meaning.timeout_seconds", in: 1...600)
        if encoder == .endpoint, endpoint == nil {
            throw ConfigurationProblem(
                "meaning.encoder is endpoint, but meaning.endpoint names none.",
                "Set meaning.endpoint, such as https://host/v1/embeddings.")
        }
    }
}
