"""Runs schemathesis over the running service: every operation, every check, as administrator and as member.

    check_api.py --binary .build/debug/industrymix --work .test/api [--fast]

Makes an exchange from the sample files in a folder of its own, serves it on a free port, and asks schemathesis to break it.
Any server error, undocumented status, answer that does not fit its schema, or accepted bad request fails. The closing line is
"api: N passed, N failed", counted in test cases.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def clean_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("INDUSTRYMIX_")}


class Exchange:
    """An exchange in a folder, and the service over it."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.data = str(binary), folder, folder / "data"
        self.settings = ["api.requests_per_second=100000", "api.burst=1000000", "api.anonymous_per_second=100000",
                         "api.anonymous_burst=1000000", "exchange.dictionaries=off", "log.level=warning"]
        self.process = None

    def run(self, *arguments, settings=True):
        flags = [word for one in self.settings for word in ("--set", one)] if settings else []
        command = [self.binary, *arguments, "--data", str(self.data), *flags]
        done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), timeout=300)
        if done.returncode not in (0, 3):
            sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def fill(self):
        token_file = self.folder / "token"
        self.run("init", "--email", "admin@example.jp", "--token-file", str(token_file))
        samples = ROOT / "Config" / "sample"
        for kind in ("participants", "postings"):
            files = [str(samples / f"{kind}-{language}.csv") for language in ("en", "ko", "ja")]
            self.run("import", kind, *files, *(["--publish"] if kind == "postings" else []))
        found = json.loads(self.run("participants", "list", "--status", "active", "--json", "--limit", "200"))["items"]

        def token(role):
            # The last of the list: nobody is named by the examples of the description.
            person = [one for one in found if one["role"] == role][-1]
            return json.loads(self.run("token", "issue", person["email"], "--json"))["secret"]

        return token_file.read_text().strip(), token("member"), token("coordinator")

    def start(self):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        flags = [word for one in self.settings for word in ("--set", one)]
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", "0", "--port-file", str(port_file), "--data", str(self.data), *flags],
            stdout=self.log, stderr=self.log, env=clean_environment())
        for _ in range(1200):
            if self.process.poll() is not None:
                sys.exit(f"The service ended at once:\n{(self.folder / 'serve.log').read_text()[-3000:]}")
            if port_file.exists() and port_file.read_text().endswith("\n"):
                return int(port_file.read_text())
            time.sleep(0.05)
        sys.exit("The service did not start within a minute.")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return -9


# They end a person's rights: the one who calls them may be the next who is refused everything.
ENDINGS = ["endParticipation", "assignRole", "revokeToken"]


def schemathesis(name, token, port, folder, examples, seconds, seed, phases, filters=()):
    """One run; its counts (generated, failed) and whether it passed."""
    tool = pathlib.Path(sys.executable).parent / "schemathesis"
    log = folder / f"{name}.log"
    command = [
        str(tool), "--config-file", str(ROOT / "Tests/Tools/schemathesis.toml"), "run",
        f"http://127.0.0.1:{port}/api/v1/openapi.json", "--url", f"http://127.0.0.1:{port}",
        "--header", f"Authorization: Bearer {token}", "--checks", "all", "--phases", phases,
        "--max-examples", str(examples), "--max-time", str(seconds), "--seed", str(seed),
        "--request-timeout", "20", "--no-color", *filters, "--report", "junit", "--report-junit-path", str(folder / f"{name}.xml"),
    ]
    start = time.monotonic()
    with open(log, "w") as out:
        code = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, env=clean_environment()).returncode
    text = log.read_text()
    generated = sum(int(n) for n in re.findall(r"(\d+) generated", text))
    unique = re.search(r"(\d+) unique failures?", text)
    failures = int(unique.group(1)) if unique else (0 if code == 0 else 1)
    summary = text[text.rfind("SUMMARY"):] if "SUMMARY" in text else text[-3000:]
    print(f"-- {name}: {generated} test cases in {time.monotonic() - start:.0f} s, {failures} unique failures")
    if code != 0:
        marker = text.find("= FAILURES =")
        errors = text.find("= ERRORS =")
        first = min([place for place in (marker, errors) if place >= 0], default=max(0, len(text) - 6000))
        print(text[first:first + 12000])
        print(summary[:3000])
    return generated, failures, code == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--fast", action="store_true", help="few examples: a look, not a check")
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args()
    folder = options.work.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exchange = Exchange(options.binary.resolve(), folder)
    administrator, member, coordinator = exchange.fill()
    port = exchange.start()
    examples, seconds = (5, 40) if options.fast else (30, 150)
    passed = failed = 0
    good = True
    try:
        without = [word for name in ENDINGS for word in ("--exclude-operation-id", name)]
        only = [word for name in ENDINGS for word in ("--include-operation-id", name)]
        everything = "examples,coverage,fuzzing,stateful"
        runs = [
            ("administrator", administrator, everything, examples, seconds, without),
            ("member", member, "examples,coverage,fuzzing", max(3, examples // 3), seconds // 2, without),
            ("endings", coordinator, "examples,coverage,fuzzing", max(3, examples // 3), 20, only),
        ]
        for name, token, phases, most, limit, filters in runs:
            generated, failures, ok = schemathesis(
                name, token, port, folder, most, limit, options.seed, phases, filters)
            passed, failed, good = passed + generated - failures, failed + failures, good and ok
        running = exchange.process.poll() is None
    finally:
        code = exchange.stop()
    if not running or code != 0:
        print(f"-- the service {'was gone before the end' if not running else f'ended with {code}'}")
        good, failed = False, failed + 1
    log = (folder / "serve.log").read_text(errors="replace")
    broken = [line for line in log.splitlines() if '"level":"error"' in line or '"level":"critical"' in line]
    if broken:
        print(f"-- {len(broken)} errors in the log of the service, the first:\n{broken[0][:1000]}")
    print(f"api: {passed} passed, {failed} failed")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
