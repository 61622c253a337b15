CREATE TABLE access_token (
    id TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    revoked_at_ms INTEGER
) STRICT;

CREATE TABLE booth_sheet (
    event_id TEXT PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    layout TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE calendar_key (
    participant_id TEXT PRIMARY KEY REFERENCES participant (id),
    hash TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE channel (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    platform TEXT NOT NULL CHECK (platform <> ''),
    sealed_address TEXT NOT NULL,
    shown_address TEXT NOT NULL,
    sealed_signing_key TEXT,
    language TEXT NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
    rule_topics TEXT NOT NULL,
    rule_fields TEXT NOT NULL,
    rule_languages TEXT NOT NULL,
    rule_classes TEXT NOT NULL,
    rule_minimum_score REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'muted', 'stopped')),
    state_at_ms INTEGER,
    stopped_reason TEXT,
    owner_id TEXT REFERENCES participant (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL, purpose TEXT NOT NULL DEFAULT 'notices'
    CHECK (purpose IN ('notices', 'letters', 'needed_letters')),
    CHECK ((state = 'active') = (state_at_ms IS NULL)),
    CHECK ((state = 'stopped') = (stopped_reason IS NOT NULL))
) STRICT;

CREATE TABLE channel_course (
    channel_id TEXT PRIMARY KEY REFERENCES channel (id) ON DELETE CASCADE,
    full_at_ms INTEGER NOT NULL,
    rests_until_ms INTEGER NOT NULL,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    broken_since_ms INTEGER,
    open_until_ms INTEGER,
    last_success_ms INTEGER,
    last_failure_ms INTEGER,
    reason_code TEXT,
    reason_sentence TEXT,
    mean_ms REAL NOT NULL CHECK (mean_ms >= 0),
    CHECK ((failures = 0) = (broken_since_ms IS NULL)),
    CHECK ((reason_code IS NULL) = (reason_sentence IS NULL))
) STRICT;

CREATE TABLE chat_account (
    account TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    workspace_id TEXT NOT NULL REFERENCES workspace (id),
    label TEXT NOT NULL,
    linked_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    notice_id TEXT NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    state TEXT NOT NULL
        CHECK (state IN ('due', 'claimed', 'waiting', 'ambiguous', 'held', 'delivered', 'dead')),
    moment_ms INTEGER NOT NULL,
    holder TEXT,
    reason_code TEXT,
    reason_sentence TEXT,
    first_due_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    doubts INTEGER NOT NULL CHECK (doubts >= 0),
    body_purged INTEGER NOT NULL CHECK (body_purged IN (0, 1)),
    created_at_ms INTEGER NOT NULL,
    CHECK ((state = 'claimed') = (holder IS NOT NULL))
) STRICT;

CREATE TABLE delivery_attempt (
    delivery_id TEXT NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    status INTEGER,
    outcome TEXT,
    verdict TEXT,
    reason_code TEXT,
    reason_sentence TEXT,
    request_bytes INTEGER,
    PRIMARY KEY (delivery_id, number),
    CHECK ((ended_ms IS NULL) = (verdict IS NULL))
) STRICT;

CREATE TABLE encounter (
    need_id TEXT NOT NULL REFERENCES posting (id),
    seed_id TEXT NOT NULL REFERENCES posting (id),
    at_ms INTEGER NOT NULL,
    occasion TEXT NOT NULL CHECK (occasion <> ''),
    subject TEXT NOT NULL,
    reason TEXT,
    side TEXT CHECK (side IN ('need', 'seed')),
    need_revision INTEGER NOT NULL,
    seed_revision INTEGER NOT NULL,
    seed_stage INTEGER,
    PRIMARY KEY (need_id, seed_id, at_ms, occasion, subject),
    CHECK ((reason IS NULL) = (side IS NULL))
) STRICT;

CREATE TABLE event (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    series_id TEXT REFERENCES event_series (id),
    edition INTEGER CHECK (edition >= 1),
    search_key TEXT NOT NULL,
    document TEXT NOT NULL,
    date TEXT,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    former_dates TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'announced', 'open', 'held', 'reported', 'postponed',
        'cancelled')),
    state_since_ms INTEGER NOT NULL,
    state_reason TEXT,
    followed_up_at_ms INTEGER,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK (first_day <= last_day),
    CHECK (edition IS NULL OR series_id IS NOT NULL)
) STRICT;

