import HTTPTypes

extension Scenario {
    /// Every route at least once. The columns are those of `Voice`: visitor, observer, owner, other, coordinator,
    /// administrator, narrow.
    static let all =
        parties + joining + postings + postingStates + encounters + channels + standing + signIn + documents
        + inbound + meetingPeople + meetings

    private static let parties = [
        Scenario("getMe", .get, "/api/v1/me", "401 200 200 200 200 200 200").shows("owner@mail.example", to: .owner)
            .hides("owner@mail.example", from: .other),
        Scenario("listOrganizations", .get, "/api/v1/organizations?limit=200", "401 200 200 200 200 200 200")
            .shows("Hiraki Works", to: .observer, .other).shows("note of Hiraki Works", to: .coordinator)
            .hides("note of", from: .observer, .owner, .other, .narrow),
        Scenario(
            "registerOrganization", .post, "/api/v1/organizations", "401 403 403 403 201 201 403",
            #"{"name":"New Works","kind":"company","region":"JP-31","fields":["new-materials"]}"#
        ).causes("organization.registered").shows("New Works"),
        Scenario("getOrganization", .get, "/api/v1/organizations/{Hiraki Works}", "401 200 200 200 200 200 200")
            .hides("note of", from: .observer, .owner, .other, .narrow),
        Scenario(
            "changeOrganization", .patch, "/api/v1/organizations/{Hiraki Works}", "401 403 200 403 200 200 403",
            #"{"municipality":"Tottori"}"#
        ).causes("organization.revised").shows("Tottori"),
        Scenario("listParticipants", .get, "/api/v1/participants?limit=200", "401 200 200 200 200 200 200")
            .shows("Person Owner", to: .observer, .other, .narrow).shows(
                "owner@mail.example", "0857-22-1234", to: .coordinator
            )
            .hides(
                "owner@mail.example", "0857-22-1234", "note on owner", "Guest", from: .observer, .other, .narrow),
        Scenario("getParticipant", .get, "/api/v1/participants/{owner}", "401 200 200 200 200 200 200")
            .hides("owner@mail.example", "0857-22-1234", "secret note on owner", from: .observer, .other, .narrow)
            .shows("0857-22-1234", to: .owner, .coordinator),
        Scenario("getParticipant", .get, "/api/v1/participants/{guest}", "401 404 404 404 200 200 404"),
        Scenario(
            "changeParticipant", .patch, "/api/v1/participants/{owner}", "401 403 200 403 200 200 403",
            #"{"name":"Renamed","contacted":true}"#
        ).causes("participant.revised").shows("Renamed"),
        Scenario(
            "assignRole", .post, "/api/v1/participants/{other}/role", "401 403 403 403 403 200 403",
            #"{"role":"observer"}"#
        ).causes("participant.role_changed"),
    ]

