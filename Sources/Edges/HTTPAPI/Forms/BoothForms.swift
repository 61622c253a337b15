package import Charts
package import Exchange
package import WebCommon

/// Booths on the wire: the same members in the API and in the commands' output.
package enum BoothForm {
    private static let stand = Schema.object([
        .required("name", .name(40, example: "B3")), .required("x", .number(-100_000...100_000)),
        .required("y", .number(-100_000...100_000)), .required("width", .number(0...100_000)),
        .required("height", .number(0...100_000)), .required("power", .integer(0...1_000_000), "In watts."),
        .required("supplies", .array(.oneOf(["water", "compressedAir", "network"]), 0...3, .unique)),
        .required("zone", .oneOf(["ordinary", "quiet"])),
    ])

    private static let exhibitor = Schema.object([
        .required("organization", .id(Organization.self)), .required("power", .integer(0...1_000_000), "In watts."),
        .required("needs", .array(.oneOf(["water", "compressedAir", "network"]), 0...3, .unique)),
        .required("sound", .oneOf(["ordinary", "loud", "sensitive"])),
        .optional("stand", Schema.line(40).orNull, "A promise that is kept."),
        .required("apart", .array(.id(Organization.self), 0...50, .unique), "Whom it does not want near."),
    ])

    static let content: [Property] = [
        .optional("stands", .array(stand, 0...300)), .optional("exhibitors", .array(exhibitor, 0...300)),
    ]

    static let schema = Schema.named(
        "BoothSheet",
        .object(
            content + [
                .required("event", .id(Event.self)), .required("version", .version), .required("updated_at", .time),
                .required("layout", Schema(.nullable(.anything)), "Who stands where, with reasons, score and bound."),
            ]))

    /// The hall with its exhibitors and who stands where.
    package static func json(_ sheet: BoothSheet) throws -> JSONValue {
        var result = try JSONValue(document: sheet.content).object ?? JSONObject()
        result["event"] = .string(sheet.event.text)
        result["version"] = .integer(sheet.version)
        result["updated_at"] = .time(sheet.updatedAt)
        result["layout"] = try sheet.layout.map { try JSONValue(document: $0) } ?? .null
        return .object(result)
    }

    /// The hall as a drawing that carries its own style, so that it can be looked at by itself.
    package static func drawing(_ plan: FloorPlanChart) -> String {
        plan.svg().replacing("</desc>", with: "</desc><style>\(ChartStyle.css)</style>", maxReplacements: 1)
    }
}