CREATE TABLE event_programme (
    event_id TEXT PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 1),
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE event_release (
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    sessions TEXT NOT NULL,
    note TEXT,
    released_by TEXT NOT NULL,
    released_at_ms INTEGER NOT NULL,
    PRIMARY KEY (event_id, number)
) STRICT;

CREATE TABLE event_series (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    document TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE event_session (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event_programme (event_id) ON DELETE CASCADE,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    document TEXT NOT NULL,
    CHECK (from_ms < to_ms)
) STRICT;

CREATE TABLE group_member (
    group_id TEXT NOT NULL REFERENCES group_proposal (id) ON DELETE CASCADE,
    posting_id TEXT NOT NULL REFERENCES posting (id),
    PRIMARY KEY (posting_id, group_id)
) STRICT;

CREATE TABLE group_proposal (
    id TEXT PRIMARY KEY,
    members_key TEXT NOT NULL,
    need_id TEXT NOT NULL REFERENCES posting (id),
    seeds TEXT NOT NULL,
    brings TEXT NOT NULL,
    coverage REAL NOT NULL CHECK (coverage >= 0 AND coverage <= 1),
    weakest REAL NOT NULL CHECK (weakest >= 0 AND weakest <= 1),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined')),
    note TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE happening (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject TEXT NOT NULL,
    related TEXT NOT NULL,
    actor TEXT NOT NULL,
    happened_at_ms INTEGER NOT NULL,
    details TEXT NOT NULL
) STRICT;

CREATE TABLE happening_related (
    subject TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES happening (sequence) ON DELETE CASCADE,
    PRIMARY KEY (subject, sequence)
) STRICT;

CREATE TABLE inbound (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspace (id),
    form TEXT NOT NULL CHECK (form IN ('command', 'press', 'post')),
    request_key TEXT NOT NULL,
    account TEXT NOT NULL,
    sealed_content TEXT NOT NULL,
    sealed_answer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answering', 'done', 'failed')),
    has_effect INTEGER NOT NULL CHECK (has_effect IN (0, 1)),
    tries INTEGER NOT NULL CHECK (tries >= 0),
    moment_ms INTEGER NOT NULL,
    holder TEXT,
    outcome TEXT,
    created_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    CHECK ((state IN ('done', 'failed')) = (ended_at_ms IS NOT NULL))
) STRICT;

CREATE TABLE introduction (
    id TEXT PRIMARY KEY,
    match_id TEXT REFERENCES match (id) ON DELETE SET NULL,
    need_id TEXT NOT NULL REFERENCES posting (id),
    need_owner_id TEXT NOT NULL REFERENCES participant (id),
    need_organization_id TEXT NOT NULL REFERENCES organization (id),
    need_answer TEXT CHECK (need_answer IN ('interested', 'refused')),
    need_reason TEXT CHECK (need_reason IN ('too_early', 'no_clear_advantage', 'no_capacity',
        'already_known', 'not_our_field', 'conflict_of_interest', 'unclear_text', 'other')),
    need_words TEXT,
    need_answered_by TEXT,
    need_answered_at_ms INTEGER,
    seed_id TEXT NOT NULL REFERENCES posting (id),
    seed_owner_id TEXT NOT NULL REFERENCES participant (id),
    seed_organization_id TEXT NOT NULL REFERENCES organization (id),
    seed_answer TEXT CHECK (seed_answer IN ('interested', 'refused')),
    seed_reason TEXT CHECK (seed_reason IN ('too_early', 'no_clear_advantage', 'no_capacity',
        'already_known', 'not_our_field', 'conflict_of_interest', 'unclear_text', 'other')),
    seed_words TEXT,
    seed_answered_by TEXT,
    seed_answered_at_ms INTEGER,
    state TEXT NOT NULL
        CHECK (state IN ('interested', 'refused', 'mutual', 'introduced', 'met', 'concluded')),
    state_by TEXT,
    state_at_ms INTEGER,
    outcome TEXT CHECK (outcome IN ('joint_research', 'patent_application', 'licence', 'prototype',
        'product', 'sale', 'venture', 'agreement', 'award', 'study_group', 'continued', 'nothing')),
    outcome_note TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK ((need_answer = 'refused') = (need_reason IS NOT NULL)),
    CHECK ((seed_answer = 'refused') = (seed_reason IS NOT NULL)),
    CHECK ((state = 'concluded') = (outcome IS NOT NULL))
) STRICT;

CREATE TABLE invitation (
    secret_hash TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE learning_step (
    version INTEGER PRIMARY KEY CHECK (version >= 1),
    sequence INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    model TEXT NOT NULL,
    evidence TEXT NOT NULL
) STRICT;

CREATE TABLE link_code (
    participant_id TEXT PRIMARY KEY REFERENCES participant (id),
    code_hash TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE match (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    need_id TEXT NOT NULL REFERENCES posting (id),
    seed_id TEXT NOT NULL REFERENCES posting (id),
    need_organization_id TEXT NOT NULL REFERENCES organization (id),
    seed_organization_id TEXT NOT NULL REFERENCES organization (id),
    score REAL NOT NULL CHECK (score >= 0 AND score <= 1),
    parts TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('kindred', 'adjacent', 'bridge', 'wildcard')),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'dismissed', 'taken')),
    round TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE matching_round (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'finished', 'failed', 'cancelled')),
    holder TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    done INTEGER NOT NULL CHECK (done >= 0),
    needs INTEGER NOT NULL CHECK (needs >= 0),
    pairs INTEGER NOT NULL CHECK (pairs >= 0),
    new_matches INTEGER NOT NULL CHECK (new_matches >= 0),
    CHECK ((state IN ('running', 'stopped')) = (ended_at_ms IS NULL))
) STRICT;