    private static let joining = [
        Scenario(
            "inviteParticipant", .post, "/api/v1/participants", "401 403 403 403 201 201 403",
            #"{"name":"New","email":"new@mail.example","language":"ko","organization":"{Hiraki Works}"}"#
        ).causes("participant.invited").shows("imx_invite_"),
        Scenario(
            "inviteParticipant", .post, "/api/v1/participants", "401 403 403 403 403 201 403",
            #"{"name":"N","email":"n@m.example","language":"ko","organization":"{Hiraki Works}","role":"coordinator"}"#
        ),
        Scenario("inviteAgain", .post, "/api/v1/participants/{guest}/invitation", "401 403 403 403 200 200 403")
            .shows("imx_invite_"),
        Scenario(
            "acceptInvitation", .post, "/api/v1/invitations/acceptance", "200",
            #"{"secret":"{invitation}","listed":true,"contacted":false}"#
        ).causes("participant.joined", "token.issued").shows("imx_token_"),
        Scenario(
            "acceptInvitation", .post, "/api/v1/invitations/acceptance", "404",
            #"{"secret":"imx_invite_wrong","listed":true,"contacted":false}"#),
        Scenario(
            "pauseParticipant", .post, "/api/v1/participants/{owner}/pause", "401 403 200 403 200 200 403",
            #"{"until":"2026-12-31T00:00:00Z"}"#
        ).causes("participant.paused"),
        Scenario("resumeParticipant", .post, "/api/v1/participants/{resting}/resumption", "401 403 403 403 200 200 403")
            .causes("participant.resumed"),
        Scenario("endParticipation", .post, "/api/v1/participants/{other}/departure", "401 403 403 200 200 200 403")
            .causes("participant.left", "*"),
        Scenario("listFields", .get, "/api/v1/fields", "401 200 200 200 200 200 200").shows("new-materials"),
    ]

    private static let postings = [
        Scenario("listPostings", .get, "/api/v1/postings?limit=200", "401 200 200 200 200 200 200")
            .shows("{anonymousNeed}", "{namedSeed}").hides(
                "inner detail of anonymousNeed", "ext-", from: .observer, .narrow
            )
            .hides("{draft}", "{hiddenNeed}", "{paused}", "{closed}", from: .observer, .other, .narrow)
            .shows("{draft}", "{hiddenNeed}", "{paused}", "{closed}", to: .owner, .coordinator),
        Scenario("listPostings", .get, "/api/v1/postings?owner={owner}", "401 200 200 200 200 200 200")
            .hides("{anonymousNeed}", from: .observer, .other, .narrow).shows(
                "{anonymousNeed}", to: .owner, .coordinator),
        Scenario("listPostings", .get, "/api/v1/postings?q=drying&kind=need", "401 200 200 200 200 200 200")
            .shows("{anonymousNeed}").hides("{owner}", "{Hiraki Works}", from: .observer, .other, .narrow),
        Scenario(
            "listPostings", .get, "/api/v1/postings?q=drying&organization={Hiraki Works}", "401 200 200 200 200 200 200"
        )
        .hides("{anonymousNeed}", from: .observer, .other, .narrow).shows("{anonymousNeed}", to: .owner),
        Scenario("getPosting", .get, "/api/v1/postings/{anonymousNeed}", "401 200 200 200 200 200 200")
            .hides(
                "{owner}", "{Hiraki Works}", "inner detail", "ext-anonymousNeed", "Person Owner", "mail.example",
                from: .observer, .other, .narrow
            ).shows("{owner}", "inner detail of anonymousNeed", to: .owner, .coordinator, .administrator),
        Scenario("getPosting", .get, "/api/v1/postings/{hiddenNeed}", "401 404 200 404 200 200 404"),
        Scenario("getPosting", .get, "/api/v1/postings/{draft}", "401 404 200 404 200 200 404"),
        Scenario(
            "draftPosting", .post, "/api/v1/postings", "401 403 201 201 201 201 403",
            #"{"kind":"need","title":"A quieter press","language":"en"}"#
        ).causes("posting.drafted").shows("A quieter press", "\"state\":\"draft\""),
        Scenario(
            "draftPosting", .post, "/api/v1/postings", "401 403 201 403 201 201 403",
            #"{"kind":"need","title":"A quieter press","language":"en","owner":"{owner}"}"#),
        Scenario(
            "changePosting", .patch, "/api/v1/postings/{draft}", "401 403 200 404 200 200 403",
            #"{"title":"New title"}"#
        ).header(.ifMatch, "*").causes("posting.revised").shows("New title"),
        Scenario(
            "changePosting", .patch, "/api/v1/postings/{draft}", "401 403 428 428 428 428 403",
            #"{"title":"New title"}"#),
        Scenario("listRevisions", .get, "/api/v1/postings/{draft}/revisions", "401 404 200 404 200 200 404"),
        Scenario("listRevisions", .get, "/api/v1/postings/{namedSeed}/revisions", "401 403 403 200 200 200 403"),
        Scenario("listGiveAways", .get, "/api/v1/postings/{anonymousNeed}/give-aways", "401 403 200 403 200 200 403"),
    ]

    private static let postingStates = [
        Scenario("submitPosting", .post, "/api/v1/postings/{draft}/submission", "401 403 200 404 200 200 403")
            .causes("posting.submitted"),
        Scenario("publishPosting", .post, "/api/v1/postings/{inReview}/publication", "401 403 403 403 200 200 403")
            .causes("posting.published"),
        Scenario(
            "rejectPosting", .post, "/api/v1/postings/{inReview}/rejection", "401 403 403 403 200 200 403",
            #"{"reason":"vague"}"#
        ).causes("posting.returned"),
        Scenario("pausePosting", .post, "/api/v1/postings/{namedSeed}/pause", "401 403 403 200 200 200 403")
            .causes("posting.paused"),
        Scenario("resumePosting", .post, "/api/v1/postings/{paused}/resumption", "401 403 200 404 200 200 403")
            .causes("posting.resumed"),
        Scenario(
            "renewPosting", .post, "/api/v1/postings/{namedSeed}/renewal", "401 403 403 200 200 200 403",
            #"{"until":"2027-12-01T00:00:00Z"}"#
        ).causes("posting.renewed"),
        Scenario("renewPosting", .post, "/api/v1/postings/{closed}/renewal", "401 403 409 404 409 409 403"),
        Scenario(
            "closePosting", .post, "/api/v1/postings/{namedSeed}/closure", "401 403 403 200 200 200 403",
            #"{"outcome":"withdrawn","note":"no longer"}"#
        ).causes("posting.closed"),
        Scenario(
            "scanDraft", .post, "/api/v1/drafts/give-aways", "401 403 200 200 200 200 403",
            #"{"title":"Help Hiraki Works","language":"en"}"#
        ).shows("organization_name", to: .owner).hides("organization_name", from: .other),
        Scenario(
            "suggestForDraft", .post, "/api/v1/drafts/suggestions", "401 403 200 200 200 200 403",
            #"{"kind":"seed","content":{"title":"drying of fruit peel with waste heat","language":"en"}}"#
        ).shows("{anonymousNeed}", "\"duplicates\"", to: .other).hides("{owner}", from: .other),
        Scenario(
            "suggestForDraft", .post, "/api/v1/drafts/suggestions", "401 403 200 200 200 200 403",
            #"{"kind":"need","content":{"title":"drying of fruit peel with waste heat","language":"en"}}"#
        ).shows("\"duplicates\""),
    ]

    private static let encounters = [
        Scenario("listMatches", .get, "/api/v1/matches?limit=200", "401 200 200 200 200 200 200")
            .shows("{match}", to: .owner, .other, .coordinator).hides("{match}", from: .observer, .narrow)
            .hides("\"held\"", from: .owner, .other).shows("\"held\"", to: .coordinator),
        Scenario("getMatch", .get, "/api/v1/matches/{match}?language=en", "401 404 200 200 200 200 404")
            .hides("{owner}", "{Hiraki Works}", "inner detail of anonymousNeed", from: .other).shows("words", "score")
            .hides("need_sentence", from: .owner, .other),
        Scenario(
            "getMatch", .get, "/api/v1/matches/{match}?language=en&numbers=true", "401 404 200 200 200 200 404"
        ).shows("\"certainty\"", "\"shared\"", "\"need_sentence\"")
            .hides("inner detail of anonymousNeed", from: .other),
        Scenario("findMatch", .get, "/api/v1/match-references/{matchTail}", "401 404 200 200 200 200 404").shows(
            "{match}"),
        Scenario("holdMatch", .post, "/api/v1/matches/{match}/hold", "401 403 403 403 200 200 403").causes(
            "match.held"),
        Scenario("releaseMatch", .post, "/api/v1/matches/{paper}/release", "401 403 403 403 200 200 403")
            .causes("match.released"),
        Scenario(
            "dismissMatch", .post, "/api/v1/matches/{match}/dismissal", "401 403 403 403 200 200 403",
            #"{"reason":"known"}"#
        ).causes("match.dismissed"),
        Scenario(
            "expressInterest", .post, "/api/v1/matches/{match}/interest", "401 403 200 200 422 422 403",
            #"{"message":"Hello"}"#
        ).causes("introduction.interest_expressed").hides("{owner}", "{Hiraki Works}", from: .other),
        Scenario(
            "expressInterest", .post, "/api/v1/matches/{match}/interest", "401 403 200 403 200 200 403",
            #"{"side":"need"}"#),
        Scenario(
            "refuseMatch", .post, "/api/v1/matches/{match}/refusal", "401 403 200 200 422 422 403",
            #"{"reason":"no_capacity"}"#
        ).causes("introduction.refused", "match.dismissed"),
        Scenario(
            "refuseMatch", .post, "/api/v1/matches/{match}/refusal", "401 403 422 422 422 422 403",
            #"{"reason":"other"}"#),
        Scenario("listIntroductions", .get, "/api/v1/introductions", "401 200 200 200 200 200 200")
            .shows("{mutual}", to: .owner, .other, .coordinator).hides("{mutual}", from: .observer, .narrow),
        Scenario(
            "askForIntroduction", .post, "/api/v1/introductions", "401 403 200 200 422 422 403",
            #"{"need":"{paperNeed}","seed":"{paperSeed}","message":"I saw this"}"#
        ).causes("introduction.interest_expressed"),
        Scenario(
            "askForIntroduction", .post, "/api/v1/introductions", "401 403 200 404 422 422 403",
            #"{"need":"{hiddenNeed}","seed":"{paperSeed}"}"#),
        Scenario("getIntroduction", .get, "/api/v1/introductions/{mutual}", "401 404 200 200 200 200 404")
            .hides("{other}", "message of the other", from: .owner).hides(
                "{owner}", "message of the owner", from: .other
            )
            .shows("{other}", "{owner}", "message of the other", to: .coordinator),
        Scenario("getIntroduction", .get, "/api/v1/introductions/{introduced}", "401 404 200 200 200 200 404")
            .shows("{other}", "{owner}", to: .owner, .other),
        Scenario("introduceSides", .post, "/api/v1/introductions/{mutual}/mediation", "401 403 403 403 200 200 403")
            .causes("introduction.introduced"),
        Scenario("recordMeeting", .post, "/api/v1/introductions/{introduced}/meeting", "401 403 200 200 200 200 403")
            .causes("introduction.met"),
        Scenario(
            "concludeIntroduction", .post, "/api/v1/introductions/{introduced}/conclusion",
            "401 403 200 200 200 200 403",
            #"{"outcome":"joint_research","note":"from spring"}"#
        ).causes("introduction.concluded"),
        Scenario("listVetoes", .get, "/api/v1/vetoes", "401 200 200 200 200 200 200")
            .shows("old quarrel", to: .owner, .coordinator).hides("old quarrel", from: .observer, .other, .narrow),
        Scenario(
            "placeVeto", .post, "/api/v1/vetoes", "401 403 201 201 201 201 403",
            #"{"organizations":["{Hiraki Works}","{Sunrise Fisheries}"]}"#
        ).causes("veto.placed"),
        Scenario("liftVeto", .delete, "/api/v1/vetoes/{veto}", "401 403 204 404 204 204 403").causes("veto.lifted"),
    ]

    private static let channels = [
        Scenario("listChannels", .get, "/api/v1/channels", "401 200 200 200 200 200 200")
            .shows("{ownChannel}", to: .owner, .coordinator).hides(
                "{channel}", from: .observer, .owner, .other, .narrow
            )
            .hides("topsecretpath", "ownsecretpath", "{signingKey}", from: .owner, .coordinator, .administrator),
        Scenario(
            "addChannel", .post, "/api/v1/channels", "401 403 201 403 201 201 403",
            #"{"name":"mine","platform":"mattermost","address":"http://127.0.0.1:9/abcsecret","language":"ja","#
                + #""owner":"{owner}"}"#
        ).causes("channel.added").hides("abcsecret", from: .owner, .coordinator, .administrator),
        Scenario(
            "addChannel", .post, "/api/v1/channels", "401 403 422 403 422 422 403",
            #"{"name":"mine","platform":"slack","address":"http://10.0.0.1/hooks/x","language":"ja","owner":"{owner}"}"#
        ),
        Scenario("getChannel", .get, "/api/v1/channels/{channel}", "401 404 404 404 200 200 404")
            .hides("topsecretpath", "{signingKey}", from: .coordinator, .administrator),
        Scenario(
            "changeChannel", .patch, "/api/v1/channels/{ownChannel}", "401 403 200 404 200 200 403",
            #"{"name":"renamed"}"#
        )
        .causes("channel.revised").shows("renamed"),
        Scenario("removeChannel", .delete, "/api/v1/channels/{ownChannel}", "401 403 204 404 204 204 403")
            .causes("channel.removed"),
        Scenario(
            "muteChannel", .post, "/api/v1/channels/{ownChannel}/mute", "401 403 200 404 200 200 403",
            #"{"until":"2026-12-31T00:00:00Z"}"#
        ).causes("channel.revised"),
        Scenario("resumeChannel", .post, "/api/v1/channels/{ownChannel}/resumption", "401 403 200 404 200 200 403"),
        Scenario("testChannel", .post, "/api/v1/channels/{ownChannel}/test", "401 403 201 404 201 201 403"),
        Scenario(
            "rotateSigningKey", .post, "/api/v1/channels/{channel}/signing-key", "401 403 404 404 201 201 403",
            #"{"overlap_days":2}"#
        ).causes("channel.revised").shows("whsec_").hides("topsecretpath", "{signingKey}", from: .coordinator),
        Scenario(
            "rotateSigningKey", .post, "/api/v1/channels/{ownChannel}/signing-key", "401 403 422 404 422 422 403",
            "{}"),
        Scenario("previewChannel", .get, "/api/v1/channels/{ownChannel}/preview?days=7", "401 404 200 404 200 200 404")
            .hides("ownsecretpath", from: .owner, .coordinator),
        Scenario(
            "previewRules", .post, "/api/v1/channels/preview", "401 403 200 403 200 200 403",
            #"{"owner":"{owner}","days":30,"rules":{"topics":["matches"],"cadence":"daily 08:30","#
                + #""quiet_hours":{"from":"22:00","until":"07:00","days":["sun"]}}}"#),
        Scenario(
            "previewRules", .post, "/api/v1/channels/preview", "401 403 404 404 200 200 403",
            #"{"channel":"{channel}","rules":{"minimum_score":0.9}}"#),
        Scenario(
            "addChannel", .post, "/api/v1/channels", "401 403 422 403 422 422 403",
            #"{"name":"room","platform":"matrix","language":"ja","owner":"{owner}","#
                + #""address":"http://127.0.0.1:9/_matrix/client/v3/rooms/!r:s"}"#),
        Scenario(
            "addChannel", .post, "/api/v1/channels", "401 403 201 403 201 201 403",
            #"{"name":"room","platform":"matrix","language":"ja","owner":"{owner}","credential":"syt_sealedtoken","#
                + #""address":"http://127.0.0.1:9/_matrix/client/v3/rooms/!r:s"}"#
        ).causes("channel.added").hides("syt_sealedtoken", from: .owner, .coordinator, .administrator),
        Scenario("listDeliveries", .get, "/api/v1/deliveries", "401 403 403 403 200 200 403")
            .hides("topsecretpath", from: .coordinator),
        Scenario("listDeliveries", .get, "/api/v1/deliveries?channel={ownChannel}", "401 404 200 404 200 200 404"),
        Scenario("getDelivery", .get, "/api/v1/deliveries/{ownDelivery}", "401 404 200 404 200 200 404")
            .hides("ownsecretpath", from: .owner, .coordinator),
        Scenario("replayDelivery", .post, "/api/v1/deliveries/{ownDelivery}/replay", "401 403 200 404 200 200 403")
            .causes("delivery.replayed"),
        Scenario(
            "replayDeliveries", .post, "/api/v1/channels/{ownChannel}/replay", "401 403 200 404 200 200 403",
            #"{"since":"2020-01-01T00:00:00Z","states":["dead","ambiguous","delivered"]}"#
        ).shows("without_text"),
        Scenario("listChannelHealth", .get, "/api/v1/channel-health", "401 200 200 200 200 200 200")
            .shows("{ownChannel}", to: .owner, .coordinator)
            .hides("{channel}", from: .observer, .owner, .other, .narrow),
    ]

    private static let table =
        "Organization,Organization kind,Name,E-mail\r\nNew Works,company,New Person,np@mail.example\r\n"

    private static let standing = [
        Scenario("listTokens", .get, "/api/v1/tokens", "401 200 200 200 200 200 200")
            .hides("imx_token_", from: .owner, .coordinator, .administrator).shows("{spareToken}", to: .owner),
        Scenario("listTokens", .get, "/api/v1/tokens?participant={owner}", "401 403 200 403 403 200 403"),
        Scenario(
            "issueToken", .post, "/api/v1/tokens", "401 201 201 201 201 201 201", #"{"name":"t","scopes":["read"]}"#
        )
        .causes("token.issued").shows("imx_token_"),
        Scenario(
            "issueToken", .post, "/api/v1/tokens", "401 403 403 403 201 201 403",
            #"{"name":"t","scopes":["coordinate"]}"#),
        Scenario("revokeToken", .delete, "/api/v1/tokens/{spareToken}", "401 404 204 404 404 204 404").causes(
            "token.revoked"),
        Scenario(
            "importParticipants", .post, "/api/v1/imports/participants?dry_run=true", "401 403 403 403 200 200 403",
            table
        )
        .csv().shows("\"written\":false"),
        Scenario(
            "importPostings", .post, "/api/v1/imports/postings?publish=true", "401 403 403 403 422 422 403",
            "a,b\n1,2\n"
        )
        .csv(),
        Scenario("exportTable", .get, "/api/v1/exports/participants", "401 403 403 403 200 200 403")
            .shows("owner@mail.example").hides("imx_", from: .coordinator),
        Scenario("exportTable", .get, "/api/v1/exports/postings", "401 403 403 403 200 200 403"),
        Scenario("startRound", .post, "/api/v1/rounds", "401 403 403 403 202 202 403").causes("*"),
        Scenario("getRound", .get, "/api/v1/rounds/latest", "401 403 403 403 200 200 403"),
        Scenario("stopRound", .post, "/api/v1/rounds/latest/stop", "401 403 403 403 409 409 403"),
        Scenario("resumeRound", .post, "/api/v1/rounds/latest/resumption", "401 403 403 403 409 409 403"),
        Scenario("cancelRound", .post, "/api/v1/rounds/latest/cancellation", "401 403 403 403 409 409 403"),
        Scenario("listExposure", .get, "/api/v1/exposure?months=2", "401 200 200 200 200 200 200")
            .shows("{anonymousNeed}", to: .owner, .coordinator).shows("{namedSeed}", to: .other, .coordinator)
            .hides("{anonymousNeed}", "{owner}", from: .observer, .other).hides("{draft}", from: .owner),
        Scenario("exportTable", .get, "/api/v1/exports/exposure", "401 403 403 403 200 200 403").shows("{metalNeed}"),
        Scenario("listGroups", .get, "/api/v1/groups?state=proposed", "401 403 403 403 200 200 403"),
        Scenario("proposeGroups", .post, "/api/v1/groups", "401 403 403 403 200 200 403", #"{"limit":3}"#).causes("*"),
        Scenario("getGroup", .get, "/api/v1/groups/{group}", "401 403 403 403 200 200 403").shows("{lampNeed}"),
        Scenario(
            "acceptGroup", .post, "/api/v1/groups/{group}/acceptance", "401 403 403 403 200 200 403",
            #"{"note":"from spring"}"#
        ).causes("group.accepted").shows("from spring"),
        Scenario("declineGroup", .post, "/api/v1/groups/{group}/declination", "401 403 403 403 200 200 403")
            .causes("group.declined"),
        Scenario("getLearning", .get, "/api/v1/learning?language=en", "401 403 403 403 200 200 403").shows("distance"),
        Scenario("listLearningSteps", .get, "/api/v1/learning/steps", "401 403 403 403 200 200 403"),
        Scenario("replayLearning", .get, "/api/v1/learning/replay", "401 403 403 403 200 200 403")
            .shows("\"equal\":true"),
        Scenario("resetLearning", .post, "/api/v1/learning/reset", "401 403 403 403 403 204 403")
            .causes("learning.reset"),
        Scenario("listHappenings", .get, "/api/v1/happenings?limit=200", "401 403 403 403 200 200 403")
            .hides("imx_", "topsecretpath", from: .coordinator, .administrator),
        Scenario("followHappenings", .get, "/api/v1/happenings/feed?after=3&limit=2", "401 403 403 403 200 200 403")
            .shows("\"last\":5"),
        Scenario("getOverview", .get, "/api/v1/overview", "401 403 403 403 200 200 403"),
    ]

    private static let signIn = [
        Scenario("makeSignInLink", .post, "/api/v1/participants/{owner}/sign-in-link", "401 403 201 403 201 201 403")
            .causes("sign_in_link.made").shows("/sign-in/imx_link_"),
        Scenario(
            "makeSignInLink", .post, "/api/v1/participants/{administrator}/sign-in-link", "401 403 403 403 403 201 403"),
        Scenario("makeSignInLink", .post, "/api/v1/participants/{guest}/sign-in-link", "401 403 403 403 409 409 403"),
        Scenario("listSessions", .get, "/api/v1/participants/{owner}/sessions", "401 403 200 403 403 200 403")
            .shows("{session}", to: .owner, .administrator),
        Scenario("endSession", .delete, "/api/v1/sessions/{session}", "401 404 204 404 404 204 404").causes(
            "session.ended"),
    ]

    private static let documents = [
        Scenario("showReference", .get, "/api/v1", "200").shows("id=\"getPosting\""),
        Scenario("getOpenAPI", .get, "/api/v1/openapi.json", "200").shows("\"openapi\":\"3.1"),
        Scenario("listProblems", .get, "/problems", "200"),
        Scenario("getProblem", .get, "/problems/invalid-input", "200").shows("invalid-input"),
        Scenario("getLiveness", .get, "/health/live", "200"), Scenario("getReadiness", .get, "/health/ready", "200"),
        Scenario("getMetrics", .get, "/metrics", "200").hides("imx_", from: .visitor),
    ]
}
