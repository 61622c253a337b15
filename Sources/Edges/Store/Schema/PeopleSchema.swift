/// Schema version "people": what was put before whom, rounds, what was learnt, proposed groups.
enum PeopleSchema {
    static let all = [encounters, rounds, learning, groups].joined(separator: "\n")

    /// What stood in matches and introductions is remembered from the start.
    private static let encounters = """
        CREATE TABLE encounter (
            need_id {{text}} NOT NULL REFERENCES posting (id),
            seed_id {{text}} NOT NULL REFERENCES posting (id),
            at_ms {{int}} NOT NULL,
            occasion {{text}} NOT NULL CHECK (occasion <> ''),
            subject {{text}} NOT NULL,
            reason {{text}},
            side {{text}} CHECK (side IN ('need', 'seed')),
            need_revision {{int}} NOT NULL,
            seed_revision {{int}} NOT NULL,
            seed_stage {{int}},
            PRIMARY KEY (need_id, seed_id, at_ms, occasion, subject),
            CHECK ((reason IS NULL) = (side IS NULL))
        ) {{strict}};
        CREATE INDEX encounter_seed ON encounter (seed_id, at_ms);
        CREATE INDEX encounter_at ON encounter (at_ms, occasion, need_id, seed_id);
        CREATE INDEX encounter_lasting ON encounter (need_id, seed_id) WHERE occasion IN ('refusal', 'meeting');

        INSERT INTO encounter (need_id, seed_id, at_ms, occasion, subject, need_revision, seed_revision, seed_stage)
            SELECT m.need_id, m.seed_id, m.created_at_ms, 'suggestion', coalesce(m.round, m.id), n.revision, s.revision,
                s.stage
            FROM match m JOIN posting n ON n.id = m.need_id JOIN posting s ON s.id = m.seed_id;
        INSERT INTO encounter (need_id, seed_id, at_ms, occasion, subject, reason, side, need_revision, seed_revision,
                seed_stage)
            SELECT i.need_id, i.seed_id, i.need_answered_at_ms, 'refusal', i.id, i.need_reason, 'need', n.revision,
                s.revision, s.stage
            FROM introduction i JOIN posting n ON n.id = i.need_id JOIN posting s ON s.id = i.seed_id
            WHERE i.need_answer = 'refused';
        INSERT INTO encounter (need_id, seed_id, at_ms, occasion, subject, reason, side, need_revision, seed_revision,
                seed_stage)
            SELECT i.need_id, i.seed_id, i.seed_answered_at_ms, 'refusal', i.id, i.seed_reason, 'seed', n.revision,
                s.revision, s.stage
            FROM introduction i JOIN posting n ON n.id = i.need_id JOIN posting s ON s.id = i.seed_id
            WHERE i.seed_answer = 'refused' AND i.need_answer IS NULL;
        """

    private static let rounds = """
        CREATE INDEX match_round ON match (round, need_id) WHERE round IS NOT NULL;

        CREATE TABLE matching_round (
            id {{text}} PRIMARY KEY,
            state {{text}} NOT NULL CHECK (state IN ('running', 'stopped', 'finished', 'failed', 'cancelled')),
            holder {{text}} NOT NULL,
            started_by {{text}} NOT NULL,
            started_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL,
            ended_at_ms {{int}},
            done {{int}} NOT NULL CHECK (done >= 0),
            needs {{int}} NOT NULL CHECK (needs >= 0),
            pairs {{int}} NOT NULL CHECK (pairs >= 0),
            new_matches {{int}} NOT NULL CHECK (new_matches >= 0),
            CHECK ((state IN ('running', 'stopped')) = (ended_at_ms IS NULL))
        ) {{strict}};
        CREATE UNIQUE INDEX matching_round__state ON matching_round (state) WHERE state = 'running';

        CREATE TABLE matching_round_row (
            round_id {{text}} NOT NULL REFERENCES matching_round (id) ON DELETE CASCADE,
            need_id {{text}} NOT NULL,
            candidates {{text}} NOT NULL,
            PRIMARY KEY (round_id, need_id)
        ) {{strict}};
        """

    private static let learning = """
        CREATE TABLE learning_step (
            version {{int}} PRIMARY KEY CHECK (version >= 1),
            sequence {{int}} NOT NULL,
            at_ms {{int}} NOT NULL,
            model {{text}} NOT NULL,
            evidence {{text}} NOT NULL
        ) {{strict}};
        """

    private static let groups = """
        CREATE TABLE group_proposal (
            id {{text}} PRIMARY KEY,
            members_key {{text}} NOT NULL,
            need_id {{text}} NOT NULL REFERENCES posting (id),
            seeds {{text}} NOT NULL,
            brings {{text}} NOT NULL,
            coverage {{real}} NOT NULL CHECK (coverage >= 0 AND coverage <= 1),
            weakest {{real}} NOT NULL CHECK (weakest >= 0 AND weakest <= 1),
            state {{text}} NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined')),
            note {{text}},
            version {{int}} NOT NULL CHECK (version >= 1),
            created_at_ms {{int}} NOT NULL,
            updated_at_ms {{int}} NOT NULL
        ) {{strict}};
        CREATE UNIQUE INDEX group_proposal__members_key ON group_proposal (members_key);
        CREATE INDEX group_proposal_state ON group_proposal (state, id);

        CREATE TABLE group_member (
            group_id {{text}} NOT NULL REFERENCES group_proposal (id) ON DELETE CASCADE,
            posting_id {{text}} NOT NULL REFERENCES posting (id),
            PRIMARY KEY (posting_id, group_id)
        ) {{strict}};
        CREATE INDEX group_member_group ON group_member (group_id);
        """
}