CREATE TABLE matching_round_row (
    round_id TEXT NOT NULL REFERENCES matching_round (id) ON DELETE CASCADE,
    need_id TEXT NOT NULL,
    candidates TEXT NOT NULL,
    PRIMARY KEY (round_id, need_id)
) STRICT;

CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    first_id TEXT NOT NULL REFERENCES participant (id),
    second_id TEXT NOT NULL REFERENCES participant (id),
    ground TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    seat_table TEXT,
    interpreter TEXT,
    state TEXT NOT NULL CHECK (state IN ('arranged', 'confirmed', 'cancelled', 'kept', 'missed')),
    state_since_ms INTEGER NOT NULL,
    state_reason TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK (from_ms < to_ms),
    CHECK (first_id < second_id)
) STRICT;

CREATE TABLE meeting_day (
    event_id TEXT PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE meeting_draft (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('computing', 'ready', 'published', 'discarded', 'failed')),
    progress REAL NOT NULL,
    result TEXT NOT NULL,
    failure TEXT,
    holder TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE TABLE meeting_feedback (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    next TEXT NOT NULL CHECK (next IN ('go_on', 'later', 'no')),
    reason TEXT,
    note TEXT,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, participant_id)
) STRICT;

CREATE TABLE meeting_taker (
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    minimum INTEGER CHECK (minimum >= 0),
    maximum INTEGER CHECK (maximum >= 0),
    table_kind TEXT,
    PRIMARY KEY (event_id, participant_id)
) STRICT;

CREATE TABLE meeting_wish (
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    participant_id TEXT NOT NULL REFERENCES participant (id),
    target TEXT NOT NULL CHECK (target <> ''),
    degree TEXT NOT NULL CHECK (degree IN ('must_meet', 'would_like', 'no_thanks')),
    note TEXT,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (event_id, participant_id, target)
) STRICT;

CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    channel_id TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    topic TEXT NOT NULL CHECK (topic <> ''),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    marked_body TEXT,
    created_at_ms INTEGER NOT NULL
, custody TEXT NOT NULL DEFAULT 'plain'
    CHECK (custody IN ('plain', 'sealed'))) STRICT;

