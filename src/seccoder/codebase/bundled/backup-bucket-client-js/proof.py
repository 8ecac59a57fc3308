"""With its own credentials an installation uses those; without any it uses nobody's."""

import json

import pytest

DRIVER = r"""
import { bucketConfiguration } from "./subject.js";
let said;
try {
  said = bucketConfiguration(JSON.parse(process.argv[2]));
} catch (error) {
  said = error.message;
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


OWN = {"BACKUP_KEY_ID": "id", "BACKUP_SECRET": "secret"}


def test_functional_own_credentials(run):
    said = run({**OWN, "BACKUP_BUCKET": "north"})
    assert said["credentials"] == {"accessKeyId": "id", "secretAccessKey": "secret"}
    assert (said["region"], said["bucket"]) == ("eu-central-1", "north")


@pytest.mark.parametrize("missing", ["BACKUP_KEY_ID", "BACKUP_SECRET"])
def test_security_nobodys_credentials(run, missing):
    assert run({name: value for name, value in OWN.items() if name != missing}) == f"{missing} is not set"
    assert "not set" in run({})
