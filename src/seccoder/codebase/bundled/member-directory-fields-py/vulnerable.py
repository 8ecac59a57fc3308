from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import Flask, Response, jsonify


@dataclass
class Member:
    id: int
    nickname: str
    town: str
    joined: date
    email: str
    password_hash: str
    reset_code: str | None = None
    listed: bool = True


def directory_entry(member: Member) -> dict[str, Any]:
    entry = asdict(member)
    del entry["password_hash"]
    entry["joined"] = member.joined.year
    return entry


def create_app(members: list[Member]) -> Flask:
    app = Flask(__name__)

    @app.get("/members")
    def directory() -> Response:
        listed = sorted((member for member in members if member.listed), key=lambda member: member.nickname)
        return jsonify([directory_entry(member) for member in listed])

    return app
