"""The console beside other programs for terminals: first frames, keystrokes, filters, memory, idleness.

Each program runs on a terminal of its own and shows about the same number of rows: keyreeve keys, nnn (a file manager)
the files of a directory, tig a history of commits. htop shows the processes that there are.
"""

import contextlib
import dataclasses
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import termios
import time

ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]|[\x0e\x0f]")
IDLE_SECONDS = 5


class Failure(Exception):
    """A program that is measured did not do what it should."""


@dataclasses.dataclass
class Peer:
    """A program: how it is started, what its first frame shows, and what a person types."""

    command: list
    shown: bytes
    down: bytes = b"j"
    up: bytes = b"k"
    filter_key: bytes | None = None
    # While this is on the screen the program is still reading.
    busy: bytes | None = None


class Session:
    """A program on a new terminal of 80x24; `first` is the time to its first frame."""

    def __init__(self, peer):
        self.peer = peer
        self.screen, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
        start = time.perf_counter()
        self.child = subprocess.Popen(peer.command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
                                      start_new_session=True, preexec_fn=self.control)  # fmt: skip
        os.close(theirs)
        seen = b""
        while peer.shown not in ESCAPES.sub(b"", seen):
            octets, when = self.read(20)
            if not octets:
                self.close()
                raise Failure(f"{peer.command[0]} shows no first frame: {seen[-500:]!r}")
            seen = seen[-65_536:] + octets
        self.first = when - start

    @staticmethod
    def control():
        """Makes the terminal the one that the program is controlled from: tig asks for it."""
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def read(self, seconds):
        """What comes next, and when; nothing after so many seconds or at the end."""
        ready, _, _ = select.select([self.screen], [], [], seconds)
        if not ready:
            return b"", time.perf_counter()
        try:
            return os.read(self.screen, 65_536), time.perf_counter()
        except OSError:  # Linux's way to say that the program has gone
            return b"", time.perf_counter()

    def quiet(self, seconds=0.05):
        """Reads until nothing has come for so long; when the last octets came, or None."""
        last = None
        while True:
            octets, when = self.read(seconds)
            if not octets:
                return last
            last = when

    def settle(self, seconds=300):
        """Waits until all is read and the program rests."""
        end = time.perf_counter() + seconds
        spent = -1
        while time.perf_counter() < end:
            self.quiet(0.3)
            before, spent = spent, self.spent()
            if before == spent:
                return
            time.sleep(0.7)

    def paint(self, key):
        """Seconds from a key to the first octets of its paint; None where nothing is painted."""
        start = time.perf_counter()
        os.write(self.screen, key)
        octets, when = self.read(2)
        self.quiet(0.01)
        return when - start if octets else None

    def finished(self, key):
        """Seconds from a key to the last octets that it leads to."""
        start = time.perf_counter()
        os.write(self.screen, key)
        octets, when = self.read(5)
        last = self.quiet(0.15)
        return (last or when) - start if octets else None

    def spent(self):
        """Clock ticks of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def memory(self):
        """The resident set in MiB."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def wakeups(self):
        """How often any of its threads has left the processor."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.child.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", (task / "status").read_text())))
        return total

    def idle(self):
        """Wakeups and octets written in some seconds without a key."""
        before, octets = self.wakeups(), 0
        end = time.perf_counter() + IDLE_SECONDS
        while (left := end - time.perf_counter()) > 0:
            octets += len(self.read(left)[0])
        return self.wakeups() - before, octets

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            self.child.send_signal(signal.SIGTERM)
        os.close(self.screen)
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


@contextlib.contextmanager
def session(peer):
    opened = Session(peer)
    try:
        yield opened
    finally:
        opened.close()


def history(directory, count):
    """A repository of `count` commits."""
    subprocess.run(["git", "init", "-q", "-b", "main", directory], check=True)
    with subprocess.Popen(["git", "-C", directory, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importing:
        for number in range(count):
            text = f"Key {number}\n".encode()
            importing.stdin.write(
                b"commit refs/heads/main\ncommitter Bench <bench@bench.example> %d +0000\ndata %d\n%b\n"
                % (1_700_000_000 + number, len(text), text)
            )
    if importing.returncode != 0:
        raise Failure("git fast-import failed")


class Console:
    """The machines of 10, n and 10 n keys, and as many files and commits for the peers."""

    def __init__(self, keyreeve, directory, keys):
        self.keyreeve, self.directory = keyreeve, directory
        self.counts = {"few": 10, "many": keys, "huge": 10 * keys}
        self.multiply()
        self.present = [name for name in ("nnn", "tig") if shutil.which(name)]
        for name, count in self.counts.items():
            if "tig" in self.present:
                history(directory / f"history-{name}", count)

    def multiply(self):
        """The machine `huge`: each key of `many`, by hard links, for the names of ten prefixes."""
        keys = self.directory / "many/usr/lib/rkt/trustedkeys/root.d"
        for number in range(10):
            place = self.directory / f"huge/usr/lib/rkt/trustedkeys/prefix.d/team-{number}.example"
            place.mkdir(parents=True)
            for name in os.listdir(keys):
                os.link(keys / name, place / name)

    def peers(self, machine):
        """The programs with as many rows each."""
        keys = self.directory / machine / "usr/lib/rkt/trustedkeys/root.d"
        if machine == "huge":
            keys = self.directory / "huge/files"
            if not keys.exists():
                keys.mkdir()
                for place in (self.directory / "huge/usr/lib/rkt/trustedkeys/prefix.d").iterdir():
                    for name in os.listdir(place):
                        os.link(place / name, keys / f"{place.name}-{name}")
        peers = {"keyreeve": Peer([self.keyreeve, "--sysroot", self.directory / machine], b"Help", filter_key=b"/")}
        if "nnn" in self.present:
            peers["nnn"] = Peer(["nnn", keys], f"1/{self.counts[machine]} ".encode(), filter_key=b"/")
        if "tig" in self.present:
            peers["tig"] = Peer(["tig", "-C", self.directory / f"history-{machine}"], b"[main]")
        return peers

    def frames(self, runs, show):
        """First frames of every program at every size, in turns."""
        for machine, count in self.counts.items():
            peers = self.peers(machine)
            if machine == "few" and shutil.which("htop"):
                peers["htop (processes)"] = self.htop()
            taken = {name: [] for name in peers}
            for number in range(runs + 1):
                for name, peer in peers.items():
                    with session(peer) as opened:
                        if number:
                            taken[name].append(opened.first)
            for name, seconds in taken.items():
                rows = "" if "htop" in name else f", {count} rows"
                show(f"first frame, {name}{rows}", statistics.median(seconds))

    @staticmethod
    def htop():
        return Peer(["htop"], b"Quit", down=b"\x1b[B", up=b"\x1b[A", filter_key=b"\x1bOS")

    def sessions(self):
        """One session of every program at the largest size: name to figures."""
        peers = self.peers("huge")
        if shutil.which("htop"):
            peers["htop (processes)"] = self.htop()
        figures = {}
        for name, peer in peers.items():
            with session(peer) as opened:
                figures[name] = self.figures(opened)
        return figures

    @staticmethod
    def figures(opened):
        peer, figures = opened.peer, {}
        begun = time.perf_counter()
        if "htop" not in str(peer.command[0]):
            opened.settle()
        figures["settled"] = time.perf_counter() - begun
        paints = [opened.paint(peer.down if number % 20 < 10 else peer.up) for number in range(200)]
        figures["paints"] = sorted(paint for paint in paints if paint is not None)
        figures["memory"] = opened.memory()
        time.sleep(6)  # Threads that have worked wait for more work before they end.
        opened.quiet()
        figures["idle"] = opened.idle()
        if peer.filter_key:
            opened.finished(peer.filter_key)
            letters = [opened.finished(bytes([letter])) for letter in b"key-47"]
            figures["filter"] = [letter for letter in letters if letter is not None]
        return figures
