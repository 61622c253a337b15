/// Schema version "meetings": 1:1 meetings of events with wishes, computed timetables and feedback; booths; secret
/// addresses of personal calendars.
enum MeetingSchema {
    static let all = [days, meetings, drafts, booths].joined(separator: "\n")

    private static let days = """
        CREATE TABLE meeting_day (
            event_id {{text}} PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
            document {{text}} NOT NULL,
            version {{int}} NOT NULL CHECK (version >= 1),
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE meeting_wish (
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            target {{text}} NOT NULL CHECK (target <> ''),
            degree {{text}} NOT NULL CHECK (degree IN ('must_meet', 'would_like', 'no_thanks')),
            note {{text}},
            at_ms {{int}} NOT NULL,
            PRIMARY KEY (event_id, participant_id, target)
        ) {{strict}};

        CREATE TABLE meeting_taker (
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            minimum {{int}} CHECK (minimum >= 0),
            maximum {{int}} CHECK (maximum >= 0),
            table_kind {{text}},
            PRIMARY KEY (event_id, participant_id)
        ) {{strict}};
        """

    private static let meetings = """
        CREATE TABLE meeting (
            id {{text}} PRIMARY KEY,
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            first_id {{text}} NOT NULL REFERENCES participant (id),
            second_id {{text}} NOT NULL REFERENCES participant (id),
            ground {{text}} NOT NULL,
            from_ms {{int}} NOT NULL,
            to_ms {{int}} NOT NULL,
            seat_table {{text}},
            interpreter {{text}},
            state {{text}} NOT NULL CHECK (state IN ('arranged', 'confirmed', 'cancelled', 'kept', 'missed')),
            state_since_ms {{int}} NOT NULL,
            state_reason {{text}},
            source {{text}} NOT NULL CHECK (source <> ''),
            sequence {{int}} NOT NULL CHECK (sequence >= 0),
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK (from_ms < to_ms),
            CHECK (first_id < second_id)
        ) {{strict}};
        CREATE INDEX meeting_event ON meeting (event_id, from_ms, id);
        CREATE INDEX meeting_first ON meeting (first_id, from_ms, id);
        CREATE INDEX meeting_second ON meeting (second_id, from_ms, id);

        CREATE TABLE meeting_feedback (
            meeting_id {{text}} NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
            participant_id {{text}} NOT NULL REFERENCES participant (id),
            rating {{int}} NOT NULL CHECK (rating BETWEEN 1 AND 5),
            next {{text}} NOT NULL CHECK (next IN ('go_on', 'later', 'no')),
            reason {{text}},
            note {{text}},
            at_ms {{int}} NOT NULL,
            PRIMARY KEY (meeting_id, participant_id)
        ) {{strict}};
        """

    private static let drafts = """
        CREATE TABLE meeting_draft (
            id {{text}} PRIMARY KEY,
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            asked {{text}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('computing', 'ready', 'published', 'discarded', 'failed')),
            progress {{real}} NOT NULL,
            result {{text}} NOT NULL,
            failure {{text}},
            holder {{text}} NOT NULL,
            started_by {{text}} NOT NULL,
            started_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            version {{int}} NOT NULL CHECK (version >= 1)
        ) {{strict}};
        CREATE UNIQUE INDEX meeting_draft__computing ON meeting_draft (event_id) WHERE state = 'computing';
        CREATE INDEX meeting_draft_event ON meeting_draft (event_id, id);
        """

    private static let booths = """
        CREATE TABLE booth_sheet (
            event_id {{text}} PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
            document {{text}} NOT NULL,
            layout {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE calendar_key (
            participant_id {{text}} PRIMARY KEY REFERENCES participant (id),
            hash {{text}} NOT NULL,
            created_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX calendar_key__hash ON calendar_key (hash);
        """
}
