import CryptoExtras
import Exchange

/// A password that was made unreadable by scrypt (RFC 7914), with its salt and costs.
package struct PasswordHash: Hashable, Sendable {
    /// What guessing one password costs.
    package struct Cost: Hashable, Sendable {
        /// The logarithm of the number of rounds.
        package let logRounds: Int
        /// Memory is 128 bytes x block size x rounds.
        package let blockSize: Int
        package let parallelism: Int

        /// Takes every value.
        package init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 2^15 rounds, blocks of 8, 3 lanes: 32 MiB and about a quarter of a second (OWASP Password Storage, one of
        /// the settings that it holds to be equal).
        package static let usual = Cost(logRounds: 15, blockSize: 8, parallelism: 3)
    }

    package let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a new password. Throws only if the library refuses the costs.
    package init(_ password: String, salt: [UInt8], cost: Cost) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, salt, cost)
    }

    /// Reads what `text` wrote.
    package init?(stored text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let block = Int(parts[2]),
            let lanes = Int(parts[3]), let salt = Hexadecimal.decode(parts[4]), let key = Hexadecimal.decode(parts[5]),
            (1...24).contains(rounds), (1...32).contains(block), (1...16).contains(lanes)
        else { return nil }
        cost = Cost(logRounds: rounds, blockSize: block, parallelism: lanes)
        self.salt = salt
        self.key = key
    }

    /// `scrypt$15$8$3$salt$key`, salt and key in hexadecimal.
    package var text: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(Hexadecimal.encode(salt))"
            + "$\(Hexadecimal.encode(key))"
    }

    /// Whether this is the password. Takes as long for a wrong one.
    package func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, salt, cost)
        guard other.count == key.count else { return false }
        return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) throws -> [UInt8] {
        // The same character in another width is the same password: Japanese keyboards give both.
        let bytes = Array(password.narrowedASCII.utf8)
        return try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism
        ).withUnsafeBytes { Array($0) }
    }
}

/// Checks and makes passwords one at a time, so that many who sign in at once neither fill the memory nor hold up
/// everything else.
package actor PasswordDesk {
    private let ambient: Ambient
    private let cost: PasswordHash.Cost
    /// What a password is compared with where there is none, so that the answer takes as long.
    private var decoy: PasswordHash?

    /// Takes where salt comes from, and the cost of new passwords.
    package init(_ ambient: Ambient, cost: PasswordHash.Cost = .usual) {
        self.ambient = ambient
        self.cost = cost
    }

    /// A new password's hash.
    func hash(_ password: String) throws -> String {
        try PasswordHash(password, salt: ambient.bytes(16), cost: cost).text
    }

    /// Whether the password is the stored one; without a stored one it takes as long to say no.
    func check(_ password: String, against stored: String?) throws -> Bool {
        if let stored, let hash = PasswordHash(stored: stored) { return try hash.matches(password) }
        let compared = try decoy ?? PasswordHash("decoy", salt: ambient.bytes(16), cost: cost)
        decoy = compared
        _ = try compared.matches(password)
        return false
    }
}
