"""Forms with fields that nobody offered must give an ordinary member."""

import pytest
from subject import sign_up


def test_functional_member():
    accounts = {}
    account = sign_up(accounts, {"name": " ann ", "mail": "a@x.example", "city": "Ulm"})
    assert account == {"name": "ann", "mail": "a@x.example", "city": "Ulm", "role": "member", "storage_mb": 500}
    assert accounts == {"ann": account}
    for form in ({"name": "ann"}, {}, {"name": " "}):
        with pytest.raises(ValueError):
            sign_up(accounts, form)


@pytest.mark.parametrize("extra", [{"role": "admin"}, {"storage_mb": "1000000"}, {"verified": "yes"}])
def test_security_fields_nobody_offered(extra):
    account = sign_up({}, {"name": "eve", "mail": "", "city": "", **extra})
    assert (account["role"], account["storage_mb"], account.keys()) == (
        "member",
        500,
        {"name", "mail", "city", "role", "storage_mb"},
    )
