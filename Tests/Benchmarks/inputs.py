#!/usr/bin/python3
"""inputs.py DIR KEYS MEBIBYTES: makes in DIR what bench.py measures with.

    few, many       machines that trust 10 and KEYS keys for every image; one: a machine that trusts the signer alone
    signer.gpg      the signer's key for gpgv, which is in each of them
    small.aci, plain.aci, gzip.aci, each with .asc; gzip.aci is plain.aci packed

The keys are written packet by packet (RFC 4880, with Ed25519 as GnuPG writes it), because gpg would take minutes for
ten thousand. Each carries a user id with a valid self-signature, so that whoever judges it has the whole work.
"""

import base64
import hashlib
import io
import json
import pathlib
import random
import struct
import subprocess
import sys
import tarfile
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519, SHA512 = 22, 10
ED25519_OID = bytes.fromhex("092b06010401da470f01")
DETACHED, CERTIFICATION = 0x00, 0x13


def packet(tag, body):
    """A packet of the old format with a two-octet length."""
    return struct.pack(">BH", 0x80 | tag << 2 | 1, len(body)) + body


def mpi(octets):
    """A multiprecision integer."""
    octets = octets.lstrip(b"\0")
    return struct.pack(">H", int.from_bytes(octets, "big").bit_length()) + octets


def subpacket(kind, body):
    """A signature subpacket of less than 192 octets."""
    return struct.pack(">BB", len(body) + 1, kind) + body


def armored(kind, octets):
    """ASCII armour with its checksum."""
    check = 0xB704CE
    for octet in octets:
        check ^= octet << 16
        for _ in range(8):
            check = check << 1 ^ (0x1864CFB if check & 0x800000 else 0)
    lines = base64.encodebytes(octets).decode()  # lines of 76
    checksum = base64.b64encode((check & 0xFFFFFF).to_bytes(3, "big")).decode()
    return f"-----BEGIN PGP {kind}-----\n\n{lines}={checksum}\n-----END PGP {kind}-----\n"


class Key:
    """An Ed25519 key with one self-signed user id."""

    def __init__(self, user_id, created):
        self.secret, self.created = Ed25519PrivateKey.generate(), created
        point = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        body = struct.pack(">BIB", 4, created, ED25519) + ED25519_OID + mpi(b"\x40" + point)
        hashed = b"\x99" + struct.pack(">H", len(body)) + body
        self.fingerprint = hashlib.sha1(hashed).digest()
        name = user_id.encode()
        digest = hashlib.sha512(hashed + b"\xb4" + struct.pack(">I", len(name)) + name)
        flags = subpacket(27, b"\x03") + subpacket(21, bytes([SHA512]))
        self.packets = packet(6, body) + packet(13, name) + self.signature(CERTIFICATION, digest, created, flags)

    def signature(self, kind, digest, created, more=b""):
        """A version 4 signature over what `digest` has read so far."""
        issuer = subpacket(33, b"\x04" + self.fingerprint)
        hashed = subpacket(2, struct.pack(">I", created)) + issuer + more
        head = struct.pack(">BBBBH", 4, kind, ED25519, SHA512, len(hashed)) + hashed
        digest.update(head + b"\x04\xff" + struct.pack(">I", len(head)))
        value = self.secret.sign(digest.digest())
        key_id = subpacket(16, self.fingerprint[-8:])
        tail = struct.pack(">H", len(key_id)) + key_id + digest.digest()[:2] + mpi(value[:32]) + mpi(value[32:])
        return packet(2, head + tail)

    def sign(self, file):
        """Writes FILE.asc."""
        digest = hashlib.sha512()
        with open(file, "rb") as data:
            while block := data.read(1 << 20):
                digest.update(block)
        signature = self.signature(DETACHED, digest, int(time.time()))
        pathlib.Path(f"{file}.asc").write_text(armored("SIGNATURE", signature))

    def store(self, machine):
        """Writes the key among those that the distribution trusts for every image."""
        directory = machine / "usr/lib/rkt/trustedkeys/root.d"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / self.fingerprint.hex()).write_text(armored("PUBLIC KEY BLOCK", self.packets))


class Payload(io.RawIOBase):
    """Octets that compress about as programs do, made while they are read: 20 KiB of noise, 44 KiB of words."""

    def __init__(self):
        self.chance = random.Random(1)
        words = [self.chance.randbytes(self.chance.randint(2, 9)).hex() for _ in range(4000)]
        self.text = " ".join(self.chance.choices(words, k=200_000)).encode()
        self.left = b""

    def read(self, count=-1):
        parts, have = [self.left], len(self.left)
        while have < count:
            start = self.chance.randrange(len(self.text) - 45_056)
            parts += [self.chance.randbytes(20_480), self.text[start : start + 45_056]]
            have += 65_536
        octets = b"".join(parts)
        self.left = octets[count:]
        return octets[:count]


def write_image(file, size):
    """An image of example.com/bench with a payload of `size` octets; the manifest last, as actool has it."""
    manifest = json.dumps({
        "acKind": "ImageManifest", "acVersion": "0.8.11", "name": "example.com/bench",
        "labels": [{"name": "version", "value": "1.0.0"}],
    }).encode()  # fmt: skip
    with tarfile.open(file, "w", format=tarfile.USTAR_FORMAT) as tar:
        directory = tarfile.TarInfo("rootfs")
        directory.type, directory.mode = tarfile.DIRTYPE, 0o755
        tar.addfile(directory)
        for name, octets, length in (("rootfs/data", Payload(), size), ("manifest", io.BytesIO(manifest), len(manifest))):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = length, 0o644
            tar.addfile(entry, octets)


def main():
    directory, count, mebibytes = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    created = int(time.time()) - 86_400
    signer = Key("Bench Signer <signer@bench.example>", created)
    (directory / "signer.gpg").write_bytes(signer.packets)
    for name, others in (("one", 0), ("few", 9), ("many", count - 1)):
        signer.store(directory / name)
        for number in range(others):
            Key(f"Bench Key {number} <key-{number}@bench.example>", created).store(directory / name)

    write_image(directory / "small.aci", 16_384)
    write_image(directory / "plain.aci", mebibytes << 20)
    with open(directory / "gzip.aci", "wb") as packed:
        subprocess.run(["gzip", "-nc", directory / "plain.aci"], stdout=packed, check=True)
    for name in ("small", "plain", "gzip"):
        signer.sign(directory / f"{name}.aci")


if __name__ == "__main__":
    main()