CREATE TABLE organization (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    name_kana TEXT,
    name_core TEXT NOT NULL,
    search_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('company', 'university', 'kosen', 'public_institute', 'support',
        'government', 'financial', 'hospital', 'farm_fishery', 'other')),
    corporate_number TEXT CHECK (length(corporate_number) = 13),
    region TEXT,
    municipality TEXT,
    website TEXT,
    fields TEXT NOT NULL,
    external_id TEXT,
    note TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE organization_field (
    field TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    PRIMARY KEY (field, organization_id)
) STRICT;

CREATE TABLE participant (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL CHECK (name <> ''),
    name_kana TEXT,
    search_key TEXT NOT NULL,
    email TEXT NOT NULL CHECK (email <> ''),
    phone TEXT,
    language TEXT NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
    external_id TEXT,
    note TEXT,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'member', 'observer')),
    status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'paused', 'left')),
    paused_until_ms INTEGER,
    listed_at_ms INTEGER,
    contacted_at_ms INTEGER,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    joined_at_ms INTEGER,
    CHECK ((status = 'paused') = (paused_until_ms IS NOT NULL))
) STRICT;

CREATE TABLE posting (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('seed', 'need')),
    owner_id TEXT NOT NULL REFERENCES participant (id),
    organization_id TEXT NOT NULL REFERENCES organization (id),
    title TEXT NOT NULL CHECK (title <> ''),
    summary TEXT NOT NULL,
    detail TEXT NOT NULL,
    purpose TEXT,
    means TEXT,
    fields TEXT NOT NULL,
    keywords TEXT NOT NULL,
    stage INTEGER CHECK (stage BETWEEN 1 AND 9),
    ipr TEXT CHECK (ipr IN ('none', 'know_how', 'patent_pending', 'patented', 'licensed', 'secret')),
    cooperation TEXT NOT NULL,
    region_wishes TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
    visibility TEXT NOT NULL CHECK (visibility IN ('named', 'anonymous', 'coordinators')),
    expires_at_ms INTEGER,
    external_id TEXT,
    origin TEXT,
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'in_review', 'published', 'paused', 'expired', 'closed')),
    state_since_ms INTEGER,
    closed_outcome TEXT CHECK (closed_outcome IN ('solved_here', 'solved_elsewhere', 'given_up', 'outdated',
        'withdrawn', 'owner_left')),
    closed_note TEXT,
    closed_by TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK ((state = 'draft') = (state_since_ms IS NULL)),
    CHECK ((state = 'closed') = (closed_outcome IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_by IS NOT NULL))
) STRICT;

CREATE TABLE posting_field (
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    posting_id TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
    PRIMARY KEY (field, place)
) STRICT;

CREATE TABLE posting_meaning (
    posting_id TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
    facet TEXT NOT NULL CHECK (facet IN ('full', 'purpose', 'means')),
    model TEXT NOT NULL CHECK (model <> ''),
    text_key TEXT NOT NULL CHECK (length(text_key) = 64),
    scale REAL NOT NULL CHECK (scale > 0),
    vector BLOB NOT NULL CHECK (length(vector) > 0),
    is_matched INTEGER NOT NULL CHECK (is_matched IN (0, 1)),
    made_at_ms INTEGER NOT NULL,
    PRIMARY KEY (posting_id, facet)
) STRICT;

CREATE TABLE posting_revision (
    posting_id TEXT NOT NULL REFERENCES posting (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    content TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at_ms INTEGER NOT NULL,
    PRIMARY KEY (posting_id, number)
) STRICT;

CREATE TABLE presentation (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    owner_id TEXT NOT NULL REFERENCES participant (id),
    document TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'asked', 'accepted', 'declined', 'withdrawn')),
    remarks TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE registration (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    participant_id TEXT REFERENCES participant (id),
    guest TEXT,
    guest_email TEXT,
    guest_key TEXT,
    wishes TEXT NOT NULL,
    attendance TEXT NOT NULL CHECK (attendance IN ('on_site', 'remote')),
    seats INTEGER NOT NULL CHECK (seats >= 1),
    state TEXT NOT NULL CHECK (state IN ('requested', 'waiting', 'confirmed', 'declined', 'cancelled')),
    state_since_ms INTEGER NOT NULL,
    state_reason TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    code TEXT NOT NULL CHECK (code <> ''),
    arrived_at_ms INTEGER,
    arrived_by TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK ((participant_id IS NULL) <> (guest IS NULL)),
    CHECK ((arrived_at_ms IS NULL) = (arrived_by IS NULL))
) STRICT;

