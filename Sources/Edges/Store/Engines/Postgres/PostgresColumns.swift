import CPostgres

/// A row of a PostgreSQL result in binary form.
struct PostgresColumns {
    let result: OpaquePointer
    let row: Int32

    var count: Int { Int(PQnfields(result)) }

    func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) != 0 }

    func integer(_ index: Int) throws -> Int64 {
        guard !isNull(index) else { throw mismatch(index, "an integer") }
        let bytes = bytes(index)
        switch (PQftype(result, Int32(index)), bytes.count) {
        case (PostgresType.int8, 8): return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case (PostgresType.int4, 4): return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case (PostgresType.int2, 2): return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case (PostgresType.bool, 1): return bytes[0] == 0 ? 0 : 1
        default: throw mismatch(index, "an integer")
        }
    }

    func real(_ index: Int) throws -> Double {
        guard !isNull(index) else { throw mismatch(index, "a number") }
        let bytes = bytes(index)
        switch (PQftype(result, Int32(index)), bytes.count) {
        case (PostgresType.float8, 8):
            return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case (PostgresType.float4, 4):
            return Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        default: return Double(try integer(index))
        }
    }

    func text(_ index: Int) throws -> String {
        guard !isNull(index), PostgresType.texts.contains(PQftype(result, Int32(index))) else {
            throw mismatch(index, "a text")
        }
        return String(decoding: bytes(index), as: UTF8.self)
    }

    func withBlob<Value>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        guard !isNull(index), PQftype(result, Int32(index)) == PostgresType.bytea else {
            throw mismatch(index, "bytes")
        }
        return try body(bytes(index))
    }

    func value(_ index: Int) throws -> SQLValue {
        if isNull(index) { return .null }
        switch PQftype(result, Int32(index)) {
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.bool:
            return .integer(try integer(index))
        case PostgresType.float8, PostgresType.float4: return .real(try real(index))
        case PostgresType.bytea: return .blob(try withBlob(index) { [UInt8]($0) })
        default: return .text(try text(index))
        }
    }

    private func bytes(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, Int32(index)), count: Int(PQgetlength(result, row, Int32(index))))
    }

    private func mismatch(_ index: Int, _ expected: String) -> StoreFault {
        let name = PQfname(result, Int32(index)).map { String(cString: $0) } ?? "\(index)"
        let found = isNull(index) ? "nothing" : "type \(PQftype(result, Int32(index)))"
        return .undecodable("column \(name) holds \(found), expected \(expected)")
    }
}

/// Object ids of the types this store uses, fixed in PostgreSQL's catalogue since its first versions.
enum PostgresType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let varchar: Oid = 1_043
    static let unknown: Oid = 705
    static let texts: [Oid] = [text, varchar, name, unknown]
}
