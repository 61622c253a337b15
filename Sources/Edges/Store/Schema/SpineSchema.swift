/// Schema version 1. Times are milliseconds since 1970 UTC, identifiers and closed sets are texts, lists are JSON
/// arrays; what is filtered on stands in a table of its own. Sets that grow with every release (kinds of happenings,
/// platforms, topics) are only checked for not being empty, so that a new word needs no new table.
///
/// Unique indexes are named `table__column__column`: both engines then report the same name when one is violated.
enum SpineSchema {
    static let parties = """
        CREATE TABLE organization (
            id {{text}} PRIMARY KEY,
            name {{text}} NOT NULL CHECK (name <> ''),
            name_kana {{text}},
            name_core {{text}} NOT NULL,
            search_key {{text}} NOT NULL,
            kind {{text}} NOT NULL CHECK (kind IN ('company', 'university', 'kosen', 'public_institute', 'support',
                'government', 'financial', 'hospital', 'farm_fishery', 'other')),
            corporate_number {{text}} CHECK (length(corporate_number) = 13),
            region {{text}},
            municipality {{text}},
            website {{text}},
            fields {{text}} NOT NULL,
            external_id {{text}},
            note {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX organization__corporate_number ON organization (corporate_number)
            WHERE corporate_number IS NOT NULL;
        CREATE UNIQUE INDEX organization__external_id ON organization (external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX organization_name_core ON organization (name_core, id);

        CREATE TABLE organization_field (
            field {{text}} NOT NULL,
            organization_id {{text}} NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
            PRIMARY KEY (field, organization_id)
        ) {{strict}};
        CREATE INDEX organization_field_organization ON organization_field (organization_id);

        CREATE TABLE participant (
            id {{text}} PRIMARY KEY,
            organization_id {{text}} NOT NULL REFERENCES organization (id),
            name {{text}} NOT NULL CHECK (name <> ''),
            name_kana {{text}},
            search_key {{text}} NOT NULL,
            email {{text}} NOT NULL CHECK (email <> ''),
            phone {{text}},
            language {{text}} NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
            external_id {{text}},
            note {{text}},
            role {{text}} NOT NULL CHECK (role IN ('administrator', 'coordinator', 'member', 'observer')),
            status {{text}} NOT NULL CHECK (status IN ('invited', 'active', 'paused', 'left')),
            paused_until_ms {{int}},
            listed_at_ms {{int}},
            contacted_at_ms {{int}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            joined_at_ms {{int}},
            CHECK ((status = 'paused') = (paused_until_ms IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX participant__email ON participant (email);
        CREATE UNIQUE INDEX participant__external_id ON participant (external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX participant_organization ON participant (organization_id, id);
        CREATE INDEX participant_role ON participant (role, id);

        CREATE TABLE invitation (
            secret_hash {{text}} PRIMARY KEY,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            expires_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX invitation__participant_id ON invitation (participant_id);

        CREATE TABLE access_token (
            id {{text}} PRIMARY KEY,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            name {{text}} NOT NULL,
            scopes {{text}} NOT NULL,
            secret_hash {{text}} NOT NULL,
            created_at_ms {{int}} NOT NULL,
            expires_at_ms {{int}},
            revoked_at_ms {{int}}
        ) {{strict}};
        CREATE UNIQUE INDEX access_token__secret_hash ON access_token (secret_hash);
        CREATE INDEX access_token_participant ON access_token (participant_id, id);

        """

