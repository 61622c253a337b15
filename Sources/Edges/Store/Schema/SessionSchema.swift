/// Schema version "sessions": how people sign in to the console.
enum SessionSchema {
    static let all = """
        CREATE TABLE browser_session (
            id {{text}} PRIMARY KEY,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            secret_hash {{text}} NOT NULL,
            device {{text}} NOT NULL,
            means {{text}} NOT NULL CHECK (means IN ('invitation', 'link', 'password')),
            created_at_ms {{int}} NOT NULL,
            seen_at_ms {{int}} NOT NULL,
            ended_at_ms {{int}}
        ) {{strict}};
        CREATE UNIQUE INDEX browser_session__secret_hash ON browser_session (secret_hash);
        CREATE INDEX browser_session_participant ON browser_session (participant_id, id);
        CREATE INDEX browser_session_seen ON browser_session (seen_at_ms, id);

        CREATE TABLE sign_in_link (
            secret_hash {{text}} PRIMARY KEY,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            expires_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX sign_in_link_participant ON sign_in_link (participant_id, expires_at_ms);
        CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at_ms);

        CREATE TABLE participant_password (
            participant_id {{text}} PRIMARY KEY REFERENCES participant (id),
            scrypt {{text}} NOT NULL CHECK (scrypt <> ''),
            changed_at_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE sign_in_failure (
            place {{text}} PRIMARY KEY,
            failures {{int}} NOT NULL CHECK (failures >= 1),
            last_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at_ms);
        """
}
