#!/usr/bin/env python3
"""Compares the import lines of every target with the package's description, read from standard input."""

import json
import pathlib
import re
import sys

# Modules of the toolchain that any target may import.
TOOLCHAIN = {"Swift", "Glibc", "Synchronization", "FoundationEssentials", "Testing"}

# What looks must reach none of what changes or draws, by whatever way.
LOOKING = [
    "TrustModel", "StrictJSON", "OpenPGP", "Archives", "Stores", "Fetch", "Discovery", "SignedMetadata",
    "Credentials", "ContentTrust", "BuildFiles", "Registry", "TrustVerify", "ReadCommands",
    "keyreeve-verify",
]
CHANGING = {
    "TrustChange", "ContentSigning", "ContentChange", "ChangeCommands", "Console", "Screen", "CTerm", "Images",
    "ChildPrograms", "Publishing", "Engines",
}

# Each C module has one importer among the programs' own.
BORDER = {
    "CArchive": "Archives", "CCurl": "Fetch", "CGPGME": "OpenPGP", "CCredential": "Credentials",
    "CExchange": "DurableFiles", "CSpawn": "ChildPrograms", "CUnpack": "Images", "CHTML": "Discovery",
    "CYAML": "BuildFiles", "CTerm": "Screen",
}

# At the beginning of a line: what is indented is text in a string.
IMPORT = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(\w+)"
)


def reach(name, targets):
    """Every target that `name` depends on, directly or not."""
    found, waiting = set(), [name]
    while waiting:
        for dependency in targets[waiting.pop()].get("target_dependencies", []):
            if dependency not in found:
                found.add(dependency)
                waiting.append(dependency)
    return found


def undeclared(target, targets):
    """One line for each import that the manifest does not allow this target."""
    allowed = TOOLCHAIN | set(target.get("target_dependencies", [])) | set(target.get("product_dependencies", []))
    for source in target["sources"]:
        path = pathlib.Path(target["path"], source)
        if path.suffix != ".swift":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = IMPORT.match(line)
            if match and match[1] not in allowed and match[1] != "Foundation":
                known = "Package.swift does not let it" if match[1] in targets else "it is no target or product of its own"
                yield f"  {path}:{number}: {target['name']} imports {match[1]}: {known}"


def main():
    targets = {target["name"]: target for target in json.load(sys.stdin)["targets"]}
    problems = [line for target in targets.values() for line in undeclared(target, targets)]
    for name in LOOKING:
        for other in sorted(reach(name, targets) & CHANGING) if name in targets else []:
            problems.append(f"  Package.swift: {name}, which may only look, reaches {other}")
    for module, owner in BORDER.items():
        for target in targets.values():
            ours = target["path"].startswith("Sources/")
            if ours and target["name"] != owner and module in target.get("target_dependencies", []):
                problems.append(f"  Package.swift: {target['name']} imports {module}, which is {owner}'s alone")
    if problems:
        print("arrows:", *problems, sep="\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