    static let postings = """
        CREATE TABLE posting (
            id {{text}} PRIMARY KEY,
            place {{text}} NOT NULL,
            kind {{text}} NOT NULL CHECK (kind IN ('seed', 'need')),
            owner_id {{text}} NOT NULL REFERENCES participant (id),
            organization_id {{text}} NOT NULL REFERENCES organization (id),
            title {{text}} NOT NULL CHECK (title <> ''),
            summary {{text}} NOT NULL,
            detail {{text}} NOT NULL,
            purpose {{text}},
            means {{text}},
            fields {{text}} NOT NULL,
            keywords {{text}} NOT NULL,
            stage {{int}} CHECK (stage BETWEEN 1 AND 9),
            ipr {{text}} CHECK (ipr IN ('none', 'know_how', 'patent_pending', 'patented', 'licensed', 'secret')),
            cooperation {{text}} NOT NULL,
            region_wishes {{text}} NOT NULL,
            language {{text}} NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
            visibility {{text}} NOT NULL CHECK (visibility IN ('named', 'anonymous', 'coordinators')),
            expires_at_ms {{int}},
            external_id {{text}},
            origin {{text}},
            state {{text}} NOT NULL
                CHECK (state IN ('draft', 'in_review', 'published', 'paused', 'expired', 'closed')),
            state_since_ms {{int}},
            closed_outcome {{text}} CHECK (closed_outcome IN ('solved_here', 'solved_elsewhere', 'given_up', 'outdated',
                'withdrawn', 'owner_left')),
            closed_note {{text}},
            closed_by {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            revision {{int}} NOT NULL CHECK (revision >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK ((state = 'draft') = (state_since_ms IS NULL)),
            CHECK ((state = 'closed') = (closed_outcome IS NOT NULL)),
            CHECK ((state = 'closed') = (closed_by IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX posting__place ON posting (place);
        CREATE UNIQUE INDEX posting__organization_id__external_id ON posting (organization_id, external_id)
            WHERE external_id IS NOT NULL;
        CREATE INDEX posting_organization ON posting (organization_id, place);
        CREATE INDEX posting_owner ON posting (owner_id, place);
        CREATE INDEX posting_state ON posting (state, place, kind);
        CREATE INDEX posting_expiry ON posting (state, expires_at_ms, id) WHERE expires_at_ms IS NOT NULL;
        CREATE INDEX posting_state_id ON posting (state, id);

        CREATE TABLE posting_field (
            field {{text}} NOT NULL,
            place {{text}} NOT NULL,
            posting_id {{text}} NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            PRIMARY KEY (field, place)
        ) {{strict}};
        CREATE INDEX posting_field_posting ON posting_field (posting_id);

        CREATE TABLE posting_revision (
            posting_id {{text}} NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
            number {{int}} NOT NULL CHECK (number >= 1),
            content {{text}} NOT NULL,
            written_by {{text}} NOT NULL,
            written_at_ms {{int}} NOT NULL,
            PRIMARY KEY (posting_id, number)
        ) {{strict}};

        """

