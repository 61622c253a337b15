import CPostgres

/// PostgreSQL's SQLSTATE codes in the store's words.
package enum PostgresFaults {
    static func fault(of result: OpaquePointer?, on connection: OpaquePointer) -> StoreFault {
        let state = field(result, UInt8(ascii: "C"))
        let message =
            field(result, UInt8(ascii: "M"))
            ?? PQerrorMessage(connection).map { String(cString: $0) }?.trimmedLine ?? "no message"
        if state == nil, PQstatus(connection) == CONNECTION_BAD { return .connectionLost(.rolledBack, message) }
        let constraint = field(result, UInt8(ascii: "n"))
        let column = field(result, UInt8(ascii: "c"))
        let table = field(result, UInt8(ascii: "t"))
        return fault(
            state: state ?? "", message: message, constraint: constraint, column: column.map { "\(table ?? "").\($0)" })
    }

    package static func fault(
        state: String, message: String, constraint: String? = nil, column: String? = nil
    ) -> StoreFault {
        switch state {
        case "23505": return .constraint(.unique, name: uniqueName(constraint ?? message))
        case "23503": return .constraint(.foreignKey, name: constraint ?? message)
        case "23514": return .constraint(.check, name: constraint ?? message)
        case "23502": return .constraint(.notNull, name: column ?? message)
        case "40001", "40P01": return .serialization(message)
        case "53100": return .diskFull
        case "25006": return .readOnly
        case "53300", "55P03", "57014", "53200", "53400": return .busy(message)
        case "57P01", "57P02", "57P03": return .connectionLost(.rolledBack, message)
        case "XX001", "XX002": return .corrupt(message)
        case _ where state.hasPrefix("23"): return .constraint(.other, name: constraint ?? message)
        case _ where state.hasPrefix("08"): return .connectionLost(.rolledBack, message)
        default: return .other(code: "SQLSTATE \(state)", message: message)
        }
    }

    /// Unique indexes are named `table__column__column`, so that both engines report `table.column,column`.
    private static func uniqueName(_ constraint: String) -> String {
        let parts = constraint.split(separator: "__", omittingEmptySubsequences: true)
        guard parts.count > 1 else {
            return constraint.hasSuffix("_pkey") ? "\(constraint.dropLast(5)).id" : constraint
        }
        return "\(parts[0]).\(parts.dropFirst().joined(separator: ","))"
    }

    private static func field(_ result: OpaquePointer?, _ code: UInt8) -> String? {
        guard let result, let text = PQresultErrorField(result, Int32(code)) else { return nil }
        return String(cString: text)
    }
}

extension String {
    fileprivate var trimmedLine: String {
        String(split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
