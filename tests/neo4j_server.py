"""A real Neo4j for the tests: the server's jars from Maven Central, run on free ports of this machine."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from neo4j import GraphDatabase
from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

POM = Path(__file__).with_name("neo4j.pom.xml")
START_SECONDS = 180
_OPENS = ("java.base/java.nio", "java.base/sun.nio.ch", "java.base/java.io", "java.base/java.util.concurrent")
_CONFIG = """
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=localhost:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=localhost:{http}
"""
_MEMORY = "server.memory.pagecache.size=64m\ndbms.usage_report.enabled=false\n"


class Missing(Exception):
    """What must be installed before a server can run."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers, and who may come in."""

    url: str
    user: str
    password: str
    browser: str = ""

    @property
    def login(self) -> dict[str, str]:
        """The arguments of `open_store`."""
        return {"user": self.user, "password": self.password}


@dataclass(slots=True)
class Server:
    """A server with its own home; it can be stopped, killed and started again at the same address."""

    home: Path
    address: Address
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Run the server and wait until it answers."""
        self.process = _run(self.home)
        self._wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Take it away without a word, as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(START_SECONDS)
            self.process = None

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not _answers(self.address):
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Neo4j did not start:\n{_tail(self.home)}")
            time.sleep(0.2)


def missing(own: bool = False) -> str | None:
    """What stands in the way of a real server, or None; `own` asks for one that can be killed."""
    if os.environ.get("VANBAN_TEST_NEO4J") and not own:
        return None
    if not shutil.which("java"):
        return "no Java: apt-get install openjdk-17-jre-headless maven"
    if not shutil.which("mvn") and not _complete(_jars()):
        return "no Maven: apt-get install maven"
    return None


def given() -> Address | None:
    """The server in VANBAN_TEST_NEO4J (`bolt://user:password@host:port`); the tests empty it."""
    url = os.environ.get("VANBAN_TEST_NEO4J")
    if not url:
        return None
    parts = urlsplit(url)
    host = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    return Address(host, unquote(parts.username or "neo4j"), unquote(parts.password or ""))


def create(home: Path, settings: str = "") -> Server:
    """A new server in `home`, running, with a password of its own; `settings` are more lines of its configuration."""
    bolt, http = _free_port(), _free_port()
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(_CONFIG.format(bolt=bolt, http=http) + (settings or _MEMORY))
    url, browser = f"bolt://127.0.0.1:{bolt}", f"http://localhost:{http}/browser/"
    server = Server(home, Address(url, "neo4j", "neo4j", browser))
    server.start()
    password = secrets.token_urlsafe(12)
    with GraphDatabase.driver(url, auth=("neo4j", "neo4j")) as driver:
        change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
        driver.execute_query(change, password=password, database_="system")
    server.address = Address(url, "neo4j", password, browser)
    server._wait()
    return server


def _run(home: Path) -> subprocess.Popen[bytes]:
    command = ["java", "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command += [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENS]
    command += ["-cp", f"{fetch()}/*", "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with open(home / "console.log", "ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def admin(home: Path, folder: Path, *arguments: str) -> None:
    """Run `neo4j-admin` of a server that is stopped, in a folder."""
    command = ["java", *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENS), "-cp", f"{fetch()}/*"]
    given = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command += ["org.neo4j.cli.AdminTool", *arguments]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=START_SECONDS)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def fetch() -> Path:
    """The folder of jars, filled from Maven Central when it is not yet."""
    jars = _jars()
    if not _complete(jars):
        if not shutil.which("mvn"):
            raise Missing("no Maven: apt-get install maven")
        jars.mkdir(parents=True, exist_ok=True)
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        subprocess.run(command, check=True, timeout=900)
        (jars / "complete").touch()
    return jars


def _jars() -> Path:
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "vanban-graph" / f"neo4j-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"


def _complete(jars: Path) -> bool:
    return (jars / "complete").exists()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: Address) -> bool:
    try:
        with GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver:
            driver.verify_connectivity()
    except (ServiceUnavailable, SessionExpired, OSError):
        return False
    except Neo4jError as error:
        # The first password must be changed before anything else; the server is there.
        return error.code == "Neo.ClientError.Security.CredentialsExpired"
    return True


def _tail(home: Path) -> str:
    logs = (home / "console.log", home / "logs" / "neo4j.log")
    return "\n".join("\n".join(log.read_text(errors="replace").splitlines()[-15:]) for log in logs if log.exists())
