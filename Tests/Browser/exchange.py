"""A sample exchange in a folder of its own, served for the browser: made by the program's own commands."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

ADMIN = "admin@example.jp"


class Exchange:
    """The service over a new exchange with the sample of Config/sample, in a folder that goes when it stops."""

    def __init__(self, binary):
        self.binary = str(binary)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="industrymix-browser-"))
        self.data = self.folder / "data"
        # What is installed on the machine must not decide what matches.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("INDUSTRYMIX_")}
        self.environment["INDUSTRYMIX_EXCHANGE_DICTIONARIES"] = "off"
        self.process = None
        self.port = 0
        sample = ROOT / "Config/sample"
        self.run("init", "--email", ADMIN, "--token-file", self.folder / "token")
        self.run("import", "participants", *sorted(sample.glob("participants-*.csv")))
        self.run("import", "postings", "--publish", *sorted(sample.glob("postings-*.csv")))

    def run(self, *words):
        """A command on the exchange; its output."""
        ending = subprocess.run([self.binary, *map(str, words), "--data", str(self.data)], env=self.environment,
                                capture_output=True, text=True)
        if ending.returncode:
            raise RuntimeError(f"{' '.join(map(str, words))}: {ending.stderr[-2000:]}")
        return ending.stdout

    def start(self):
        port_file = self.folder / "port"
        settings = ["api.anonymous_per_second=1000", "api.anonymous_burst=10000", "api.requests_per_second=1000",
                    "api.burst=10000"]
        flags = [word for one in settings for word in ("--set", one)]
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", "0", "--port-file", str(port_file), "--data", str(self.data), *flags],
            stderr=open(self.folder / "log", "w"), stdout=subprocess.DEVNULL, env=self.environment)
        for _ in range(1200):
            if port_file.exists() and port_file.read_text().endswith("\n"):
                self.port = int(port_file.read_text())
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(self.log()[-3000:])

    def wait_for_matches(self, least=50):
        """Waits until the sample is matched."""
        for _ in range(600):
            found = subprocess.run(["sqlite3", str(self.data / "industrymix.sqlite"), "SELECT count(*) FROM match"],
                                   capture_output=True, text=True).stdout.strip()
            if found.isdigit() and int(found) >= least:
                return int(found)
            time.sleep(0.2)
        raise RuntimeError("The sample was not matched.")

    def query(self, sql):
        """One value, read beside the service."""
        return subprocess.run(["sqlite3", str(self.data / "industrymix.sqlite"), sql], capture_output=True, text=True,
                              check=True).stdout.strip()

    def sign_in_path(self, email):
        """The path of a fresh link by which somebody signs in."""
        shown = json.loads(self.run("participants", "sign-in-link", email, "--json"))
        link = next(value for value in shown.values() if isinstance(value, str) and "/sign-in/" in value)
        return link[link.index("/sign-in/"):]

    def invitation(self, email):
        """The path of an invitation of somebody new."""
        organization = self.query("SELECT id FROM organization ORDER BY id LIMIT 1")
        shown = self.run("participants", "add", "--email", email, "--name", "新しい人", "--organization", organization, "--json")
        return "/join/" + re.search(r"imx_invite_\w+", shown).group()

    def log(self):
        return (self.folder / "log").read_text(errors="replace")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)
