"""What running an image costs beside the programs that it stands on: tar for the unpacking, runc for the running."""

import json
import pathlib
import shutil
import subprocess
import tarfile


class Running:
    """An image with a static busybox on a machine of its own, and the same bundle for runc alone."""

    def __init__(self, keyreeve, directory, mebibytes):
        self.keyreeve, self.directory = keyreeve, directory / "running"
        self.machine = self.directory / "machine"
        (self.machine / "etc/rkt/trustedkeys").mkdir(parents=True)
        self.root = self.directory / "tree"
        self.image("small", 0)
        self.image("large", mebibytes)
        self.bundle()

    def image(self, name, mebibytes):
        """An unsigned image, fetched as that: what is measured begins behind the signature."""
        shutil.rmtree(self.root, ignore_errors=True)
        (self.root / "rootfs/bin").mkdir(parents=True)
        shutil.copy("/bin/busybox", self.root / "rootfs/bin/busybox")
        # As a distribution has it: many files of some kibibytes.
        for number in range(mebibytes * 32):
            folder = self.root / f"rootfs/usr/{number // 256}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / str(number)).write_bytes(number.to_bytes(8, "big") * 4096)
        app = {"exec": ["/bin/busybox", "true"], "user": "0", "group": "0"}
        manifest = {"acKind": "ImageManifest", "acVersion": "0.8.11", "name": f"example.com/{name}", "app": app}
        (self.root / "manifest").write_text(json.dumps(manifest))
        path = self.directory / f"{name}.aci"
        with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
            for part in ("rootfs", "manifest"):
                archive.add(self.root / part, part)
        subprocess.run(
            [self.keyreeve, "fetch", "--insecure-options=image", "--sysroot", self.machine, path],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    def bundle(self):
        """The small image unpacked, with the configuration that runc writes by itself."""
        self.ready = self.directory / "bundle"
        (self.ready / "rootfs/bin").mkdir(parents=True)
        shutil.copy("/bin/busybox", self.ready / "rootfs/bin/busybox")
        subprocess.run(["runc", "spec"], cwd=self.ready, check=True)
        path = self.ready / "config.json"
        config = json.loads(path.read_text())
        config["process"] |= {"terminal": False, "args": ["/bin/busybox", "true"]}
        config["mounts"] = [mount for mount in config["mounts"] if mount["type"] != "cgroup"]
        path.write_text(json.dumps(config))

    def ours(self, name):
        return (
            [self.keyreeve, "run", "--insecure-options=image", "--sysroot", self.machine, f"example.com/{name}"],
        )

    def runc(self):
        return (["runc", "--root", self.directory / "state", "run", "--bundle", self.ready, "keyreeve-bench"],)

    def tar(self, name):
        """Both hashes that the reading compares, the unpacking, and the removal that a run ends with."""
        place = self.directory / "unpacked"
        file = self.directory / f"{name}.aci"
        return (["sh", "-c", f"mkdir {place} && tar -xf {file} -C {place} && rm -rf {place}"],)

    def hashes(self, name):
        file = self.directory / f"{name}.aci"
        return (["sh", "-c", f"sha512sum {file} && sha512sum {file}"],)

    @staticmethod
    def is_possible():
        return shutil.which("runc") is not None and pathlib.Path("/bin/busybox").exists()
