"""The log says what helps to find a mistake; key and password are not in it, nor in a struct somebody prints."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"

	"demo/subject"
)

func main() {
	database, err := url.Parse("postgres://stars:Betelgeuse7@db.observatory.example:5432/booking")
	if err != nil {
		panic(err)
	}
	config := booking.Config{Address: "127.0.0.1:8082", Database: database, WeatherKey: "wk-93810-cirrus", Domes: 17}
	show := func(config booking.Config) string {
		var lines bytes.Buffer
		config.Log(log.New(&lines, "", 0))
		return lines.String()
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"log":    show(config),
		"empty":  show(booking.Config{Address: ":1"}),
		"use":    string(config.WeatherKey),
		"prints": fmt.Sprintf("%v|%s|%q|%x|%d|%+v|%#v", config.WeatherKey, config.WeatherKey, config.WeatherKey,
			config.WeatherKey, config.WeatherKey, struct{ K booking.Secret }{config.WeatherKey},
			struct{ K booking.Secret }{config.WeatherKey}),
	})
}
"""


@pytest.fixture(scope="module")
def said(go):
    return json.loads(go(DRIVER)().out)


@pytest.mark.parametrize("part", ["127.0.0.1:8082", "db.observatory.example:5432/booking", "stars", "17"])
def test_functional_what_helps_is_logged(said, part):
    assert part in said["log"]


def test_functional_one_line(said):
    assert said["log"].count("\n") == said["empty"].count("\n") == 1 and ":1" in said["empty"]


def test_functional_the_key_can_be_used(said):
    assert said["use"] == "wk-93810-cirrus"


@pytest.mark.parametrize("secret", ["Betelgeuse7", "wk-93810-cirrus", "93810", "cirrus"])
def test_security_secrets_are_not_logged(said, secret):
    assert secret not in said["log"]


@pytest.mark.parametrize("secret", ["cirrus", b"cirrus".hex()])
def test_security_a_key_prints_nothing(said, secret):
    assert secret not in said["prints"]
