#!/usr/bin/env python3
"""Checks the package's layout: imports go one way, files stay small, no Foundation.

The targets of Package.swift stand in the order of the data flow. A source may import only those
targets that its own target lists, and a target may list only those that stand before it.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

MOST_LINES = 500
GENERATED = ".pb.swift"
BANNED = {"Foundation": "use FoundationEssentials or Glibc"}

# Text in which the word import is not a declaration.
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"', re.DOTALL)
IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)\n]*\))?\s+)*"
    r"(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?`?(\w+)",
    re.MULTILINE,
)


def imports(source):
    """The modules that Swift text imports, as pairs of line number and name."""

    def keep_lines(match):
        return "\n" * match.group().count("\n") or " "

    code = NOT_CODE.sub(keep_lines, source)
    return [(code.count("\n", 0, m.start(1)) + 1, m.group(1)) for m in IMPORT.finditer(code)]


def folder(target):
    """Where SwiftPM looks for a target's sources."""
    return target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}"


def listed(target):
    """The names in a target's list of dependencies that may be targets of the same package."""
    entries = [d.get("byName") or d.get("target") for d in target["dependencies"]]
    return [entry[0] for entry in entries if entry]


def check_order(targets):
    """Messages on targets that list a target which stands later, or themselves."""
    order = {target["name"]: position for position, target in enumerate(targets)}
    return [
        f"Package.swift: {target['name']} lists {name}, which does not stand before it"
        for target in targets
        for name in listed(target)
        if order.get(name, -1) >= order[target["name"]]
    ]


def check_imports(root, targets):
    """Messages on the imports of each target's sources."""
    ours = {target["name"] for target in targets}
    found = []
    for target in targets:
        allowed = {target["name"], *listed(target)}
        for path in sorted((root / folder(target)).rglob("*.swift")):
            if path.name.endswith(GENERATED):
                continue
            for line, module in imports(path.read_text(encoding="utf-8")):
                place = f"{path.relative_to(root)}:{line}"
                if module in ours - allowed:
                    found.append(f"{place}: {target['name']} does not list {module}")
                if module in BANNED and target["type"] != "test":
                    found.append(f"{place}: import of {module}; {BANNED[module]}")
    return found


def check_lengths(root):
    """Messages on files under Sources that are too long."""
    found = []
    for path in sorted((root / "Sources").rglob("*")):
        if path.is_file() and not path.name.endswith(GENERATED):
            lines = path.read_bytes().count(b"\n")
            if lines > MOST_LINES:
                found.append(f"{path.relative_to(root)}: {lines} lines, at most {MOST_LINES}")
    return found


def check(root, targets):
    """All messages on the package in the folder `root`."""
    return check_order(targets) + check_imports(root, targets) + check_lengths(root)


def read_targets(root):
    """The targets of the package as SwiftPM understands them, in the manifest's order."""
    command = ["swift", "package", "--package-path", str(root), "dump-package"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["targets"]


def main():
    """Checks this package, or the one in the folder given."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    messages = check(root, read_targets(root))
    for message in messages:
        print(f"error: {message}", file=sys.stderr)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main())
