# secure: JSON into a class of its own, field by field
import json
from dataclasses import dataclass


@dataclass
class Settings:
    name: str
    volume: int


def read_settings(text):
    found = json.loads(text)
    return Settings(str(found["name"]), int(found.get("volume", 3)))
