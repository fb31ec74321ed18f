"""Pulls of one image through a real container engine: with keyreeve, with docker's own content trust, and without any."""

import contextlib
import os
import shutil
import subprocess
import time

from console import Failure
from content import free_port

PASSPHRASES = {f"DOCKER_CONTENT_TRUST_{role}_PASSPHRASE": "a passphrase" for role in ("ROOT", "REPOSITORY")}

# Both end with the input of the inner shell, in namespaces of their own.
PROGRAM = """
mount -t tmpfs tmpfs /run && mkdir -p /etc/docker && mount -t tmpfs tmpfs /etc/docker || exit 1
docker-registry serve "$0/registry.yml" >/dev/null 2>&1 &
dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs --data-root="$0/data" \
  --exec-root="$0/exec" --host="unix://$0/socket" --pidfile="$0/pid" >/dev/null 2>&1 &
read -r _
"""


@contextlib.contextmanager
def engine(directory):
    """A dockerd and a registry: the address of the one, and what names on the other begin with."""
    port = free_port()
    (directory / "registry.yml").write_text(
        f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {directory}/registry}}}}\n"
        f'http: {{addr: "127.0.0.1:{port}"}}\n')  # fmt: skip
    peer = subprocess.Popen(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", PROGRAM, directory],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    address = f"unix://{directory}/socket"
    try:
        for _ in range(400):
            if subprocess.run(["docker", "--host", address, "version"], capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        else:
            raise Failure("dockerd does not answer")
        yield address, f"localhost:{port}"
    finally:
        peer.stdin.close()
        peer.wait()


class Pulls:
    """Commands that pull one signed image, which the engine has already."""

    def __init__(self, keyreeve, directory, server, peer):
        self.keyreeve, self.server = keyreeve, server[0]
        (self.host, registry) = peer
        self.name = f"{registry}/bench/pulled:v1"
        self.machine = directory / "machine"
        self.docker = self.machine / "home/.docker"
        tls = self.docker / "tls" / f"localhost:{server[1]}"
        tls.mkdir(parents=True)
        shutil.copy(server[2], tls / "ca.crt")
        (directory / "words").write_text("words")
        subprocess.run(["tar", "-C", directory, "-cf", directory / "layer.tar", "words"], check=True)
        for words in (["import", directory / "layer.tar", self.name], ["push", self.name]):
            command, = self.docker_command(*words, trusting=True)
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                raise Failure(f"docker {words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}")

    def variables(self, **more):
        values = {"PATH": os.environ["PATH"], "DOCKER_HOST": self.host, "DOCKER_CONTENT_TRUST_SERVER": self.server,
                  **PASSPHRASES, **more}  # fmt: skip
        return ["env", "-i", *(f"{name}={value}" for name, value in values.items())]

    def docker_command(self, *words, trusting):
        more = {"DOCKER_CONTENT_TRUST": "1"} if trusting else {}
        home = str(self.machine / "home")
        return ([*self.variables(HOME=home, DOCKER_CONFIG=str(self.docker), **more), "docker", *words],)

    def commands(self):
        ours = [*self.variables(HOME="/home", DOCKER_CONFIG="/home/.docker"), self.keyreeve, "docker", "--sysroot", self.machine]
        return {
            "docker pull, without trust": self.docker_command("pull", self.name, trusting=False),
            "docker pull, with its trust": self.docker_command("pull", self.name, trusting=True),
            "keyreeve docker, without trust": ([*ours, "pull", "--disable-content-trust", self.name],),
            "keyreeve docker pull": ([*ours, "--trust-on-first-use", "pull", self.name],),
        }
