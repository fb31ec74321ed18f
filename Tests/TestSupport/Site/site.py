#!/usr/bin/env python3
"""A web server for tests that says exactly what it is told to, lies included.

Commands are JSON objects, one a line, from the arguments and then from standard input; each is answered by one line on
standard output: `ok` and fields, or `error` and a text. It ends with its standard input, unless `--stay` is among the
arguments. See TestSite.swift and SiteAnswer.swift for what the members mean.
"""

import json
import os
import pathlib
import socket
import ssl
import struct
import sys
import threading
import time
import zlib


class Site:
    """What is answered where, and what was asked."""

    def __init__(self):
        self.lock = threading.Lock()
        self.answers = {}
        self.requests = []
        self.connections = 0
        self.tree = None

    def connection(self):
        with self.lock:
            self.connections += 1
            return self.connections

    def answer(self, request):
        """The next answer for a request; the last one of a list stays."""
        target, host = request["target"], request["headers"].get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        path = target.split("?")[0]
        with self.lock:
            self.requests.append(request)
            for key in (host + target, name + target, name + path, target, path, "*"):
                waiting = self.answers.get(key)
                if waiting:
                    return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return self.file(path) or {"status": 404, "body": {"hex": b"nothing here\n".hex()}}

    def file(self, path):
        if self.tree is None or "/.." in path:
            return None
        file = pathlib.Path(self.tree + path)
        if file.is_dir():
            file = file / "index.html"
        if not file.is_file():
            return None
        status = file.stat()
        return {
            "body": {"file": str(file)}, "ranges": True, "etag": f"\"{status.st_mtime_ns:x}-{status.st_size:x}\"",
            "headers": [["Content-Type", "text/html" if file.suffix == ".html" else "application/octet-stream"]],
        }


SITE = Site()


class Body:
    """The octets of a body, piece by piece; `length` is None for one without an end."""

    def __init__(self, told):
        self.octets, self.path, self.length = b"", None, 0
        if "hex" in told:
            self.octets = bytes.fromhex(told["hex"])
            self.length = len(self.octets)
        elif "file" in told:
            self.path = told["file"]
            self.length = os.stat(self.path).st_size
        elif "zeros" in told:
            self.length = told["zeros"]
        elif "gzip" in told:
            packer = zlib.compressobj(9, zlib.DEFLATED, 31)
            block = bytes(1 << 20)
            pieces = [packer.compress(block) for _ in range(told["gzip"] >> 20)]
            self.octets = b"".join(pieces) + packer.flush()
            self.length = len(self.octets)
        elif told.get("endless"):
            self.length = None

    def pieces(self, start, end, size):
        if self.path is not None:
            with open(self.path, "rb") as file:
                file.seek(start)
                while start < end:
                    piece = file.read(min(size, end - start))
                    start += len(piece)
                    yield piece
            return
        while end is None or start < end:
            count = size if end is None else min(size, end - start)
            yield self.octets[start : start + count] if self.octets else bytes(count)
            start += count


class Cut(Exception):
    """The connection is to end without a word."""


