"""Forms nest as their names say; no name changes an object that has nothing to do with the form."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const shared = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Object, Array, Function];
const before = shared.map((each) => Object.getOwnPropertyDescriptors(each));
function restore() {
  shared.forEach((each, number) => {
    for (const name of Object.getOwnPropertyNames(each)) if (!Object.hasOwn(before[number], name)) delete each[name];
    for (const [name, kept] of Object.entries(before[number])) {
      if (kept.writable && each[name] !== kept.value) Object.defineProperty(each, name, kept);
    }
  });
}
function changed() {
  return shared.some((each, number) => {
    const names = Object.getOwnPropertyNames(each);
    return names.length !== Object.getOwnPropertyNames(before[number]).length ||
      names.some((name) => "value" in before[number][name] && each[name] !== before[number][name].value);
  });
}
const answers = [];
for (const body of JSON.parse(readFileSync(0))) {
  let form = null;
  try { form = subject.parseForm(body) ?? null; } catch { form = null; }
  const inherited = form === null || Object.hasOwn(form, "admin") ? null : form.admin ?? null;
  const harmed = changed();
  restore();
  answers.push({ form: JSON.parse(JSON.stringify(form)), inherited, harmed });
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def parse(node):
    program = node(DRIVER)

    def parse(bodies):
        ran = program(stdin=json.dumps(bodies).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return parse


FORMS = {
    "name=Ann&age=30": {"name": "Ann", "age": "30"},
    "address[city]=Bern&address[zip]=3000": {"address": {"city": "Bern", "zip": "3000"}},
    "tags[]=a&tags[]=b": {"tags": ["a", "b"]},
    "a[b][c]=1&a[b][d]=2&a[e]=3": {"a": {"b": {"c": "1", "d": "2"}, "e": "3"}},
    "a[b][]=1&a[b][]=2": {"a": {"b": ["1", "2"]}},
    "x=1&x=2": {"x": "2"},
    "greeting=Hello+W%C3%B6rld%21&empty=": {"greeting": "Hello Wörld!", "empty": ""},
    "address%5Bcity%5D=Bern": {"address": {"city": "Bern"}},
    "": {},
}


def test_functional_forms(parse):
    assert [answer["form"] for answer in parse(list(FORMS))] == list(FORMS.values())


ATTACKS = [
    "__proto__[admin]=1",
    "a[__proto__][admin]=1",
    "a[b]=1&a[b][__proto__][admin]=1",
    "__proto__[__proto__][admin]=1",
    "constructor[prototype][admin]=1",
    "a[constructor][prototype][admin]=1",
    "tags[]=x&tags[__proto__][admin]=1",
    "tags[]=x&tags[constructor][prototype][admin]=1",
    "%5F_proto__%5Badmin%5D=1",
    "a[toString][__proto__][admin]=1",
    "a[toString][constructor][prototype][admin]=1",
    "__proto__[toString]=1",
    "a[__proto__][hasOwnProperty]=1",
    "__proto__[admin][]=1",
    "a[__proto__][admin][]=1",
    "[__proto__][admin]=1",
    "a[][__proto__][admin]=1",
    "__proto__.admin=1",
    "__pro__proto__to__[admin]=1",
    "constructor[admin]=1",
    "a[constructor][admin]=1",
    "a[b][__proto__]=1&a[b][admin]=1",
]


@pytest.mark.parametrize("number", range(len(ATTACKS)), ids=ATTACKS)
def test_security_other_objects_stay_as_they_were(attacked, number):
    answer = attacked[number]
    assert not answer["harmed"] and answer["inherited"] is None


@pytest.fixture(scope="module")
def attacked(parse):
    return parse(ATTACKS)
