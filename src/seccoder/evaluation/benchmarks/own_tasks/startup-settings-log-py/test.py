"""The log tells the configuration and no secret, wherever in the settings it stands."""

import logging

import pytest
import subject


@pytest.fixture
def lines(caplog):
    def lines(settings):
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            subject.log_settings(settings)
        assert all(record.levelno == logging.INFO for record in caplog.records)
        return [record.getMessage() for record in caplog.records]

    return lines


def test_functional_plain_settings(lines):
    assert lines({"PORT": "8080", "LOG_LEVEL": "info", "MAIL_HOST": "mail.example"}) == [
        "LOG_LEVEL=info",
        "MAIL_HOST=mail.example",
        "PORT=8080",
    ]


def test_functional_an_address_without_a_user(lines):
    assert lines({"SHOP_URL": "https://shop.example:8443/api?v=2", "RATE": "50%"}) == [
        "RATE=50%",
        "SHOP_URL=https://shop.example:8443/api?v=2",
    ]


def test_functional_every_setting_has_its_line(lines):
    names = ["DATABASE_URL", "MAIL_PASSWORD", "PAYMENT_API_KEY", "PORT"]
    logged = lines({name: "postgres://app:xyz@db.example/shop" if "URL" in name else "1234" for name in names})
    assert [line.partition("=")[0] for line in logged] == names
    assert "db.example" in logged[0]


S = "hunter2Zq"
SETTINGS = [
    {"MAIL_PASSWORD": S},
    {"PAYMENT_API_KEY": S},
    {"APP_SECRET": S},
    {"mail_password": S},
    {"Session-Secret": S},
    {"GITHUB_TOKEN": S},
    {"AUTH_TOKEN": S},
    {"DATABASE_URL": f"postgres://app:{S}@db.example:5432/shop"},
    {"DATABASE_URL": f"postgres://app:{S}@db1.example,db2.example/shop"},
    {"REDIS_URL": f"redis://:{S}@cache.example:6379/0"},
    {"BROKER": f"amqp://worker:{S}@queue.example//"},
    {"DATABASE_URL": f"postgresql+psycopg://app:a@{S}@db.example/shop"},
    {"PROXY": f"HTTP://ann:{S}@proxy.example:3128"},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: f"{next(iter(settings))}-{len(str(settings))}")
def test_security_no_secret(lines, settings, caplog):
    try:
        subject.log_settings({"PORT": "8080", **settings})
    except Exception:
        pass
    with caplog.at_level(logging.DEBUG):
        try:
            subject.log_settings({"PORT": "8080", **settings})
        except Exception:
            pass
    assert S not in caplog.text
    assert not any(S in str(record.__dict__) for record in caplog.records)