    static let encounters = """
        CREATE TABLE match (
            id {{text}} PRIMARY KEY,
            reference {{text}} NOT NULL,
            need_id {{text}} NOT NULL REFERENCES posting (id),
            seed_id {{text}} NOT NULL REFERENCES posting (id),
            need_organization_id {{text}} NOT NULL REFERENCES organization (id),
            seed_organization_id {{text}} NOT NULL REFERENCES organization (id),
            score {{real}} NOT NULL CHECK (score >= 0 AND score <= 1),
            parts {{text}} NOT NULL,
            kind {{text}} NOT NULL CHECK (kind IN ('kindred', 'adjacent', 'bridge', 'wildcard')),
            reason {{text}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('proposed', 'held', 'dismissed', 'taken')),
            round {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX match__need_id__seed_id ON match (need_id, seed_id);
        CREATE INDEX match_reference ON match (reference, id);
        CREATE INDEX match_need ON match (need_id, score, id);
        CREATE INDEX match_seed ON match (seed_id, score, id);
        CREATE INDEX match_need_organization ON match (need_organization_id, id);
        CREATE INDEX match_seed_organization ON match (seed_organization_id, id);
        CREATE INDEX match_created ON match (created_at_ms, id);
        CREATE INDEX match_settled ON match (id) WHERE state IN ('dismissed', 'taken');
        CREATE INDEX match_kind_state ON match (kind, state);

        CREATE TABLE introduction (
            id {{text}} PRIMARY KEY,
            match_id {{text}} REFERENCES match (id) ON DELETE SET NULL,
            need_id {{text}} NOT NULL REFERENCES posting (id),
            need_owner_id {{text}} NOT NULL REFERENCES participant (id),
            need_organization_id {{text}} NOT NULL REFERENCES organization (id),
            need_answer {{text}} CHECK (need_answer IN ('interested', 'refused')),
            need_reason {{text}} CHECK (need_reason IN ('too_early', 'no_clear_advantage', 'no_capacity',
                'already_known', 'not_our_field', 'conflict_of_interest', 'unclear_text', 'other')),
            need_words {{text}},
            need_answered_by {{text}},
            need_answered_at_ms {{int}},
            seed_id {{text}} NOT NULL REFERENCES posting (id),
            seed_owner_id {{text}} NOT NULL REFERENCES participant (id),
            seed_organization_id {{text}} NOT NULL REFERENCES organization (id),
            seed_answer {{text}} CHECK (seed_answer IN ('interested', 'refused')),
            seed_reason {{text}} CHECK (seed_reason IN ('too_early', 'no_clear_advantage', 'no_capacity',
                'already_known', 'not_our_field', 'conflict_of_interest', 'unclear_text', 'other')),
            seed_words {{text}},
            seed_answered_by {{text}},
            seed_answered_at_ms {{int}},
            state {{text}} NOT NULL
                CHECK (state IN ('interested', 'refused', 'mutual', 'introduced', 'met', 'concluded')),
            state_by {{text}},
            state_at_ms {{int}},
            outcome {{text}} CHECK (outcome IN ('joint_research', 'patent_application', 'licence', 'prototype',
                'product', 'sale', 'venture', 'agreement', 'award', 'study_group', 'continued', 'nothing')),
            outcome_note {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK ((need_answer = 'refused') = (need_reason IS NOT NULL)),
            CHECK ((seed_answer = 'refused') = (seed_reason IS NOT NULL)),
            CHECK ((state = 'concluded') = (outcome IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX introduction__need_id__seed_id ON introduction (need_id, seed_id);
        CREATE INDEX introduction_seed ON introduction (seed_id, id);
        CREATE INDEX introduction_match ON introduction (match_id);
        CREATE INDEX introduction_need_organization ON introduction (need_organization_id, id);
        CREATE INDEX introduction_seed_organization ON introduction (seed_organization_id, id);
        CREATE INDEX introduction_state ON introduction (state, id);

        CREATE TABLE veto (
            id {{text}} PRIMARY KEY,
            first_id {{text}} NOT NULL REFERENCES organization (id),
            second_id {{text}} NOT NULL REFERENCES organization (id),
            placed_by {{text}} REFERENCES organization (id),
            reason {{text}},
            placed_at_ms {{int}} NOT NULL,
            CHECK (first_id < second_id)
        ) {{strict}};
        CREATE UNIQUE INDEX veto__first_id__second_id ON veto (first_id, second_id, coalesce(placed_by, ''));
        CREATE INDEX veto_second ON veto (second_id, id);

        """

