/// Schema version "channels": rules, hours and secrets of channels, and notices that wait for their hour.
enum ChannelSchema {
    static let all = """
        ALTER TABLE channel ADD COLUMN sealed_credential {{text}};
        ALTER TABLE channel ADD COLUMN sealed_old_key {{text}};
        ALTER TABLE channel ADD COLUMN old_key_until_ms {{int}};
        ALTER TABLE channel ADD COLUMN rule_regions {{text}} NOT NULL DEFAULT '[]';
        ALTER TABLE channel ADD COLUMN rule_anonymity {{text}} NOT NULL DEFAULT 'any';
        ALTER TABLE channel ADD COLUMN rule_follow {{text}} NOT NULL DEFAULT '[]';
        ALTER TABLE channel ADD COLUMN rule_mute {{text}} NOT NULL DEFAULT '[]';
        ALTER TABLE channel ADD COLUMN rule_cadence {{text}} NOT NULL DEFAULT 'immediate';
        ALTER TABLE channel ADD COLUMN rule_quiet_hours {{text}};
        ALTER TABLE channel ADD COLUMN rule_backlog {{text}} NOT NULL DEFAULT 'merged';
        UPDATE channel SET rule_backlog = 'each' WHERE platform = 'generic';

        CREATE TABLE gathered_notice (
            id {{text}} PRIMARY KEY,
            channel_id {{text}} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
            place {{int}} NOT NULL CHECK (place >= 1),
            topic {{text}} NOT NULL CHECK (topic <> ''),
            subject {{text}} NOT NULL,
            content {{text}} NOT NULL,
            not_before_ms {{int}} NOT NULL,
            created_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX gathered_notice_channel ON gathered_notice (channel_id, place, not_before_ms);
        CREATE INDEX gathered_notice_moment ON gathered_notice (not_before_ms, channel_id);
        """
}
