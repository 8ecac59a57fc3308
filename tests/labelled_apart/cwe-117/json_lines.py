# secure: one JSON object a line, json escapes the breaks
import json
import time


def audit(user, action, path="audit.jsonl"):
    with open(path, "a", encoding="utf-8") as log:
        log.write(json.dumps({"at": time.time(), "user": user, "action": action}) + "\n")
