#!/usr/bin/env python3
"""site.py DIR [PORT]: serves the site of a sandbox machine over https on loopback, until it is ended.

DIR is a machine made by make-sandbox.sh. Its configuration is told the port: etc/keyreeve/sandbox.conf sends the
connections to the two publishers' hosts here, and nowhere else. Prints the port once it listens.
"""

import functools
import http.server
import pathlib
import ssl
import sys
import urllib.parse

HOSTS = ("example.com", "quayside.example")


class Site(http.server.SimpleHTTPRequestHandler):
    """Each host has a directory; every name of a host has the same discovery page."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path):
        host = self.headers.get("Host", "").split(":")[0]
        if host not in HOSTS:
            return super().translate_path("/nowhere")
        parts = urllib.parse.urlsplit(path)
        if parts.query == "ac-discovery=1":
            return super().translate_path(f"/{host}/discovery.html")
        return super().translate_path(f"/{host}{parts.path}")

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, format, *args):
        pass


def configure(machine, port):
    """Tells the machine where its publishers' hosts are."""
    sections = [
        f"[host {host}]\nconnect-to = 127.0.0.1:{port}\nca-bundle = /etc/keyreeve/sandbox-ca.pem\nallow-private = yes\n"
        for host in HOSTS
    ]
    text = "# The publishers of this sandbox are on this machine.\n\n" + "\n".join(sections)
    (machine / "etc/keyreeve/sandbox.conf").write_text(text, encoding="utf-8")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: site.py DIR [PORT]")
    machine = pathlib.Path(sys.argv[1])
    handler = functools.partial(Site, directory=str(machine / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(machine / "site/certificate.pem", machine / "site/key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    configure(machine, server.server_port)
    print(server.server_port, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
