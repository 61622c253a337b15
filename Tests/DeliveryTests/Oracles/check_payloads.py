"""Judges payloads and signatures by the vendors' own libraries: slack-sdk and standardwebhooks.

Reads one JSON object a line: {"platform", "body", "headers"?, "secrets"?}, where "body" is the exact text that would be sent.
Prints one line of counts and exits 0, or prints the first complaints and exits 1.
"""

import json
import sys

from slack_sdk.models.blocks import Block
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

OURS = "https://mix.example.jp/"


def check_slack(body):
    payload = json.loads(body)
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


def check_mattermost(body):
    text = json.loads(body)["text"]
    if not 0 < len(text) <= 16_383:
        raise ValueError(f"{len(text)} characters")
    for word in ("@all", "@channel", "@here", "<!"):
        if word in text.lower():
            raise ValueError(f"{word} is left")


def check_signed(line):
    headers, body = line["headers"], line["body"]
    if len(body.encode()) > 20_000:
        raise ValueError("more than 20,000 bytes")
    for secret in line["secrets"]:
        if Webhook(secret).verify(body, headers) != json.loads(body):
            raise ValueError("another document came out")
    for altered in (body + " ", body[:-1]):
        try:
            Webhook(line["secrets"][0]).verify(altered, headers)
        except WebhookVerificationError:
            continue
        raise ValueError("an altered body was accepted")


def main(path):
    counts = {"slack": 0, "mattermost": 0, "generic": 0}
    complaints = []
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            try:
                if line["platform"] == "slack":
                    check_slack(line["body"])
                elif line["platform"] == "mattermost":
                    check_mattermost(line["body"])
                else:
                    check_signed(line)
                counts[line["platform"]] += 1
            except Exception as error:  # any refusal of a library is a finding
                complaints.append(f"line {number} ({line['platform']}): {type(error).__name__}: {error}")
    for complaint in complaints[:10]:
        print(complaint)
    print(f"{counts['slack']} slack, {counts['mattermost']} mattermost, {counts['generic']} signed payloads accepted")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