class Connection:
    """One connection: requests in, answers out."""

    def __init__(self, link, listener):
        self.link, self.listener = link, listener
        self.number = SITE.connection()
        self.rest = b""

    def read_head(self):
        while b"\r\n\r\n" not in self.rest:
            piece = self.link.recv(65536)
            if not piece:
                return None
            self.rest += piece
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        return head.decode("latin-1").split("\r\n")

    def read_request(self):
        lines = self.read_head()
        if lines is None:
            return None
        method, target = lines[0].split(" ")[:2]
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        count = int(headers.get("content-length", 0))
        while len(self.rest) < count:
            piece = self.link.recv(65536)
            if not piece:
                return None
            self.rest += piece
        body, self.rest = self.rest[:count], self.rest[count:]
        certificate = ""
        if isinstance(self.link, ssl.SSLSocket):
            certificate = str((self.link.getpeercert() or {}).get("subject", ""))
        return {
            "connection": self.number, "listener": self.listener["name"], "method": method, "target": target,
            "headers": headers, "certificate": certificate, "body": body.hex(),
        }

    def serve(self):
        while True:
            request = self.read_request()
            if request is None:
                return
            if not self.reply(request, SITE.answer(request)):
                return

    def reply(self, request, answer):
        """Answers; false where the connection ends with it."""
        time.sleep(answer.get("delay", 0))
        authorization, challenge = answer.get("demands", (None, None))
        if authorization != request["headers"].get("authorization") and challenge is not None:
            answer = {"status": 401, "headers": [["WWW-Authenticate", challenge]]}
        if "raw" in answer:
            self.link.sendall(bytes.fromhex(answer["raw"]))
            return answer.get("keep", False)
        body = Body(answer.get("body", {"hex": ""}))
        status, headers, start, end = self.part(request, answer, body)
        framing = answer.get("framing", "length" if end is not None else "chunked")
        if framing == "length":
            headers.append(["Content-Length", str(answer.get("length", end - start))])
        elif framing == "chunked":
            headers.append(["Transfer-Encoding", "chunked"])
        keep = answer.get("keep", framing != "close")
        if not keep:
            headers.append(["Connection", "close"])
        reason = answer.get("reason", "Because")
        lines = [f"HTTP/1.1 {status} {reason}"] + [f"{name}: {value}" for name, value in headers]
        self.send_head(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), answer.get("dripHeaders"))
        if request["method"] == "HEAD" or status in (204, 304):
            return keep
        self.send_body(answer, body, start, end, framing == "chunked")
        return keep

    def send_head(self, head, pause):
        if pause is None:
            self.link.sendall(head)
            return
        for octet in head:
            self.link.sendall(bytes([octet]))
            time.sleep(pause)

    def part(self, request, answer, body):
        """Status, headers, and which octets of the body are sent."""
        headers = [list(pair) for pair in answer.get("headers", [])]
        for name, member in (("ETag", "etag"), ("Last-Modified", "lastModified")):
            if member in answer:
                headers.append([name, answer[member]])
        wanted = request["headers"].get("range")
        if not answer.get("ranges") or wanted is None:
            return answer.get("status", 200), headers, 0, body.length
        condition = request["headers"].get("if-range")
        if condition is not None and condition not in (answer.get("etag"), answer.get("lastModified")):
            return 200, headers, 0, body.length
        first, last = wanted.removeprefix("bytes=").split("-")
        start, end = int(first), min(int(last) + 1, body.length) if last else body.length
        if start >= body.length:
            return 416, headers + [["Content-Range", f"bytes */{body.length}"]], 0, 0
        said = answer.get("contentRange", f"bytes {start}-{end - 1}/{body.length}")
        return 206, headers + ([["Content-Range", said]] if said else []), start, end

    def send_body(self, answer, body, start, end, chunked):
        size, pause = answer.get("drip", (65536, 0))
        sent, stall, cut = 0, answer.get("stallAfter"), answer.get("cutAfter")
        for piece in body.pieces(start, end, size):
            for limit in (stall, cut):
                if limit is not None:
                    piece = piece[: limit - sent] if limit - sent < len(piece) else piece
            self.link.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" if chunked and piece else piece)
            sent += len(piece)
            if stall is not None and sent >= stall:
                time.sleep(3600)
            if cut is not None and sent >= cut:
                raise Cut
            time.sleep(pause)
        if chunked:
            self.link.sendall(b"0\r\n" + "".join(f"{n}: {v}\r\n" for n, v in answer.get("trailers", [])).encode() + b"\r\n")
        self.link.sendall(bytes.fromhex(answer.get("excess", "")))


