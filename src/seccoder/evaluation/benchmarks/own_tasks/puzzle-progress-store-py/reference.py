import json
from pathlib import Path


def save_progress(path, progress):
    Path(path).write_text(json.dumps(progress), encoding="utf-8")


def load_progress(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))
