// Every file of the console, embedded. Written by Tests/Tools/list_console_files.py; a test finds one that was forgotten.

#include "CConsole.h"

// #embed is known to the compiler, though newer than the standard that the package names.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char assets_console_css[] = {
#embed "../../Edges/WebConsole/Files/assets/console.css"
};
static const unsigned char assets_console_js[] = {
#embed "../../Edges/WebConsole/Files/assets/console.js"
};
static const unsigned char assets_icon_svg[] = {
#embed "../../Edges/WebConsole/Files/assets/icon.svg"
};
static const unsigned char templates_desk_matches_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/desk-matches.mustache"
};
static const unsigned char templates_desk_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/desk.mustache"
};
static const unsigned char templates_expired_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/expired.mustache"
};
static const unsigned char templates_field_area_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-area.mustache"
};
static const unsigned char templates_field_checks_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-checks.mustache"
};
static const unsigned char templates_field_radio_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-radio.mustache"
};
static const unsigned char templates_field_select_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-select.mustache"
};
static const unsigned char templates_field_text_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-text.mustache"
};
static const unsigned char templates_field_tick_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/field-tick.mustache"
};
static const unsigned char templates_findings_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/findings.mustache"
};
static const unsigned char templates_form_problems_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/form-problems.mustache"
};
static const unsigned char templates_frame_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/frame.mustache"
};
static const unsigned char templates_home_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/home.mustache"
};
static const unsigned char templates_join_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/join.mustache"
};
static const unsigned char templates_leave_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/leave.mustache"
};
static const unsigned char templates_match_announced_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/match-announced.mustache"
};
static const unsigned char templates_match_card_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/match-card.mustache"
};
static const unsigned char templates_match_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/match.mustache"
};
static const unsigned char templates_me_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/me.mustache"
};
static const unsigned char templates_participant_link_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/participant-link.mustache"
};
static const unsigned char templates_participant_new_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/participant-new.mustache"
};
static const unsigned char templates_participant_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/participant.mustache"
};
static const unsigned char templates_participants_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/participants.mustache"
};
static const unsigned char templates_posting_close_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/posting-close.mustache"
};
static const unsigned char templates_posting_edit_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/posting-edit.mustache"
};
static const unsigned char templates_posting_facts_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/posting-facts.mustache"
};
static const unsigned char templates_posting_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/posting.mustache"
};
static const unsigned char templates_postings_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/postings.mustache"
};
static const unsigned char templates_refused_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/refused.mustache"
};
static const unsigned char templates_review_posting_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/review-posting.mustache"
};
static const unsigned char templates_review_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/review.mustache"
};
static const unsigned char templates_sign_in_link_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/sign-in-link.mustache"
};
static const unsigned char templates_sign_in_sent_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/sign-in-sent.mustache"
};
static const unsigned char templates_sign_in_mustache[] = {
#embed "../../Edges/WebConsole/Files/templates/sign-in.mustache"
};
static const unsigned char locales_common_tsv[] = {
#embed "../../../Config/locales/common.tsv"
};
static const unsigned char locales_desk_tsv[] = {
#embed "../../../Config/locales/desk.tsv"
};
static const unsigned char locales_me_tsv[] = {
#embed "../../../Config/locales/me.tsv"
};
static const unsigned char locales_member_tsv[] = {
#embed "../../../Config/locales/member.tsv"
};
static const unsigned char locales_signin_tsv[] = {
#embed "../../../Config/locales/signin.tsv"
};
static const unsigned char locales_writing_tsv[] = {
#embed "../../../Config/locales/writing.tsv"
};