class ProxyConnection(Connection):
    """A proxy that leads every name to this machine."""

    def serve(self):
        request = self.read_request()
        if request is None:
            return
        if request["method"] != "CONNECT":
            rest = request["target"].split("://", 1)[1]
            request["target"] = "/" + rest.split("/", 1)[1]
            self.reply(request, SITE.answer(request))
            return
        with SITE.lock:
            SITE.requests.append(request)
        if self.listener.get("refuses"):
            self.link.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
            return
        port = self.listener.get("leadsTo") or int(request["target"].rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as other:
            self.link.sendall(b"HTTP/1.1 200 Go\r\n\r\n")
            threading.Thread(target=pump, args=(other, self.link), daemon=True).start()
            pump(self.link, other)


def pump(source, sink):
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def end(link):
    """Closes without a farewell, so that nothing looks like a proper end."""
    try:
        if isinstance(link, ssl.SSLSocket):
            link = socket.socket(fileno=link.detach())
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 0, 0))
        link.close()
    except OSError:
        pass


def leave(link):
    """Closes once the other side has, so that what was said last (an alert) is not lost."""
    try:
        link = socket.socket(fileno=link.detach())
        link.shutdown(socket.SHUT_WR)
        link.settimeout(2)
        while link.recv(65536):
            pass
    except OSError:
        pass
    link.close()


def talk(link, listener, context):
    try:
        if listener.get("silent"):
            time.sleep(3600)
        if context is not None:
            link = context.wrap_socket(link, server_side=True, do_handshake_on_connect=False)
            link.do_handshake()
        (ProxyConnection if listener["kind"] == "proxy" else Connection)(link, listener).serve()
        if isinstance(link, ssl.SSLSocket):
            link = link.unwrap()
        link.shutdown(socket.SHUT_RDWR)
        link.close()
    except Cut:
        end(link)
    except (OSError, ValueError):
        leave(link)


def tls(listener):
    if "certificate" not in listener:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # So that weak certificates and old versions can be offered.
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    if listener.get("oldest"):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.load_cert_chain(listener["certificate"], listener["key"])
    if "clients" in listener:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(listener["clients"])
    return context


def listen(listener):
    """Opens a listener and gives its port."""
    context = tls(listener)
    if "socket" in listener:
        server = socket.socket(socket.AF_UNIX)
        server.bind(listener["socket"])
        port = 0
    else:
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", listener.get("port", 0)))
        port = server.getsockname()[1]
    server.listen(128)
    listener["name"] = listener.get("socket", str(port))

    def accept():
        while True:
            link, _ = server.accept()
            if link.family != socket.AF_UNIX:
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=talk, args=(link, listener, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return port


def text(value):
    return value.encode("latin-1", "replace").hex() or "-"


def row(request):
    headers = ",".join(text(name) + "=" + text(value) for name, value in request["headers"].items())
    fields = [
        str(request["connection"]), text(request["listener"]), text(request["method"]), text(request["target"]),
        text(request["certificate"]), request["body"] or "-", headers,
    ]
    return ";".join(fields)


def obey(command):
    """Does what one command says, and gives the fields of the reply."""
    what = command["do"]
    if what == "listen":
        return [str(listen(command))]
    with SITE.lock:
        if what == "answer":
            SITE.answers[command["path"]] = command["answers"]
        elif what == "serve":
            SITE.tree = command["directory"]
        elif what == "forget":
            SITE.requests.clear()
        elif what == "requests":
            return [row(request) for request in SITE.requests]
        else:
            raise ValueError(what)
    return []


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--stay"]
    for command in arguments:
        print("ok", *obey(json.loads(command)), flush=True)
    for line in sys.stdin:
        try:
            print("ok", *obey(json.loads(line)), flush=True)
        except Exception as problem:
            print("error", type(problem).__name__, str(problem).replace("\n", " "), flush=True)
    if "--stay" in sys.argv:
        threading.Event().wait()
    # Connections that are stalled on purpose are not waited for.
    os._exit(0)


if __name__ == "__main__":
    main()
