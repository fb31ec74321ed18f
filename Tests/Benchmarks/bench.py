#!/usr/bin/python3
"""bench.py PROGRAMS [PART]: ratios, each of two things measured side by side in one run.

PROGRAMS holds the built programs; PART is one table alone, such as console.

The runs of all commands of a table take turns, so that what else the machine does falls on all of them; a figure is
the median. Memory is the largest resident set of a run (it cannot show less than this program's own, about 10 MB).

KEYREEVE_BENCH_KEYS, KEYREEVE_BENCH_MIB, KEYREEVE_BENCH_TAGS and KEYREEVE_BENCH_RUNS make it smaller.
"""

import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # The checkout stays as it is.
from console import IDLE_SECONDS, Console, Failure, Peer, session  # noqa: E402
from containers import Containers, registry  # noqa: E402
from content import Content, notary_server  # noqa: E402
from engine import Pulls, engine  # noqa: E402
from fetching import Fetching, site  # noqa: E402
from running import Running  # noqa: E402

KEYS = int(os.environ.get("KEYREEVE_BENCH_KEYS", 10_000))
MEBIBYTES = int(os.environ.get("KEYREEVE_BENCH_MIB", 256))
TAGS = int(os.environ.get("KEYREEVE_BENCH_TAGS", 50_000))
RUNS = int(os.environ.get("KEYREEVE_BENCH_RUNS", 7))


