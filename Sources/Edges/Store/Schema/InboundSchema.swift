/// Answers from chats: workspaces, linked accounts, and the requests that were acknowledged.
enum InboundSchema {
    static let all = """
        CREATE TABLE workspace (
            id {{text}} PRIMARY KEY,
            name {{text}} NOT NULL CHECK (name <> ''),
            platform {{text}} NOT NULL CHECK (platform IN ('slack', 'mattermost')),
            realm {{text}} NOT NULL CHECK (realm <> ''),
            sealed_secret {{text}} NOT NULL CHECK (sealed_secret <> ''),
            language {{text}} NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
            added_by {{text}} NOT NULL,
            created_at_ms {{int}} NOT NULL,
            revoked_at_ms {{int}}
        ) {{strict}};

        CREATE TABLE chat_account (
            account {{text}} PRIMARY KEY,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            workspace_id {{text}} NOT NULL REFERENCES workspace (id),
            label {{text}} NOT NULL,
            linked_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX chat_account_participant ON chat_account (participant_id, linked_at_ms);

        CREATE TABLE link_code (
            participant_id {{text}} PRIMARY KEY REFERENCES participant (id),
            code_hash {{text}} NOT NULL,
            created_at_ms {{int}} NOT NULL,
            expires_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX link_code__code_hash ON link_code (code_hash);

        CREATE TABLE wrong_guess (
            subject {{text}} PRIMARY KEY,
            wrong {{int}} NOT NULL CHECK (wrong >= 1),
            since_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE inbound (
            id {{text}} PRIMARY KEY,
            workspace_id {{text}} NOT NULL REFERENCES workspace (id),
            form {{text}} NOT NULL CHECK (form IN ('command', 'press', 'post')),
            request_key {{text}} NOT NULL,
            account {{text}} NOT NULL,
            sealed_content {{text}} NOT NULL,
            sealed_answer {{text}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('waiting', 'answering', 'done', 'failed')),
            has_effect {{int}} NOT NULL CHECK (has_effect IN (0, 1)),
            tries {{int}} NOT NULL CHECK (tries >= 0),
            moment_ms {{int}} NOT NULL,
            holder {{text}},
            outcome {{text}},
            created_at_ms {{int}} NOT NULL,
            ended_at_ms {{int}},
            CHECK ((state IN ('done', 'failed')) = (ended_at_ms IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX inbound__request_key ON inbound (request_key);
        CREATE INDEX inbound_open ON inbound (moment_ms, id) WHERE state IN ('waiting', 'answering');
        CREATE INDEX inbound_ended ON inbound (ended_at_ms, id) WHERE ended_at_ms IS NOT NULL;
        """
}