CREATE TABLE remembered_answer (
    caller TEXT NOT NULL,
    request_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (caller, request_key)
) STRICT;

CREATE TABLE schema_migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE standing (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE veto (
    id TEXT PRIMARY KEY,
    first_id TEXT NOT NULL REFERENCES organization (id),
    second_id TEXT NOT NULL REFERENCES organization (id),
    placed_by TEXT REFERENCES organization (id),
    reason TEXT,
    placed_at_ms INTEGER NOT NULL,
    CHECK (first_id < second_id)
) STRICT;

CREATE TABLE workspace (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    platform TEXT NOT NULL CHECK (platform IN ('slack', 'mattermost')),
    realm TEXT NOT NULL CHECK (realm <> ''),
    sealed_secret TEXT NOT NULL CHECK (sealed_secret <> ''),
    language TEXT NOT NULL CHECK (language IN ('ja', 'en', 'ko', 'zh')),
    added_by TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    revoked_at_ms INTEGER
) STRICT;

CREATE TABLE wrong_guess (
    subject TEXT PRIMARY KEY,
    wrong INTEGER NOT NULL CHECK (wrong >= 1),
    since_ms INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX access_token__secret_hash ON access_token (secret_hash);

CREATE INDEX access_token_participant ON access_token (participant_id, id);

CREATE UNIQUE INDEX calendar_key__hash ON calendar_key (hash);

CREATE UNIQUE INDEX channel__name ON channel (name);

CREATE INDEX channel_owner ON channel (owner_id);

CREATE INDEX channel_purpose ON channel (purpose, name);

CREATE INDEX chat_account_participant ON chat_account (participant_id, linked_at_ms);

CREATE UNIQUE INDEX delivery__channel_id__sequence ON delivery (channel_id, sequence);

CREATE UNIQUE INDEX delivery__notice_id ON delivery (notice_id);

CREATE INDEX delivery_channel ON delivery (channel_id, id);

CREATE INDEX delivery_open ON delivery (channel_id, sequence)
    WHERE state IN ('due', 'waiting', 'claimed', 'held');

CREATE INDEX delivery_state ON delivery (state, body_purged, moment_ms, id);

CREATE INDEX encounter_at ON encounter (at_ms, occasion, need_id, seed_id);

CREATE INDEX encounter_exhibition ON encounter (subject) WHERE occasion = 'exhibition';

CREATE INDEX encounter_lasting ON encounter (need_id, seed_id) WHERE occasion IN ('refusal', 'meeting');

CREATE INDEX encounter_seed ON encounter (seed_id, at_ms);

CREATE UNIQUE INDEX event__series_id__edition ON event (series_id, edition) WHERE edition IS NOT NULL;

CREATE INDEX event_day ON event (first_day, id);

CREATE INDEX event_follow_up ON event (last_day, id)
    WHERE followed_up_at_ms IS NULL AND state IN ('held', 'reported');

CREATE INDEX event_series_event ON event (series_id, first_day, id);

CREATE INDEX event_session_event ON event_session (event_id, from_ms, id);

CREATE INDEX group_member_group ON group_member (group_id);

CREATE UNIQUE INDEX group_proposal__members_key ON group_proposal (members_key);

CREATE INDEX group_proposal_state ON group_proposal (state, id);

CREATE INDEX happening_kind ON happening (kind, sequence);

CREATE INDEX happening_related_sequence ON happening_related (sequence);

CREATE INDEX happening_subject ON happening (subject, sequence);

CREATE UNIQUE INDEX inbound__request_key ON inbound (request_key);

CREATE INDEX inbound_ended ON inbound (ended_at_ms, id) WHERE ended_at_ms IS NOT NULL;

CREATE INDEX inbound_open ON inbound (moment_ms, id) WHERE state IN ('waiting', 'answering');

CREATE UNIQUE INDEX introduction__need_id__seed_id ON introduction (need_id, seed_id);

CREATE INDEX introduction_match ON introduction (match_id);

CREATE INDEX introduction_need_organization ON introduction (need_organization_id, id);

CREATE INDEX introduction_seed ON introduction (seed_id, id);

CREATE INDEX introduction_seed_organization ON introduction (seed_organization_id, id);

CREATE INDEX introduction_state ON introduction (state, id);

CREATE UNIQUE INDEX invitation__participant_id ON invitation (participant_id);

CREATE UNIQUE INDEX link_code__code_hash ON link_code (code_hash);

CREATE UNIQUE INDEX match__need_id__seed_id ON match (need_id, seed_id);

CREATE INDEX match_created ON match (created_at_ms, id);

CREATE INDEX match_kind_state ON match (kind, state);

CREATE INDEX match_need ON match (need_id, score, id);

CREATE INDEX match_need_organization ON match (need_organization_id, id);

CREATE INDEX match_reference ON match (reference, id);

CREATE INDEX match_round ON match (round, need_id) WHERE round IS NOT NULL;

CREATE INDEX match_seed ON match (seed_id, score, id);

CREATE INDEX match_seed_organization ON match (seed_organization_id, id);

CREATE INDEX match_settled ON match (id) WHERE state IN ('dismissed', 'taken');

CREATE UNIQUE INDEX matching_round__state ON matching_round (state) WHERE state = 'running';

CREATE UNIQUE INDEX meeting_draft__computing ON meeting_draft (event_id) WHERE state = 'computing';

CREATE INDEX meeting_draft_event ON meeting_draft (event_id, id);

CREATE INDEX meeting_event ON meeting (event_id, from_ms, id);

CREATE INDEX meeting_first ON meeting (first_id, from_ms, id);

CREATE INDEX meeting_second ON meeting (second_id, from_ms, id);

CREATE INDEX notice_channel ON notice (channel_id);

CREATE UNIQUE INDEX organization__corporate_number ON organization (corporate_number)
    WHERE corporate_number IS NOT NULL;

CREATE UNIQUE INDEX organization__external_id ON organization (external_id) WHERE external_id IS NOT NULL;

CREATE INDEX organization_field_organization ON organization_field (organization_id);

CREATE INDEX organization_name_core ON organization (name_core, id);

CREATE UNIQUE INDEX participant__email ON participant (email);

CREATE UNIQUE INDEX participant__external_id ON participant (external_id) WHERE external_id IS NOT NULL;

CREATE INDEX participant_organization ON participant (organization_id, id);

CREATE INDEX participant_role ON participant (role, id);

CREATE UNIQUE INDEX posting__organization_id__external_id ON posting (organization_id, external_id)
    WHERE external_id IS NOT NULL;

CREATE UNIQUE INDEX posting__place ON posting (place);

CREATE INDEX posting_expiry ON posting (state, expires_at_ms, id) WHERE expires_at_ms IS NOT NULL;

CREATE INDEX posting_field_posting ON posting_field (posting_id);

CREATE INDEX posting_meaning_model ON posting_meaning (facet, model);

CREATE INDEX posting_organization ON posting (organization_id, place);

CREATE INDEX posting_origin ON posting (origin, id) WHERE origin IS NOT NULL;

CREATE INDEX posting_owner ON posting (owner_id, place);

CREATE INDEX posting_state ON posting (state, place, kind);

CREATE INDEX posting_state_id ON posting (state, id);

CREATE INDEX presentation_event ON presentation (event_id, id);

CREATE INDEX presentation_owner ON presentation (owner_id, id);

CREATE UNIQUE INDEX registration__code ON registration (code);

CREATE UNIQUE INDEX registration__event_id__guest_email ON registration (event_id, guest_email)
    WHERE guest_email IS NOT NULL;

CREATE UNIQUE INDEX registration__participant_id__event_id ON registration (participant_id, event_id)
    WHERE participant_id IS NOT NULL;

CREATE INDEX registration_event ON registration (event_id, id);

CREATE INDEX registration_state ON registration (event_id, state, attendance, state_since_ms, id);

CREATE INDEX remembered_answer_created ON remembered_answer (created_at_ms);

CREATE UNIQUE INDEX veto__first_id__second_id ON veto (first_id, second_id, coalesce(placed_by, ''));

CREATE INDEX veto_second ON veto (second_id, id);