    static let outbox = """
        CREATE TABLE channel (
            id {{text}} PRIMARY KEY,
            name {{text}} NOT NULL CHECK (name <> ''),
            platform {{text}} NOT NULL CHECK (platform <> ''),
            sealed_address {{text}} NOT NULL,
            shown_address {{text}} NOT NULL,
            sealed_signing_key {{text}},
            language {{text}} NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
            rule_topics {{text}} NOT NULL,
            rule_fields {{text}} NOT NULL,
            rule_languages {{text}} NOT NULL,
            rule_classes {{text}} NOT NULL,
            rule_minimum_score {{real}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('active', 'muted', 'stopped')),
            state_at_ms {{int}},
            stopped_reason {{text}},
            owner_id {{text}} REFERENCES participant (id),
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK ((state = 'active') = (state_at_ms IS NULL)),
            CHECK ((state = 'stopped') = (stopped_reason IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX channel__name ON channel (name);
        CREATE INDEX channel_owner ON channel (owner_id);

        CREATE TABLE notice (
            id {{text}} PRIMARY KEY,
            channel_id {{text}} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
            topic {{text}} NOT NULL CHECK (topic <> ''),
            subject {{text}} NOT NULL,
            body {{text}} NOT NULL,
            marked_body {{text}},
            created_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX notice_channel ON notice (channel_id);

        CREATE TABLE delivery (
            id {{text}} PRIMARY KEY,
            notice_id {{text}} NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
            channel_id {{text}} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
            sequence {{int}} NOT NULL CHECK (sequence >= 1),
            state {{text}} NOT NULL
                CHECK (state IN ('due', 'claimed', 'waiting', 'ambiguous', 'held', 'delivered', 'dead')),
            moment_ms {{int}} NOT NULL,
            holder {{text}},
            reason_code {{text}},
            reason_sentence {{text}},
            first_due_ms {{int}} NOT NULL,
            tries {{int}} NOT NULL CHECK (tries >= 0),
            doubts {{int}} NOT NULL CHECK (doubts >= 0),
            body_purged {{int}} NOT NULL CHECK (body_purged IN (0, 1)),
            created_at_ms {{int}} NOT NULL,
            CHECK ((state = 'claimed') = (holder IS NOT NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX delivery__notice_id ON delivery (notice_id);
        CREATE UNIQUE INDEX delivery__channel_id__sequence ON delivery (channel_id, sequence);
        CREATE INDEX delivery_open ON delivery (channel_id, sequence)
            WHERE state IN ('due', 'waiting', 'claimed', 'held');
        CREATE INDEX delivery_state ON delivery (state, body_purged, moment_ms, id);
        CREATE INDEX delivery_channel ON delivery (channel_id, id);

        CREATE TABLE delivery_attempt (
            delivery_id {{text}} NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
            number {{int}} NOT NULL CHECK (number >= 1),
            started_ms {{int}} NOT NULL,
            ended_ms {{int}},
            status {{int}},
            outcome {{text}},
            verdict {{text}},
            reason_code {{text}},
            reason_sentence {{text}},
            request_bytes {{int}},
            PRIMARY KEY (delivery_id, number),
            CHECK ((ended_ms IS NULL) = (verdict IS NULL))
        ) {{strict}};

        """

    static let standing = """
        CREATE TABLE happening (
            sequence {{int}} PRIMARY KEY CHECK (sequence >= 1),
            kind {{text}} NOT NULL CHECK (kind <> ''),
            subject {{text}} NOT NULL,
            related {{text}} NOT NULL,
            actor {{text}} NOT NULL,
            happened_at_ms {{int}} NOT NULL,
            details {{text}} NOT NULL
        ) {{strict}};
        CREATE INDEX happening_subject ON happening (subject, sequence);
        CREATE INDEX happening_kind ON happening (kind, sequence);

        CREATE TABLE happening_related (
            subject {{text}} NOT NULL,
            sequence {{int}} NOT NULL REFERENCES happening (sequence) ON DELETE CASCADE,
            PRIMARY KEY (subject, sequence)
        ) {{strict}};
        CREATE INDEX happening_related_sequence ON happening_related (sequence);

        CREATE TABLE remembered_answer (
            caller {{text}} NOT NULL,
            request_key {{text}} NOT NULL,
            fingerprint {{text}} NOT NULL,
            status {{int}},
            headers {{text}} NOT NULL,
            body {{text}} NOT NULL,
            created_at_ms {{int}} NOT NULL,
            PRIMARY KEY (caller, request_key)
        ) {{strict}};
        CREATE INDEX remembered_answer_created ON remembered_answer (created_at_ms);

        CREATE TABLE standing (
            name {{text}} PRIMARY KEY,
            value {{text}} NOT NULL
        ) {{strict}};
        """
}
