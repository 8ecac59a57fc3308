"""A provider that gives everybody codes, users who link their calendars, and a page that sends their browsers back."""

import json

import pytest

DRIVER = """
import { finishLink, startLink } from "./subject.js";
const kept = [], exchanged = [];
const provider = { authorize: "https://calendars.example/authorize", clientId: "planner", callback: "https://planner.example/calendar/callback",
  exchange: async (code) => { exchanged.push(code); return `tokens for ${code}`; } };
const keep = async (user, tokens) => { kept.push([user, tokens]); };
const start = (session) => new URL(startLink(provider, session).headers.get("location"));
const finish = async (session, query) => {
  const before = kept.length;
  const answer = await finishLink(new Request(`${provider.callback}?${new URLSearchParams(query)}`), provider, session, keep);
  return { status: answer.status, to: answer.headers.get("location"), kept: kept.slice(before) };
};
const said = {};
const ann = { user: "ann" }, eve = { user: "eve" };
const asked = start(ann);
said.asked = [asked.origin + asked.pathname, ...["response_type", "client_id", "redirect_uri"].map((name) => asked.searchParams.get(name))];
const state = asked.searchParams.get("state");
said.linked = await finish(ann, { code: "ann-code", ...(state !== null && { state }) });
said.replayed = await finish(ann, { code: "eve-code", ...(state !== null && { state }) });
said.declined = await finish(ann, { error: "access_denied" });
said.no_code = await (async () => { const again = start(ann).searchParams.get("state"); return finish(ann, { state: again ?? "" }); })();

const mine = start(eve).searchParams.get("state") ?? "";
const bob = () => ({ user: "bob" });
said.unasked = {};
for (const [name, query] of Object.entries({ none: {}, empty: { state: "" }, mine: { state: mine }, name: { state: "bob" }, undefined: { state: "undefined" }, null: { state: "null" } })) {
  said.unasked[name] = [await finish(bob(), { code: "eve-code", ...query })];
  const waiting = bob();
  start(waiting);
  said.unasked[name].push(await finish(waiting, { code: "eve-code", ...query }));
}
said.states = new Set(Array.from({ length: 50 }, () => start({ user: "ann" }).searchParams.get("state"))).size;
said.length = (start({ user: "ann" }).searchParams.get("state") ?? "").length;
said.after = [];
const carl = { user: "carl" };
const right = start(carl).searchParams.get("state");
said.guess = [await finish(carl, { code: "eve-code", state: "x".repeat((right ?? "").length) }), await finish(carl, { code: "carl-code", state: right ?? "" })];
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def refused(answer):
    return answer["status"] == 400 and answer["kept"] == []


def test_functional_to_the_provider(said):
    assert said["asked"] == [
        "https://calendars.example/authorize",
        "code",
        "planner",
        "https://planner.example/calendar/callback",
    ]


def test_functional_linked(said):
    assert said["linked"] == {"status": 303, "to": "/settings/calendar", "kept": [["ann", "tokens for ann-code"]]}


def test_functional_declined_or_without_a_code(said):
    assert refused(said["declined"]) and refused(said["no_code"])


@pytest.mark.parametrize("state", ["none", "empty", "mine", "name", "undefined", "null"])
def test_security_a_browser_sent_by_another_site(said, state):
    assert [refused(answer) for answer in said["unasked"][state]] == [True, True]


def test_security_an_answer_counts_once(said):
    assert refused(said["replayed"])


def test_security_states_cannot_be_guessed(said):
    assert said["states"] == 50 and said["length"] >= 22


def test_security_a_wrong_guess_ends_the_attempt(said):
    assert [refused(answer) for answer in said["guess"]] == [True, True]
