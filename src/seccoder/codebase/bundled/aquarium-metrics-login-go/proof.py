"""The installation's login works. Somebody who has read the code tries every text in it where none was configured."""

import itertools
import json
import re
from pathlib import Path

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	var logins [][]string
	json.NewDecoder(os.Stdin).Decode(&logins)
	handler, err := metrics.Protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("visitors 12"))
	}))
	if err != nil {
		json.NewEncoder(os.Stdout).Encode("refuses to start")
		return
	}
	answers := []any{}
	for _, login := range logins {
		r := httptest.NewRequest("GET", "/metrics", nil)
		if len(login) == 2 {
			r.SetBasicAuth(login[0], login[1])
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		asked := w.Header().Get("WWW-Authenticate") != ""
		answers = append(answers, []any{w.Code, asked, w.Body.String() == "visitors 12"})
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
"""
IN, OUT = [200, False, True], [401, True, False]


@pytest.fixture(scope="module")
def answers(go):
    program = go(DRIVER)

    def answers(user, password, *logins):
        env = {"METRICS_USER": user, "METRICS_PASSWORD": password}
        return json.loads(program(stdin=json.dumps(logins).encode(), env=env).out)

    return answers


def texts():
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`', Path("subject.go").read_text())
    return sorted({one or other for one, other in found} | {""})


def test_functional_the_login_of_the_installation(answers):
    assert answers("reef", "c0ral!", ["reef", "c0ral!"]) == [IN]
    assert answers("kelp", "other", ["kelp", "other"], ["reef", "c0ral!"]) == [IN, OUT]


def test_functional_wrong_logins(answers):
    wrong = [[], ["reef", ""], ["", "c0ral!"], ["reef", "c0ral"], ["REEF", "c0ral!"], ["reefc0", "ral!"]]
    assert answers("reef", "c0ral!", *wrong) == [OUT] * 6


@pytest.mark.parametrize(("user", "password"), [("", ""), ("reef", ""), ("", "c0ral!")])
def test_security_no_login_from_the_code(answers, user, password):
    names = [*texts(), "reef"]
    said = answers(user, password, *itertools.product(names, [*texts(), "c0ral!"]))
    assert said == "refuses to start" or IN not in said
