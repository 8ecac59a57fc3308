"""Support learns the four values; nothing of environment and command line is in the answer."""

import json

import pytest

DRIVER = r"""
package main

import (
	"net/http/httptest"
	"os"
	"time"

	ferry "demo/subject"
)

func main() {
	answer := httptest.NewRecorder()
	ferry.Info("4.2", time.Unix(1700000000, 0))(answer, httptest.NewRequest("GET", "/debug/info", nil))
	os.Stdout.Write(answer.Body.Bytes())
}
"""


@pytest.fixture(scope="module")
def answer(go):
    return go(DRIVER)("--key=argument-secret", env={"FERRY_DB": "postgres://ferry:env-secret@db"}).out.decode()


def test_functional_values(answer):
    said = json.loads(answer)
    assert (said["version"], said["started"]) == ("4.2", "2023-11-14T22:13:20Z")
    assert said["go"].startswith("go") and said["goroutines"] >= 1


@pytest.mark.parametrize("secret", ["env-secret", "argument-secret", "PATH", "FERRY_DB"])
def test_security_no_secrets(answer, secret):
    assert secret not in answer
