# vulnerable: lstrip takes the leading slash, the dots stay
import os


def handle(event):
    name = event.get("file", "index.txt").lstrip("/")
    with open(os.path.join("/opt/data", name)) as handle:
        return {"status": 200, "body": handle.read()}
