/// Every step of the schema, in order. Steps that have shipped are never edited: add a new one.
package enum SchemaMigrations {
    package static let all: [Migration] = [
        Migration(
            version: 1, name: "spine",
            sql: [
                SpineSchema.parties, SpineSchema.postings, SpineSchema.encounters, SpineSchema.outbox,
                SpineSchema.standing,
            ].joined(separator: "\n")),
        Migration(version: 2, name: "meaning", sql: MeaningSchema.meanings),
        Migration(version: 3, name: "people", sql: PeopleSchema.all),
        Migration(version: 4, name: "inbound", sql: InboundSchema.all),
        Migration(version: 5, name: "carriage", sql: CarriageSchema.all),
        Migration(version: 6, name: "exhibitions", sql: ExhibitionSchema.all),
        Migration(version: 7, name: "channels", sql: ChannelSchema.all),
        Migration(version: 8, name: "meetings", sql: MeetingSchema.all),
        Migration(version: 9, name: "sessions", sql: SessionSchema.all),
    ]
}
