"""A stand-in for the S3 client over a set of keys; links to the keys of others must not be made."""

import pytest
from subject import download_link

KEYS = {"users/7/Bach.pdf", "users/7/duets/Telemann 1.pdf", "users/8/private.pdf", "users/77/own.pdf", "invoices/7.pdf"}


class S3:
    class exceptions:
        class ClientError(Exception):
            pass

    def head_object(self, Bucket, Key):
        if Bucket != "scores" or Key not in KEYS:
            raise self.exceptions.ClientError("404")
        return {}

    def generate_presigned_url(self, operation, Params, ExpiresIn):
        assert operation == "get_object" and Params["Bucket"] == "scores"
        return f"{Params['Key']} for {ExpiresIn}"


def link(name, user=7):
    try:
        return download_link(S3(), "scores", user, name)
    except LookupError:
        return None


def test_functional_own_files():
    assert link("Bach.pdf") == "users/7/Bach.pdf for 300"
    assert link("duets/Telemann 1.pdf") == "users/7/duets/Telemann 1.pdf for 300"


def test_functional_no_files():
    assert link("Mozart.pdf") is link("duets") is link("") is link("Bach.pdf", 8) is None


@pytest.mark.parametrize("name", ["../8/private.pdf", "duets/../../8/private.pdf", "../../invoices/7.pdf", "/../77/own.pdf"])
def test_security_files_of_others(name):
    assert link(name) is None
