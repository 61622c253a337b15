"""A mail server that follows a script, for Tests/SenderTests: aiosmtpd on a free port of this machine.

usage: smtp_server.py SCRIPT OUT [CERTIFICATE KEY USER PASSWORD]

SCRIPT is a JSON list with what to answer to each mail in turn: {"rcpt": "451 later"}, {"data": "452 full"},
{"data": "close"} (no answer at all), {} (take it); the last one holds for all further mails. Prints the port. Each mail
that was begun stands in OUT as one line of JSON.
"""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import AuthResult, SMTP


class Handler:
    def __init__(self, script, out):
        self.script = script
        self.out = out
        self.count = 0

    def step(self):
        return self.script[min(self.count, len(self.script) - 1)]

    def note(self, session, envelope, **more):
        line = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                "user": session.auth_data.decode() if session.auth_data else None, **more}
        with open(self.out, "a") as file:
            file.write(json.dumps(line) + "\n")
        self.count += 1

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.step().get("rcpt", "250 OK")
        if not answer.startswith("2"):
            self.note(session, envelope, refused=address)
            return answer
        envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.step().get("data", "250 2.0.0 Taken")
        self.note(session, envelope, content=base64.b64encode(envelope.original_content).decode())
        if answer == "close":
            server.transport.abort()
        return answer


async def main():
    script, out, *rest = sys.argv[1:]
    handler = Handler(json.loads(script), out)
    options = {}
    if rest:
        certificate, key, user, password = rest
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def authenticate(server, session, envelope, mechanism, data):
            given = (data.login.decode(), data.password.decode())
            return AuthResult(success=given == (user, password), handled=False, auth_data=data.login)

        options = {"tls_context": context, "require_starttls": True, "auth_required": True,
                   "authenticator": authenticate}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
