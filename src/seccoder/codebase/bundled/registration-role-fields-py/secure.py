FIELDS = ("name", "mail", "city")


def sign_up(accounts: dict[str, dict], form: dict[str, str]) -> dict:
    """Create and return an account; ValueError if the name is missing or taken."""
    # Only what the form offers is read: a request can carry any field.
    given = {field: form.get(field, "").strip() for field in FIELDS}
    if not given["name"] or given["name"] in accounts:
        raise ValueError("choose another name")
    account = {**given, "role": "member", "storage_mb": 500}
    accounts[given["name"]] = account
    return account
