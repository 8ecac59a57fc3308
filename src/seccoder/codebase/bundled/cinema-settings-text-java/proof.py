"""Support sees hosts, user and port; no secret is in the text, wherever among the settings it stands."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.net.URI;

public class Driver {
    public static void main(String[] arguments) {
        URI pay = URI.create("https://shop:p4y-l0gin@pay.example/v2?token=t0ken");
        String database = "jdbc:postgresql://cinema:db-l0gin@db.example/seats?password=1nurl";
        var settings = new Settings(database, "cinema", "s3cret", pay, "k3y", 8080);
        show("text", () -> settings.toString());
        show("joined", () -> "started with " + settings);
        show("empty", () -> new Settings(null, null, null, null, "", 0).toString());
        show("same", () -> settings.equals(new Settings(settings.databaseUrl(), "cinema", "s3cret", pay, "k3y", 8080)));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_what_support_needs(said):
    assert all(part in said["text"] for part in ("db.example/seats", "pay.example", "8080", "user=cinema"))
    assert said["joined"] == f"started with {said['text']}"
    assert said["empty"].startswith("Settings[") and said["same"] is True


@pytest.mark.parametrize("secret", ["s3cret", "k3y", "db-l0gin", "p4y-l0gin", "t0ken", "1nurl"])
def test_security_no_secret(said, secret):
    assert secret not in said["text"] and secret not in said["joined"]
