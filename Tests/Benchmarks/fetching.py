"""Fetching beside what cannot be avoided: a copy that is on the disk, and the hash over it."""

import contextlib
import functools
import http.server
import multiprocessing
import os
import shutil
import ssl
import subprocess


class Files(http.server.SimpleHTTPRequestHandler):
    """The files of a directory, in large pieces."""

    protocol_version = "HTTP/1.1"

    def copyfile(self, source, outputfile):
        shutil.copyfileobj(source, outputfile, 1 << 20)

    def log_message(self, format, *args):
        pass


def serve(directory, certificate, ready):
    """Serves the directory over https on a port of its own, which it tells through `ready`."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Files, directory=str(directory)))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    ready.send(server.server_port)
    server.serve_forever()


@contextlib.contextmanager
def site(directory):
    """An https server in a process of its own: its port, and the file of its certificate."""
    certificate = directory / "site.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", directory / "site.key", "-out", certificate],
        check=True, capture_output=True)  # fmt: skip
    both = directory / "site-both.pem"
    both.write_bytes((directory / "site.key").read_bytes() + certificate.read_bytes())
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(directory, both, theirs), daemon=True)
    server.start()
    try:
        yield ours.recv(), certificate
    finally:
        server.terminate()
        server.join()


class Fetching:
    """Commands that fetch, over one directory of inputs."""

    def __init__(self, keyreeve, directory, port, certificate):
        self.keyreeve, self.directory = keyreeve, directory
        self.base = f"https://localhost:{port}"
        self.certificate = certificate
        os.environ["SSL_CERT_FILE"] = str(certificate)
        self.machine = directory / "one"

    def forget(self):
        """Empties the store."""
        shutil.rmtree(self.machine / "var", ignore_errors=True)
        for entry in self.machine.glob("**/keyreeve/images"):
            shutil.rmtree(entry)

    def fetch(self, source):
        return [self.keyreeve, "fetch", source, "--sysroot", self.machine]

    def file(self, image):
        return (self.fetch(self.directory / f"{image}.aci"), self.forget)

    def https(self, image):
        return (self.fetch(f"{self.base}/{image}.aci"), self.forget)

    def again(self, image):
        return (self.fetch(f"{self.base}/{image}.aci"),)

    def unavoidable(self, get, image):
        """Brings the image to the disk and hashes it; for a packed one, what it unpacks to as well."""
        inflate = " && gzip -dc copy | sha512sum" if image == "gzip" else ""
        return (["sh", "-ec", f"{get} && sync copy && sha512sum copy{inflate}"], self.remove)

    def copy(self, image):
        return self.unavoidable(f"cp {image}.aci copy", image)

    def curl(self, image):
        return self.unavoidable(f"curl -sS --cacert '{self.certificate}' -o copy {self.base}/{image}.aci", image)

    def remove(self):
        (self.directory / "copy").unlink(missing_ok=True)

    def at_once(self, image, count):
        """So many fetches of one image, all begun together."""
        one = " ".join(f"'{word}'" for word in self.fetch(f"{self.base}/{image}.aci"))
        return (["sh", "-c", f"for i in $(seq {count}); do {one} & done; wait"], self.forget)
