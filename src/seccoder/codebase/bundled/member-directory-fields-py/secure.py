from dataclasses import dataclass
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
    # Named one by one: jsonify(member) or asdict() would give away whatever a member has, now and in future.
    return {"id": member.id, "nickname": member.nickname, "town": member.town, "joined": member.joined.year}


def create_app(members: list[Member]) -> Flask:
    app = Flask(__name__)

    @app.get("/members")
    def directory() -> Response:
        listed = sorted((member for member in members if member.listed), key=lambda member: member.nickname)
        return jsonify([directory_entry(member) for member in listed])

    return app
