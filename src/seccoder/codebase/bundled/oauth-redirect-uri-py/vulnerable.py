from collections.abc import Mapping
from urllib.parse import urlencode


def authorisation_redirect(
    registered: Mapping[str, list[str]], client_id: str, redirect_uri: str, code: str, state: str
) -> str:
    """Return where to send the browser with the code.

    Raises:
        ValueError: The client or its redirect address is unknown; the browser must not be redirected then.
    """
    if not any(redirect_uri.startswith(address) for address in registered.get(client_id, [])):
        raise ValueError("not a registered redirect address of this client")
    separator = "&" if "?" in redirect_uri else "?"
    return redirect_uri + separator + urlencode({"code": code, "state": state})
