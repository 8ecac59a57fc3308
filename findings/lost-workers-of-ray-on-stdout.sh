#!/usr/bin/env bash
# Ray: `ray.init(log_to_driver=False, logging_level="ERROR")` is how a program keeps Ray's lines out of its own output. When
# a task's worker ends and Ray tries the task again, as it should, the driver still gets lines about it, and on stdout, so
# that JSON which a program writes there is no JSON any more. `RAY_DEDUP_LOGS_SKIP_REGEX=^`, set before the import, drops
# them: it is documented for the logs of workers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check ray==2.60.0
cd "$folder"
cat > program.py <<'END'
import json
import os
import time
from pathlib import Path

import ray

place = {"_temp_dir": os.path.abspath("ray")}
ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level="ERROR", **place)


@ray.remote(max_retries=3)
def task(mark):
    if not os.path.exists(mark):
        Path(mark).touch()
        os._exit(1)  # the first time its worker ends, and the task is tried again
    return 1


told = ray.get(task.remote(os.path.abspath(os.environ["MARK"])))
time.sleep(5)  # what is told about the worker comes a little later
print(json.dumps({"told": told, "ray": ray.__version__}))
END
export RAY_USAGE_STATS_ENABLED=0 RAY_AUTH_MODE=token RAY_AUTH_TOKEN=0123456789abcdef0123456789abcdef
plain=$(MARK=one venv/bin/python program.py 2> /dev/null)
skipped=$(MARK=two RAY_DEDUP_LOGS_SKIP_REGEX=^ venv/bin/python program.py 2> /dev/null)
echo "$skipped"
echo "expected: stdout has the program's line and no other"
echo "seen:     $(wc -l <<< "$plain") lines; with RAY_DEDUP_LOGS_SKIP_REGEX=^ $(wc -l <<< "$skipped")"
[ "$(wc -l <<< "$plain")" -gt 1 ] && [ "$(wc -l <<< "$skipped")" -eq 1 ] && grep -q '(raylet)' <<< "$plain" || { echo "Ray changed"; exit 1; }
