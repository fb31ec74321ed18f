"""A container image fetched from a real registry beside skopeo, which writes the same layout and verifies no signature."""

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import socket
import subprocess
import tarfile
import time

from console import Failure
from content import PASSPHRASES, free_port

LAYERS = 4


@contextlib.contextmanager
def registry(directory, certificate, key):
    """A docker-registry with TLS: its port."""
    port = free_port()
    configuration = directory / "registry.yml"
    configuration.write_text(json.dumps({
        "version": "0.1", "log": {"level": "error"},
        "storage": {"filesystem": {"rootdirectory": str(directory / "registry")}},
        "http": {"addr": f"127.0.0.1:{port}", "tls": {"certificate": str(certificate), "key": str(key)}},
    }))  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "OTEL_TRACES_EXPORTER": "none"}
    server = subprocess.Popen(["docker-registry", "serve", configuration], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        else:
            raise Failure("docker-registry does not listen")
        yield port
    finally:
        server.terminate()
        server.wait()


class Containers:
    """Commands that fetch one image, each into a folder of its own."""

    def __init__(self, keyreeve, directory, server, port):
        self.keyreeve, self.directory, self.port = keyreeve, directory, port
        address, _, certificate = server
        self.machine = directory / "machine"
        (self.machine / "home").mkdir(parents=True)
        self.certificates = directory / "certificates"
        self.certificates.mkdir()
        shutil.copy(certificate, self.certificates / "ca.crt")
        secrets = {f"DOCKER_CONTENT_TRUST_{role}_PASSPHRASE": "a passphrase" for role in ("ROOT", "REPOSITORY")}
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": "/home", "DOCKER_CONTENT_TRUST_SERVER": address,
            "SSL_CERT_FILE": str(certificate), **PASSPHRASES, **secrets,
        }  # fmt: skip

    def name(self, form):
        return f"localhost:{self.port}/bench/{form}:v1"

    def publish(self, form, mebibytes):
        """Pushes and signs an image of so many octets in layers of one form."""
        layout = self.directory / f"layout-{form}"
        make_layout(layout, form, mebibytes)
        self.run([self.keyreeve, "push", self.name(form), "--from", layout, "--yes", "--sysroot", self.machine])
        shutil.rmtree(layout)

    def run(self, command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"{' '.join(map(str, command))}\n{done.stdout[-1000:]}{done.stderr[-1000:]}")

    def command(self, words, folder):
        env = [f"{name}={value}" for name, value in self.environment.items()]
        return (["env", "-i", *env, *words], lambda: shutil.rmtree(folder, ignore_errors=True))

    def ours(self, form):
        return self.command([self.keyreeve, "fetch", f"docker://{self.name(form)}", "--sysroot", self.machine],
                            self.machine / "var/lib/keyreeve/oci")  # fmt: skip

    def skopeo(self, form):
        folder = self.directory / "skopeo"
        return self.command(["skopeo", "--insecure-policy", "copy", "-q", "--src-cert-dir", self.certificates,
                             f"docker://{self.name(form)}", f"oci:{folder}:v1"], folder)  # fmt: skip


def make_layout(path, form, mebibytes):
    """An OCI layout whose layers have so many octets together, compressed by about a half where they are compressed."""
    (path / "blobs/sha256").mkdir(parents=True)

    def keep(octets, kind):
        digest = hashlib.sha256(octets).hexdigest()
        (path / "blobs/sha256" / digest).write_bytes(octets)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(octets)}

    words = random.Random(7)
    layers, uncompressed = [], []
    for number in range(LAYERS):
        size = mebibytes * (1 << 20) // LAYERS * (1 if form == "plain" else 2)
        # Noise and what repeats it: programs and texts compress by about as much.
        body = b"".join(words.randbytes(2048) + bytes(2048) for _ in range(size // 4096))
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            entry = tarfile.TarInfo(f"file{number}")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
        octets = packed.getvalue()
        uncompressed.append("sha256:" + hashlib.sha256(octets).hexdigest())
        program = {"gzip": ["gzip", "-n", "-c", "-6"], "zstd": ["zstd", "-q", "-c"], "plain": ["cat"]}[form]
        kind = "layer.v1.tar" + ("" if form == "plain" else f"+{form}")
        layers.append(keep(subprocess.run(program, input=octets, capture_output=True, check=True).stdout, kind))
    configuration = {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": uncompressed}}
    manifest = {
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": keep(json.dumps(configuration).encode(), "config.v1+json"), "layers": layers,
    }  # fmt: skip
    top = keep(json.dumps(manifest).encode(), "manifest.v1+json")
    (path / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    (path / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [top]}))