def once(command, directory, prepare=None):
    """Runs a command; its wall-clock seconds and largest resident set in MiB."""
    if prepare:
        prepare()
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
            raise Failure(f"exit status {child.returncode} of {' '.join(map(str, command))[:300]}\n{said[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def in_turns(commands, directory, runs=RUNS):
    """Runs named commands in turns, once to warm up and `runs` times to count; name to (median seconds, largest MiB)."""
    samples = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, (command, *prepare) in commands.items():
            sample = once(command, directory, *prepare)
            if number:
                samples[name].append(sample)
    return {
        name: (statistics.median(s for s, _ in taken), max(m for _, m in taken)) for name, taken in samples.items()
    }


# --- Printing ---------------------------------------------------------------------------------------------------------


def heading(text):
    print(f"\n{text}", flush=True)


def milliseconds(name, seconds, memory=None):
    resident = f"   {memory:6.1f} MiB" if memory else ""
    print(f"  {name:<38} {seconds * 1000:10.2f} ms{resident}", flush=True)


def ratio(name, ours, theirs, goal=None):
    value = ours / theirs
    judged = f"   goal {goal:g}: {'met' if value <= goal else 'MISSED'}" if goal else ""
    print(f"  {name:<38} {value:10.2f} x {judged}", flush=True)


def goal(name, value, unit, limit=None):
    judged = f"   goal {limit:g}: {'met' if value <= limit else 'MISSED'}" if limit is not None else ""
    print(f"  {name:<38} {value:10.2f} {unit}{judged}", flush=True)


def table(title, figures):
    heading(title)
    for name, (seconds, memory) in figures.items():
        milliseconds(name, seconds, memory)


# --- Commands ---------------------------------------------------------------------------------------------------------


class Bench:
    """The tables, over one directory of inputs."""

    def __init__(self, programs, directory):
        self.keyreeve, self.directory = programs / "keyreeve", directory
        self.home = directory / "gnupg"
        self.home.mkdir(mode=0o700)
        # With --sysroot the cache of listings is used only where it lies in the machine.
        self.cache = directory / "many/cache/keyreeve"
        os.environ["XDG_CACHE_HOME"] = str(self.cache.parent)

    def verify(self, image, machine="one"):
        return ([self.keyreeve, "verify", f"{image}.aci", "--sysroot", self.directory / machine],)

    def gpgv(self, image):
        keyring = self.directory / "signer.gpg"
        return (["gpgv", "--homedir", self.home, "--keyring", keyring, f"{image}.aci.asc", f"{image}.aci"],)

    def start(self):
        figures = in_turns({"keyreeve --version": ([self.keyreeve, "--version"],), "true": (["true"],)},
                           self.directory, runs=max(31, RUNS))  # fmt: skip
        table("Starting", figures)
        extra = figures["keyreeve --version"][0] - figures["true"][0]
        print(f"  {'over an empty program':<38} {extra * 1000:10.2f} ms   goal 5: {'met' if extra <= 0.005 else 'MISSED'}")

    def large(self):
        figures = in_turns({
            "keyreeve verify, plain": self.verify("plain"), "gpgv, plain": self.gpgv("plain"),
            "sha512sum, plain": (["sha512sum", "plain.aci"],),
            "keyreeve verify, gzip": self.verify("gzip"), "gpgv, gzip": self.gpgv("gzip"),
            "sha512sum, gzip": (["sha512sum", "gzip.aci"],), "gzip -dc": (["gzip", "-dc", "gzip.aci"],),
        }, self.directory)  # fmt: skip
        table(f"An image of {MEBIBYTES} MiB", figures)
        seconds = {name: figure[0] for name, figure in figures.items()}
        ratio("plain, to sha512sum", seconds["keyreeve verify, plain"], seconds["sha512sum, plain"], 1.15)
        ratio("plain, to gpgv", seconds["keyreeve verify, plain"], seconds["gpgv, plain"])
        # The image id is the hash of the inflated octets.
        slower = max(seconds["sha512sum, plain"], seconds["gzip -dc"])
        ratio("gzip, to the slower of hash, inflate", seconds["keyreeve verify, gzip"], slower, 1.15)
        ratio("gzip, to gpgv (no inflating)", seconds["keyreeve verify, gzip"], seconds["gpgv, gzip"])
        memory = max(figures["keyreeve verify, plain"][1], figures["keyreeve verify, gzip"][1])
        print(f"  {'resident memory':<38} {memory:10.1f} MiB   goal 64: {'met' if memory <= 64 else 'MISSED'}")

    def small(self):
        figures = in_turns({
            "keyreeve verify, 1 key": self.verify("small"), "gpgv": self.gpgv("small"),
            f"keyreeve verify, {KEYS} keys": self.verify("small", "many"),
        }, self.directory, runs=3 * RUNS)  # fmt: skip
        table("A small image", figures)
        seconds = {name: figure[0] for name, figure in figures.items()}
        ratio("to gpgv", seconds["keyreeve verify, 1 key"], seconds["gpgv"], 3)
        ratio(f"{KEYS} keys in root.d to 1", seconds[f"keyreeve verify, {KEYS} keys"],
              seconds["keyreeve verify, 1 key"], 1.2)  # fmt: skip

    def listing(self):
        keys = self.directory / "many/usr/lib/rkt/trustedkeys/root.d"
        ours = [self.keyreeve, "keys", "--json", "--sysroot", self.directory / "many"]
        # Names relative to the directory keep ten thousand of them below the limit of a command line.
        theirs = ["gpg", "--homedir", self.home, "--batch", "--no-autostart", "--with-colons", "--show-keys"]
        figures = in_turns({
            "keyreeve keys, cold": (ours, lambda: shutil.rmtree(self.cache, ignore_errors=True)),
            "keyreeve keys, warm": (ours,),
            "gpg --show-keys": (theirs + sorted(os.listdir(keys)),),
        }, keys, runs=max(5, RUNS - 2))  # fmt: skip
        table(f"Listing {KEYS} keys (cold: without the cache of listings)", figures)
        ratio("cold, to gpg", figures["keyreeve keys, cold"][0], figures["gpg --show-keys"][0], 0.5)
        ratio("warm, to gpg", figures["keyreeve keys, warm"][0], figures["gpg --show-keys"][0], 0.05)

    def fetching(self):
        with site(self.directory) as (port, certificate):
            peer = Fetching(self.keyreeve, self.directory, port, certificate)
            figures = in_turns({
                "keyreeve fetch FILE, plain": peer.file("plain"), "cp, sync, sha512sum": peer.copy("plain"),
                "keyreeve fetch FILE, gzip": peer.file("gzip"), "cp, sync, hash, inflate, hash": peer.copy("gzip"),
                "keyreeve fetch https, plain": peer.https("plain"), "curl, sync, sha512sum": peer.curl("plain"),
                "keyreeve fetch https, gzip": peer.https("gzip"), "curl, sync, hash, inflate, hash": peer.curl("gzip"),
            }, self.directory, runs=max(3, RUNS - 2))  # fmt: skip
            table(f"Fetching {MEBIBYTES} MiB: verified and stored", figures)
            seconds = {name: figure[0] for name, figure in figures.items()}
            names = list(seconds)
            for ours, theirs in zip(names[::2], names[1::2]):
                ratio(f"{ours[15:]}, to the sum", seconds[ours], seconds[theirs], 1.15)
            memory = max(figure[1] for name, figure in figures.items() if name.startswith("keyreeve"))
            print(f"  {'resident memory':<38} {memory:10.1f} MiB   goal 64: {'met' if memory <= 64 else 'MISSED'}")
            peer.forget()
            more = in_turns({
                "a second fetch of the same": peer.again("plain"), "ten fetches at once": peer.at_once("plain", 10),
            }, self.directory, runs=3)  # fmt: skip
            for name, (spent, _) in more.items():
                milliseconds(name, spent)

    def running(self):
        if not Running.is_possible():
            heading("Running an image: not measured, runc and a static busybox are needed")
            return
        peer = Running(self.keyreeve, self.directory, MEBIBYTES)
        figures = in_turns({
            "keyreeve run, a small image": peer.ours("small"), "runc run, a ready bundle": peer.runc(),
            f"keyreeve run, {MEBIBYTES} MiB": peer.ours("large"), f"tar -x and rm, {MEBIBYTES} MiB": peer.tar("large"),
            f"sha512sum twice, {MEBIBYTES} MiB": peer.hashes("large"),
        }, self.directory, runs=max(3, RUNS - 2))  # fmt: skip
        table("Running an image: verified, unpacked, run, taken away", figures)
        small, runc, large, tar, hashes = (figure[0] for figure in figures.values())
        ratio("start-up, to runc alone", small, runc)
        ratio("a large image, to tar, hashes and runc", large, tar + hashes + runc)
        goal("resident memory", figures[f"keyreeve run, {MEBIBYTES} MiB"][1], "MiB", 64)

    def content(self):
        directory = self.directory / "content"
        directory.mkdir()
        with notary_server(directory) as server:
            content = Content(self.keyreeve, directory, server)
            for tags in sorted({10, min(1000, TAGS), TAGS}):
                content.publish(tags)
                self.tags(content, tags)
            self.target(content)
            self.publishing(content)
            self.keys(content)

    def tags(self, content, tags):
        """Reading a repository: with nothing kept (cold), and with all of it kept (warm)."""
        last = f"v{tags - 1}"
        figures = {}
        for state, cold in (("cold", True), ("warm", False)):
            # Docker's own client is in no package that this installs.
            docker = shutil.which("docker") and {f"docker trust inspect, {state}": content.docker_inspect(tags, cold)}
            figures |= in_turns({
                f"keyreeve content list, {state}": content.ours("list", tags, cold=cold),
                f"notary list, {state}": content.notary_list(tags, cold),
                f"keyreeve content lookup, {state}": content.ours("lookup", tags, last, cold=cold),
                f"notary lookup, {state}": content.notary_lookup(tags, last, cold),
                f"keyreeve content inspect, {state}": content.ours("inspect", tags, cold=cold),
            } | (docker or {}), content.directory, runs=max(3, RUNS - 2))  # fmt: skip
        table(f"A repository of {tags} signed tags", figures)
        for state in ("cold", "warm"):
            def pair(ours, theirs, part):
                return figures[f"{ours}, {state}"][part], figures[f"{theirs}, {state}"][part]

            ratio(f"list to notary, {state}", *pair("keyreeve content list", "notary list", 0), 0.25)
            ratio(f"memory of it, {state}", *pair("keyreeve content list", "notary list", 1), 0.5)
            ratio(f"lookup to notary, {state}", *pair("keyreeve content lookup", "notary lookup", 0), 0.1)
            if shutil.which("docker"):
                ratio(f"inspect to docker, {state}", *pair("keyreeve content inspect", "docker trust inspect", 0))

    def publishing(self, content):
        """One tag more, signed with the same key files."""
        for tags in sorted({10, TAGS}):
            figures = in_turns(content.publishing(tags), content.directory, runs=max(3, RUNS - 2))
            table(f"Publishing one tag into {tags}", figures)
            limit = 0.5 if tags == TAGS else None
            ratio("to notary", figures["keyreeve"][0], figures["notary"][0], limit)
            ratio("memory of it", figures["keyreeve"][1], figures["notary"][1], limit)

    def keys(self, content):
        """What the derivation of a key from its passphrase costs."""
        figures = in_turns(content.keys(), content.directory, runs=max(3, RUNS - 2))
        table("A signing key sealed with 600,000 rounds of PBKDF2, and read back", figures)
        seconds = {name: figure[0] for name, figure in figures.items()}
        ratio("made, to openssl", seconds["keyreeve content key generate"], seconds["openssl, 600,000 rounds"])
        ratio("opened and sealed, to openssl", seconds["keyreeve content key passwd"],
              seconds["openssl, opened and sealed again"])  # fmt: skip

    def target(self, content):
        size = 4 * MEBIBYTES
        ours, file = content.target(size)
        figures = in_turns({
            "keyreeve content verify": ours, "sha256sum, sha512sum": (["sh", "-c", f"sha256sum {file}; sha512sum {file}"],),
        }, content.directory, runs=max(3, RUNS - 4))  # fmt: skip
        table(f"A target of {size} MiB, signed by SHA-256 and SHA-512", figures)
        ratio("to both hashes", figures["keyreeve content verify"][0], figures["sha256sum, sha512sum"][0], 1.2)
        goal("resident memory", figures["keyreeve content verify"][1], "MiB", 32)

    def containers(self):
        directory = self.directory / "containers"
        directory.mkdir()
        with notary_server(directory) as server, registry(directory, server[2], directory / "server.key") as port:
            peer = Containers(self.keyreeve, directory, server, port)
            for form in ("gzip", "zstd", "plain"):
                peer.publish(form, MEBIBYTES)
                figures = in_turns({
                    "keyreeve fetch docker://": peer.ours(form), "skopeo copy docker:// oci:": peer.skopeo(form),
                }, directory, runs=max(3, RUNS - 2))  # fmt: skip
                table(f"A container image of {MEBIBYTES} MiB in 4 layers ({form})", figures)
                (ours, memory), (theirs, others) = figures.values()
                ratio("to skopeo", ours, theirs, 1.0)
                ratio("memory of it", memory, others, 1.0)

    def pulling(self):
        """A pull of an image that is there already: what is left is the cost of verifying it."""
        if os.geteuid() != 0 or shutil.which("docker") is None:
            return print("\nPulling through dockerd needs root and docker's own command: left out")
        directory = self.directory / "pulling"
        directory.mkdir()
        with notary_server(directory) as server, engine(directory) as peer:
            figures = in_turns(Pulls(self.keyreeve, directory, server, peer).commands(), directory, runs=2 * RUNS)
            table("Pulling an image that is there, through dockerd", figures)
            plain, docker, _, ours = [figure[0] for figure in figures.values()]
            milliseconds("what docker's trust adds", docker - plain)
            milliseconds("what keyreeve adds", ours - plain)
            ratio("added, to docker's", ours - plain, docker - plain, 1)

    def console(self):
        console = Console(self.keyreeve, self.directory, KEYS)
        heading("The console, 80x24, beside nnn, tig and htop")
        console.frames(RUNS, milliseconds)
        largest = 10 * KEYS
        for name, figures in console.sessions().items():
            heading(f"{name}, {largest} rows" if "htop" not in name else name)
            ours = name == "keyreeve"
            if not figures["paints"]:
                raise Failure(f"{name} painted nothing for a key")
            if ours:
                milliseconds("all read and judged after", figures["settled"])
            milliseconds("keystroke to paint, p50", figures["paints"][len(figures["paints"]) // 2])
            worst = figures["paints"][len(figures["paints"]) * 99 // 100]
            goal("keystroke to paint, p99", worst * 1000, "ms", 1 if ours else None)
            if figures.get("filter"):
                goal("filter, the slowest letter", max(figures["filter"]) * 1000, "ms", 16 if ours else None)
            goal("resident memory", figures["memory"], "MiB")
            goal(f"wakeups in {IDLE_SECONDS} idle seconds", figures["idle"][0], "", 0 if ours else None)
            goal(f"octets written in {IDLE_SECONDS} idle seconds", figures["idle"][1], "", 0 if ours else None)
        milliseconds("keystroke to echo, no program", statistics.median(echo()))


def echo():
    """Seconds from a keystroke to the terminal's own echo: what no program can be below."""
    peer = Peer(["sh", "-c", "echo ready; exec sleep 60"], b"ready")
    with session(peer) as opened:
        return [paint for paint in map(opened.paint, [b"j"] * 20) if paint is not None]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: bench.py PROGRAMS [PART]")
    programs = pathlib.Path(sys.argv[1]).resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="keyreeve-bench-") as name:
        directory = pathlib.Path(name)
        print(f"Making {KEYS} keys and images of {MEBIBYTES} MiB ...", file=sys.stderr, flush=True)
        # In a process of its own, whose memory does not count as that of the programs started here.
        maker = pathlib.Path(__file__).with_name("inputs.py")
        subprocess.run([maker, directory, str(KEYS), str(MEBIBYTES)], check=True)
        bench = Bench(programs, directory)
        failed = False
        parts = (
            bench.start, bench.small, bench.large, bench.fetching, bench.running, bench.listing, bench.console,
            bench.content, bench.containers, bench.pulling,
        )  # fmt: skip
        for part in parts:
            if len(sys.argv) == 3 and part.__name__ != sys.argv[2]:
                continue
            try:
                part()
            except Failure as failure:
                failed = True
                print(f"bench.py: {part.__name__}: {failure}", file=sys.stderr, flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
