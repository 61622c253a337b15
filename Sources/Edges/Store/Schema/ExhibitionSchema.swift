/// Schema version "exhibitions": series, events, registrations, presentations, programmes. What is only ever read and
/// written with its whole (hosts, budget, wishes) stands in a JSON document; what is asked for stands in columns.
enum ExhibitionSchema {
    static let all = [events, registrations, programmes, origins].joined(separator: "\n")

    private static let events = """
        CREATE TABLE event_series (
            id {{text}} PRIMARY KEY,
            kind {{text}} NOT NULL CHECK (kind <> ''),
            title {{text}} NOT NULL CHECK (title <> ''),
            document {{text}} NOT NULL,
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE event (
            id {{text}} PRIMARY KEY,
            kind {{text}} NOT NULL CHECK (kind <> ''),
            series_id {{text}} REFERENCES event_series (id),
            edition {{int}} CHECK (edition >= 1),
            search_key {{text}} NOT NULL,
            document {{text}} NOT NULL,
            date {{text}},
            first_day {{int}} NOT NULL,
            last_day {{int}} NOT NULL,
            former_dates {{text}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('planned', 'announced', 'open', 'held', 'reported', 'postponed',
                'cancelled')),
            state_since_ms {{int}} NOT NULL,
            state_reason {{text}},
            followed_up_at_ms {{int}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK (first_day <= last_day),
            CHECK (edition IS NULL OR series_id IS NOT NULL)
        ) {{strict}};
        CREATE UNIQUE INDEX event__series_id__edition ON event (series_id, edition) WHERE edition IS NOT NULL;
        CREATE INDEX event_series_event ON event (series_id, first_day, id);
        CREATE INDEX event_day ON event (first_day, id);
        CREATE INDEX event_follow_up ON event (last_day, id)
            WHERE followed_up_at_ms IS NULL AND state IN ('held', 'reported');
        """

    private static let registrations = """
        CREATE TABLE registration (
            id {{text}} PRIMARY KEY,
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            participant_id {{text}} REFERENCES participant (id),
            guest {{text}},
            guest_email {{text}},
            guest_key {{text}},
            wishes {{text}} NOT NULL,
            attendance {{text}} NOT NULL CHECK (attendance IN ('on_site', 'remote')),
            seats {{int}} NOT NULL CHECK (seats >= 1),
            state {{text}} NOT NULL CHECK (state IN ('requested', 'waiting', 'confirmed', 'declined', 'cancelled')),
            state_since_ms {{int}} NOT NULL,
            state_reason {{text}},
            source {{text}} NOT NULL CHECK (source <> ''),
            code {{text}} NOT NULL CHECK (code <> ''),
            arrived_at_ms {{int}},
            arrived_by {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            CHECK ((participant_id IS NULL) <> (guest IS NULL)),
            CHECK ((arrived_at_ms IS NULL) = (arrived_by IS NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX registration__code ON registration (code);
        CREATE UNIQUE INDEX registration__participant_id__event_id ON registration (participant_id, event_id)
            WHERE participant_id IS NOT NULL;
        CREATE UNIQUE INDEX registration__event_id__guest_email ON registration (event_id, guest_email)
            WHERE guest_email IS NOT NULL;
        CREATE INDEX registration_event ON registration (event_id, id);
        CREATE INDEX registration_state ON registration (event_id, state, attendance, state_since_ms, id);
        """

    private static let programmes = """
        CREATE TABLE presentation (
            id {{text}} PRIMARY KEY,
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            owner_id {{text}} NOT NULL REFERENCES participant (id),
            document {{text}} NOT NULL,
            state {{text}} NOT NULL CHECK (state IN ('proposed', 'asked', 'accepted', 'declined', 'withdrawn')),
            remarks {{text}} NOT NULL,
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE INDEX presentation_event ON presentation (event_id, id);
        CREATE INDEX presentation_owner ON presentation (owner_id, id);

        CREATE TABLE event_programme (
            event_id {{text}} PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
            version {{int}} NOT NULL CHECK (version >= 1),
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};

        CREATE TABLE event_session (
            id {{text}} PRIMARY KEY,
            event_id {{text}} NOT NULL REFERENCES event_programme (event_id) ON DELETE CASCADE,
            from_ms {{int}} NOT NULL,
            to_ms {{int}} NOT NULL,
            document {{text}} NOT NULL,
            CHECK (from_ms < to_ms)
        ) {{strict}};
        CREATE INDEX event_session_event ON event_session (event_id, from_ms, id);

        CREATE TABLE event_release (
            event_id {{text}} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            number {{int}} NOT NULL CHECK (number >= 1),
            sessions {{text}} NOT NULL,
            note {{text}},
            released_by {{text}} NOT NULL,
            released_at_ms {{int}} NOT NULL,
            PRIMARY KEY (event_id, number)
        ) {{strict}};
        """

    private static let origins = """
        CREATE INDEX posting_origin ON posting (origin, id) WHERE origin IS NOT NULL;
        CREATE INDEX encounter_exhibition ON encounter (subject) WHERE occasion = 'exhibition';
        """
}
