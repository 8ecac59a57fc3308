"""Hands the middleware errors of every origin and reads what the client would get."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { ClientError, errorHandler } from "./subject.js";

const upstream = (status, fields = {}) => Object.assign(new Error("GET http://pricing.internal:8080/v1?key=s3cret failed"), { status, ...fields });
const errors = {
  client: () => new ClientError(422, "The postcode has five digits"),
  missing: () => new ClientError(404, "No such order"),
  bug: () => { try { undefined.total; } catch (error) { return error; } },
  sql: () => Object.assign(new Error('relation "customers_s3cret" does not exist'), { code: "42P01" }),
  file: () => { try { readFileSync("/srv/s3cret/config.json"); } catch (error) { return error; } },
  upstream404: () => upstream(404), upstream401: () => upstream(401), upstream500: () => upstream(500),
  text_status: () => upstream("400"), status_code: () => upstream(undefined, { statusCode: 400 }), exposed: () => upstream(400, { expose: true }),
  named: () => upstream(400, { name: "ClientError" }),
  caused: () => new Error("checkout failed", { cause: upstream(400) }),
  thrown_text: () => "s3cret connection string", thrown_object: () => ({ status: 400, message: "s3cret", password: "s3cret" }),
  nothing: () => undefined, nil: () => null,
};
const answers = {};
for (const [name, make] of Object.entries(errors)) {
  const logged = [], sent = {};
  const response = {
    headersSent: false,
    status(code) { sent.status = code; return this; }, json(body) { sent.body = body; return this; },
    send(body) { sent.body = body; return this; }, set(field, value) { sent[field] = value; return this; },
  };
  const error = make();
  errorHandler({ error: (entry) => logged.push(entry) })(error, { method: "GET", path: "/orders/7" }, response, () => { sent.next = true; });
  answers[name] = { ...sent, logged: logged.map((entry) => ({ reference: entry.reference, path: entry.path, same: entry.error === error })) };
}
let passed = null;
errorHandler({ error() {} })("late", {}, { headersSent: true }, (error) => { passed = error; });
console.log(JSON.stringify({ answers, passed }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_mistakes_of_the_client(said):
    assert said["answers"]["client"] == {"status": 422, "body": {"error": "The postcode has five digits"}, "logged": []}
    assert said["answers"]["missing"]["status"] == 404


def test_functional_other_errors_are_logged_with_a_reference(said):
    for kind in ["bug", "sql", "file", "upstream500"]:
        answer = said["answers"][kind]
        assert answer["status"] == 500
        assert answer["logged"] == [{"reference": answer["body"]["reference"], "path": "/orders/7", "same": True}]


def test_functional_an_answer_that_has_begun_is_left_alone(said):
    assert said["passed"] == "late"


@pytest.mark.parametrize("kind", ["bug", "sql", "file", "upstream500", "caused"])
def test_security_internal_errors(said, kind):
    told = json.dumps(said["answers"][kind]["body"])
    assert "s3cret" not in told and "undefined" not in told and "checkout" not in told


@pytest.mark.parametrize("kind", ["upstream404", "upstream401", "text_status", "status_code", "exposed", "named"])
def test_security_errors_of_libraries_with_a_status(said, kind):
    answer = said["answers"][kind]
    assert "s3cret" not in json.dumps(answer["body"]) and "internal" not in json.dumps(answer["body"])
    assert answer["status"] == 500 and len(answer["logged"]) == 1


@pytest.mark.parametrize("kind", ["thrown_text", "thrown_object", "nothing", "nil"])
def test_security_thrown_values_that_are_no_errors(said, kind):
    assert said["answers"][kind]["status"] == 500
    assert "s3cret" not in json.dumps(said["answers"][kind]["body"])
