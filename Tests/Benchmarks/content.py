"""Repositories of signed tags on a real notary-server, for reading them beside notary and docker."""

import base64
import contextlib
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import time

from console import Failure

PASSPHRASES = {f"NOTARY_{role}_PASSPHRASE": "a passphrase" for role in ("ROOT", "TARGETS", "SNAPSHOT", "DELEGATION")}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(directory):
    """A certificate of localhost that is its own authority, and its key."""
    certificate, key = directory / "server.crt", directory / "server.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)  # fmt: skip
    return certificate, key


@contextlib.contextmanager
def notary_server(directory):
    """A notary-server with its data in memory: its address, and the file of its authority."""
    certificate, key = make_certificate(directory)
    port = free_port()
    configuration = directory / "server.json"
    configuration.write_text(json.dumps({
        "server": {"http_addr": f"127.0.0.1:{port}", "tls_cert_file": str(certificate), "tls_key_file": str(key)},
        "trust_service": {"type": "local"}, "logging": {"level": "error"}, "storage": {"backend": "memory"},
    }))  # fmt: skip
    server = subprocess.Popen(["notary-server", f"-config={configuration}"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        else:
            raise Failure("notary-server does not listen")
        yield f"https://localhost:{port}", port, certificate
    finally:
        server.terminate()
        server.wait()


class Content:
    """Commands that read one repository, each with folders of its own."""

    def __init__(self, keyreeve, directory, server):
        self.keyreeve, self.directory = keyreeve, directory
        self.address, port, self.certificate = server
        self.maker = directory / "maker"
        self.docker = directory / "docker"
        tls = self.docker / "tls" / f"localhost:{port}"
        tls.mkdir(parents=True)
        shutil.copy(self.certificate, tls / "ca.crt")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(directory), "DOCKER_CONFIG": str(self.docker),
            "DOCKER_CONTENT_TRUST_SERVER": self.address, "SSL_CERT_FILE": str(self.certificate), **PASSPHRASES,
        }  # fmt: skip
        self.registry = f"localhost:{port}"

    def repository(self, tags):
        return f"{self.registry}/bench/tags{tags}"

    def notary(self, folder, *arguments):
        return ["notary", "-s", self.address, "--tlscacert", self.certificate, "-d", folder, *arguments]

    def publish(self, tags, name=None):
        """Makes a repository with so many signed tags, staged as notary itself stages them."""
        name = name or self.repository(tags)
        self.run(self.notary(self.maker, "init", name, "-p"))
        staged = self.maker / "tuf" / name / "changelist"
        staged.mkdir(exist_ok=True)
        for number in range(tags):
            digest = hashlib.sha256(str(number).encode()).digest()
            target = {"length": 1000 + number, "hashes": {"sha256": base64.b64encode(digest).decode()}}
            change = {
                "action": "create", "role": "targets", "type": "target", "path": f"v{number}",
                "data": base64.b64encode(json.dumps(target).encode()).decode(),
            }  # fmt: skip
            name_of_file = f"{number + 1:020d}_00000000-0000-0000-0000-{number:012d}.change"
            (staged / name_of_file).write_text(json.dumps(change))
        self.run(self.notary(self.maker, "publish", name))

    def run(self, command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"{' '.join(map(str, command))}\n{done.stdout[-1000:]}{done.stderr[-1000:]}")

    def command(self, words, forget=None):
        """A command of a table, with nothing kept before each run where a folder is named."""
        env = [f"{name}={value}" for name, value in self.environment.items()]
        prepare = () if forget is None else (lambda: shutil.rmtree(forget, ignore_errors=True),)
        return (["env", "-i", *env, *words], *prepare)

    def ours(self, verb, tags, *arguments, cold=False):
        folder = self.directory / ("ours-cold" if cold else "ours")
        words = [self.keyreeve, "content", verb, self.repository(tags), *arguments, "--server", self.address,
                 "--trust-dir", folder, "--trust-on-first-use"]  # fmt: skip
        return self.command(words, folder if cold else None)

    def notary_list(self, tags, cold=False):
        folder = self.directory / ("notary-cold" if cold else "notary")
        return self.command(self.notary(folder, "list", self.repository(tags)), folder if cold else None)

    def notary_lookup(self, tags, tag, cold=False):
        folder = self.directory / ("notary-cold" if cold else "notary")
        return self.command(self.notary(folder, "lookup", self.repository(tags), tag), folder if cold else None)

    def docker_inspect(self, tags, cold=False):
        name = self.repository(tags)
        kept = pathlib.Path(self.docker) / "trust/tuf"
        return self.command(["docker", "trust", "inspect", name], kept if cold else None)

    def publishing(self, tags):
        """Commands that each sign one more tag into a repository of their own: by name, ours and notary's."""
        digest = hashlib.sha256(b"manifest").hexdigest()
        commands = {}
        for signer in ("keyreeve", "notary"):
            name = f"{self.registry}/bench/{signer}{tags}"
            self.publish(tags, name)
            # No tag twice: that would be no change.
            tag = '"next$(date +%s%N)"'
            words = self.notary(self.maker, "addhash", name, "TAG", "9", "--sha256", digest, "-p")
            if signer == "keyreeve":
                words = [self.keyreeve, "content", "sign", name, "TAG", "--digest", f"sha256:{digest}", "--size", "9",
                         "--server", self.address, "--trust-dir", self.maker, "--yes"]  # fmt: skip
            script = " ".join(tag if word == "TAG" else shlex.quote(str(word)) for word in words)
            commands[signer] = self.command(["sh", "-c", f"exec {script}"])
        return commands

    def keys(self):
        """Commands that make and open keys: ours, and openssl with as many rounds of the same derivation."""
        folder, file = self.directory / "keys", self.directory / "openssl.key"
        word = ["sh", "-c", 'printf "a passphrase\na passphrase\n" | exec "$@"', "sh"]

        def ours(*words):
            return [self.keyreeve, "content", "key", *words, "--trust-dir", folder, "--passphrase-fd", "0"]

        def sealing(rounds):
            seal = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkcs8 -topk8 -v2 aes-256-cbc"
            return ["sh", "-c", f"{seal} -v2prf hmacWithSHA1 -iter {rounds} -passout pass:word -out {file}"]

        folder.mkdir()
        self.run([*word, *ours("generate", "--role", "root")])
        identifier = next((folder / "private").glob("*.key")).stem
        kept = f"{file}.kept"
        self.run(sealing(600_000))
        shutil.copy(file, kept)
        return {
            "keyreeve content key generate": self.command([*word, *ours("generate", "--role", "root")]),
            "openssl, 600,000 rounds": self.command(sealing(600_000)),
            "openssl, 2,048 rounds as docker": self.command(sealing(2_048)),
            "keyreeve content key passwd": self.command([*word, *ours("passwd", identifier)]),
            "openssl, opened and sealed again": self.command([
                "openssl", "pkcs8", "-topk8", "-in", kept, "-passin", "pass:word", "-v2", "aes-256-cbc", "-v2prf",
                "hmacWithSHA1", "-iter", "600000", "-passout", "pass:another", "-out", file]),
        }

    def target(self, mebibytes):
        """A large file that is signed as a target of its own repository."""
        file = self.directory / "large"
        with open(file, "wb") as out:
            block = os.urandom(1 << 20)
            for _ in range(mebibytes):
                out.write(block)
        name = f"{self.registry}/bench/large"
        self.run(self.notary(self.maker, "init", name, "-p"))
        self.run(self.notary(self.maker, "add", "-p", name, "large", file))
        folder = self.directory / "ours"
        return self.command([self.keyreeve, "content", "verify", name, "large", file, "--server", self.address,
                             "--trust-dir", folder, "--trust-on-first-use"]), file  # fmt: skip
