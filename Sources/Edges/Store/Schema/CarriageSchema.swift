/// Schema version "carriage": letters by mail, and how each channel is doing.
enum CarriageSchema {
    /// The course of a channel stands beside it: it changes with every message, and nobody edits it.
    static let all = """
        ALTER TABLE channel ADD COLUMN purpose {{text}} NOT NULL DEFAULT 'notices'
            CHECK (purpose IN ('notices', 'letters', 'needed_letters'));
        CREATE INDEX channel_purpose ON channel (purpose, name);

        ALTER TABLE notice ADD COLUMN custody {{text}} NOT NULL DEFAULT 'plain'
            CHECK (custody IN ('plain', 'sealed'));

        CREATE TABLE channel_course (
            channel_id {{text}} PRIMARY KEY REFERENCES channel (id) ON DELETE CASCADE,
            full_at_ms {{int}} NOT NULL,
            rests_until_ms {{int}} NOT NULL,
            failures {{int}} NOT NULL CHECK (failures >= 0),
            broken_since_ms {{int}},
            open_until_ms {{int}},
            last_success_ms {{int}},
            last_failure_ms {{int}},
            reason_code {{text}},
            reason_sentence {{text}},
            mean_ms {{real}} NOT NULL CHECK (mean_ms >= 0),
            CHECK ((failures = 0) = (broken_since_ms IS NULL)),
            CHECK ((reason_code IS NULL) = (reason_sentence IS NULL))
        ) {{strict}};
        """
}
