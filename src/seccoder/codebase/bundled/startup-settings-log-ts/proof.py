"""Reads the line for what helps support, and for what would let a reader of the log into the services."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { settingsLine } from "./subject.js";
console.log(JSON.stringify(settingsLine(JSON.parse(readFileSync(0)))));
"""


@pytest.fixture(scope="module")
def line(node):
    run = node(DRIVER)

    def line(**env):
        ran = run(stdin=json.dumps(env).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return line


PLAIN = {"NODE_ENV": "production", "PORT": "8080", "LOG_LEVEL": "info"}


def test_functional_settings(line):
    assert line(**PLAIN) == "settings: NODE_ENV=production PORT=8080 LOG_LEVEL=info"
    assert line(PORT="1", OTHER="x", LOG_LEVEL="") == "settings: PORT=1"
    assert line() == "settings: none"


def test_functional_where_the_services_are(line):
    said = line(DATABASE_URL="postgresql://db.example:5433/booking", REDIS_URL="redis://cache.example:6379")
    assert "DATABASE_URL=postgresql://db.example:5433" in said and "REDIS_URL=redis://cache.example:6379" in said


def test_functional_that_keys_are_set(line):
    assert line(STRIPE_KEY="sk_live_1") == "settings: STRIPE_KEY=(set)"
    assert "SESSION_KEYS=" in line(SESSION_KEYS="a,b")


def test_functional_one_line(line):
    assert "\n" not in line(NODE_ENV="production\nsettings: NODE_ENV=test")


SECRETS = [
    ("DATABASE_URL", "postgresql://booking:s3cret@db.example:5433/booking"),
    ("DATABASE_URL", "postgresql://db.example/booking?user=booking&password=s3cret"),
    ("DATABASE_URL", "postgresql://booking:p%40s3cret@db.example/booking"),
    ("DATABASE_URL", "host=db.example user=booking password=s3cret"),
    ("DATABASE_URL", "postgresql://booking:a/b#s3cret@db.example/booking"),
    ("REDIS_URL", "redis://:s3cret@cache.example:6379/0"),
    ("REDIS_URL", "redis://s3cret@cache.example:6379"),
    ("MAIL_URL", "smtps://robot%40booking.example:s3cret@mail.example"),
    ("STRIPE_KEY", "sk_live_s3cret"),
    ("SESSION_KEYS", "s3cret-new,s3cret-old"),
]


@pytest.mark.parametrize(("name", "value"), SECRETS)
def test_security_no_passwords_or_keys(line, name, value):
    said = line(**PLAIN, **{name: value})
    assert "s3cret" not in said and name in said


def test_security_nothing_that_was_not_asked_for(line):
    assert "s3cret" not in line(**PLAIN, SMTP_PASS="s3cret", AWS_SESSION="s3cret")