static const im_console_file files[] = {
    {"assets/console.css", assets_console_css, sizeof(assets_console_css)},
    {"assets/console.js", assets_console_js, sizeof(assets_console_js)},
    {"assets/icon.svg", assets_icon_svg, sizeof(assets_icon_svg)},
    {"templates/desk-matches.mustache", templates_desk_matches_mustache, sizeof(templates_desk_matches_mustache)},
    {"templates/desk.mustache", templates_desk_mustache, sizeof(templates_desk_mustache)},
    {"templates/expired.mustache", templates_expired_mustache, sizeof(templates_expired_mustache)},
    {"templates/field-area.mustache", templates_field_area_mustache, sizeof(templates_field_area_mustache)},
    {"templates/field-checks.mustache", templates_field_checks_mustache, sizeof(templates_field_checks_mustache)},
    {"templates/field-radio.mustache", templates_field_radio_mustache, sizeof(templates_field_radio_mustache)},
    {"templates/field-select.mustache", templates_field_select_mustache, sizeof(templates_field_select_mustache)},
    {"templates/field-text.mustache", templates_field_text_mustache, sizeof(templates_field_text_mustache)},
    {"templates/field-tick.mustache", templates_field_tick_mustache, sizeof(templates_field_tick_mustache)},
    {"templates/findings.mustache", templates_findings_mustache, sizeof(templates_findings_mustache)},
    {"templates/form-problems.mustache", templates_form_problems_mustache, sizeof(templates_form_problems_mustache)},
    {"templates/frame.mustache", templates_frame_mustache, sizeof(templates_frame_mustache)},
    {"templates/home.mustache", templates_home_mustache, sizeof(templates_home_mustache)},
    {"templates/join.mustache", templates_join_mustache, sizeof(templates_join_mustache)},
    {"templates/leave.mustache", templates_leave_mustache, sizeof(templates_leave_mustache)},
    {"templates/match-announced.mustache", templates_match_announced_mustache, sizeof(templates_match_announced_mustache)},
    {"templates/match-card.mustache", templates_match_card_mustache, sizeof(templates_match_card_mustache)},
    {"templates/match.mustache", templates_match_mustache, sizeof(templates_match_mustache)},
    {"templates/me.mustache", templates_me_mustache, sizeof(templates_me_mustache)},
    {"templates/participant-link.mustache", templates_participant_link_mustache, sizeof(templates_participant_link_mustache)},
    {"templates/participant-new.mustache", templates_participant_new_mustache, sizeof(templates_participant_new_mustache)},
    {"templates/participant.mustache", templates_participant_mustache, sizeof(templates_participant_mustache)},
    {"templates/participants.mustache", templates_participants_mustache, sizeof(templates_participants_mustache)},
    {"templates/posting-close.mustache", templates_posting_close_mustache, sizeof(templates_posting_close_mustache)},
    {"templates/posting-edit.mustache", templates_posting_edit_mustache, sizeof(templates_posting_edit_mustache)},
    {"templates/posting-facts.mustache", templates_posting_facts_mustache, sizeof(templates_posting_facts_mustache)},
    {"templates/posting.mustache", templates_posting_mustache, sizeof(templates_posting_mustache)},
    {"templates/postings.mustache", templates_postings_mustache, sizeof(templates_postings_mustache)},
    {"templates/refused.mustache", templates_refused_mustache, sizeof(templates_refused_mustache)},
    {"templates/review-posting.mustache", templates_review_posting_mustache, sizeof(templates_review_posting_mustache)},
    {"templates/review.mustache", templates_review_mustache, sizeof(templates_review_mustache)},
    {"templates/sign-in-link.mustache", templates_sign_in_link_mustache, sizeof(templates_sign_in_link_mustache)},
    {"templates/sign-in-sent.mustache", templates_sign_in_sent_mustache, sizeof(templates_sign_in_sent_mustache)},
    {"templates/sign-in.mustache", templates_sign_in_mustache, sizeof(templates_sign_in_mustache)},
    {"locales/common.tsv", locales_common_tsv, sizeof(locales_common_tsv)},
    {"locales/desk.tsv", locales_desk_tsv, sizeof(locales_desk_tsv)},
    {"locales/me.tsv", locales_me_tsv, sizeof(locales_me_tsv)},
    {"locales/member.tsv", locales_member_tsv, sizeof(locales_member_tsv)},
    {"locales/signin.tsv", locales_signin_tsv, sizeof(locales_signin_tsv)},
    {"locales/writing.tsv", locales_writing_tsv, sizeof(locales_writing_tsv)},
};

size_t im_console_file_count(void) { return sizeof(files) / sizeof(files[0]); }

const im_console_file *im_console_file_at(size_t index) { return &files[index]; }
