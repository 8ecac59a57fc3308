import json


def save_progress(path, progress):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(progress, file)


def load_progress(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
