#!/usr/bin/env bash
# semgrep, a program, pins the Model Context Protocol's SDK (`mcp`) to one version of 1.x, so a project whose server needs
# mcp 2 cannot have semgrep in the same environment. One of its own (pipx, uv tool) is the way out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --dest "$folder" semgrep==1.182.0
"$folder/venv/bin/python" - "$folder" <<'END'
import re
import sys
import zipfile
from pathlib import Path

(wheel,) = Path(sys.argv[1]).glob("semgrep-*.whl")
with zipfile.ZipFile(wheel) as archive:
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = archive.read(name).decode()
pins = re.findall(r"^Requires-Dist: (mcp\b.*)$", metadata, re.MULTILINE)
print(f"{wheel.name.split('-py')[0]}; expected: a range that takes mcp 2 in\nseen: {pins}")
assert len(pins) == 1 and re.match(r"mcp==1\.", pins[0]), "the pin changed"
END
