import Encoder
import Exchange
import Operations
import Sender
import Store

extension Examination {
    /// Whether vectors can be made, and how many there are.
    func meaning(_ exchange: OpenExchange, _ findings: inout [Finding]) async {
        let assembly = MeaningAssembly(configuration: configuration)
        do {
            let choice: MeaningAssembly.Choice
            do throws(MeaningFault) { choice = try assembly.choice() } catch {
                findings.append(Finding(.bad, "meaning", error.what, error.advice))
                return
            }
            let counts = try await exchange.store.read { tx in try tx.meaningCounts() }
            let published = try await exchange.office.overview(by: .system("doctor")).postings
                .filter { $0.state == "published" }.reduce(0) { $0 + $1.count }
            let ready = assembly.modelName.flatMap { counts[$0] } ?? 0
            let words = "\(ready) of \(published) published postings have vectors"
            switch choice {
            case .off(let reason):
                findings.append(
                    Finding(
                        configuration.meaning.encoder == .off ? .good : .hint, "meaning",
                        "Matching goes by words and concepts. \(reason)",
                        configuration.meaning.encoder == .off
                            ? nil
                            : "Deploy/run fetches the encoder; or set meaning.endpoint, or meaning.encoder to off."))
            case .native(let folder):
                do throws(MeaningFault) {
                    let encoder = try await NativeEncoder.open(in: folder)
                    let vector = try await encoder.embed(["鮮度を保つ"])
                    findings.append(
                        Finding(
                            .good, "meaning",
                            "\(encoder.model) in \(folder) works (\(vector[0].count) values); \(words)."))
                } catch { findings.append(Finding(.bad, "meaning", error.what, error.advice)) }
            case .endpoint(let address):
                findings.append(
                    Finding(.good, "meaning", "\(address) with \(configuration.meaning.endpointModel); \(words)."))
            }
        } catch {
            let failure = Failure(error)
            findings.append(Finding(.bad, "meaning", failure.what, failure.advice))
        }
    }
}
