"""Says which requests slack_bolt, Slack's own framework, believes and takes.

Reads one JSON object a line: {"now", "secret", "body" (hexadecimal), "headers"}. Prints one line for each: "taken" when a listener
answered 200, "refused" for anything else. The clock of Bolt's verifier is set to "now".
"""

import json
import logging
import re
import sys

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.request_verification.request_verification import RequestVerification


class FixedClock:
    def __init__(self):
        self.moment = 0

    def now(self):
        return self.moment


def make_app(secret, clock):
    logging.disable(logging.CRITICAL)
    app = App(
        signing_secret=secret,
        authorize=lambda **_: AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_token="xoxb-x", bot_id="B1", bot_user_id="UB"
        ),
        process_before_response=True,
    )
    verifications = [one for one in app._middleware_list if isinstance(one, RequestVerification)]
    assert len(verifications) == 1
    verifications[0].verifier.clock = clock

    @app.command(re.compile(".*"))
    def command(ack):
        ack()

    @app.action(re.compile(".*"))
    def action(ack):
        ack()

    return app


def main(path):
    clock = FixedClock()
    apps = {}
    with open(path, encoding="utf-8") as lines:
        for text in lines:
            line = json.loads(text)
            secret = line["secret"]
            if secret not in apps:
                apps[secret] = make_app(secret, clock)
            clock.moment = line["now"]
            verdict = "refused"
            try:
                body = bytes.fromhex(line["body"]).decode("utf-8")
                request = BoltRequest(body=body, headers={name: [value] for name, value in line["headers"].items()})
                if apps[secret].dispatch(request).status == 200:
                    verdict = "taken"
            except Exception:  # what Bolt stumbles over it does not take
                pass
            print(verdict)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
