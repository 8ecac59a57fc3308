FIELDS = ("name", "mail", "city")


def sign_up(accounts: dict[str, dict], form: dict[str, str]) -> dict:
    """Create and return an account; ValueError if the name is missing or taken."""
    given = {field: "" for field in FIELDS}
    given.update({field: value.strip() for field, value in form.items()})
    if not given["name"] or given["name"] in accounts:
        raise ValueError("choose another name")
    account = {"role": "member", "storage_mb": 500, **given}
    accounts[given["name"]] = account
    return account
