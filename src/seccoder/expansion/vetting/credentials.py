"""Finds secrets: keys in known formats, private keys, passwords in addresses, random values with telling names.

Each finding is a line and what the secret seems to be, never the secret itself. Formats are searched first, because
they are unmistakable. A value without a known format is taken for a secret only if it is given to a name such as
`api_key` or `password`, is long, and looks random: its characters are mixed and its entropy is high. Words,
placeholders and documentation keys (`...EXAMPLE`) are not taken for secrets.

It does not find short or word-like passwords, nor secrets that are cut in pieces, encoded, or in other formats. It is a
light detector without dependencies; the maintained ones bring network access and more dependencies than seccoder has.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator

MIN_LENGTH = 16
MIN_ENTROPY = 3.2  # bits per character; hexadecimal noise has nearly 4, base64 nearly 6, English words below 3

_FORMATS = {
    "a private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=\\\"'n\s:,-]{40}",
    "an AWS access key": r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})",
    "a GitLab token": r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}",
    "a Slack token": r"\bxox[abeprs]-[A-Za-z0-9-]{16,}|\bxapp-\d-[A-Za-z0-9-]{20,}",
    "a Slack webhook": r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}",
    "a Stripe key": r"\b[sr]k_live_[A-Za-z0-9]{20,}",
    "a Google API key": r"\bAIza[\w-]{35}",
    "a Google OAuth secret": r"\bGOCSPX-[\w-]{28}",
    "an OpenAI key": r"\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}",
    "an Anthropic key": r"\bsk-ant-[a-z0-9]+-[\w-]{40,}",
    "a Hugging Face token": r"\bhf_[A-Za-z]{34}\b",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a Python index token": r"\bpypi-AgE[\w-]{50,}",
    "a SendGrid key": r"\bSG\.[\w-]{22}\.[\w-]{43}",
    "a Twilio key": r"\bSK[0-9a-f]{32}\b",
    "a Mailgun key": r"\bkey-[0-9a-f]{32}\b",
    "a DigitalOcean token": r"\bdo[opr]_v1_[0-9a-f]{64}",
    "a Shopify token": r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    "a Telegram bot token": r"\b\d{8,10}:AA[\w-]{33}\b",
    "a Discord webhook": r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,}",
    "an Azure storage key": r"AccountKey=[A-Za-z0-9+/]{80,}={0,2}",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s:/@\"'<>{}$%]+:[^\s:/@\"'<>{}$%]{6,}@[\w.-]+\.[a-z]{2,}",
}
_FORMAT = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(_FORMATS.values())))
_KINDS = list(_FORMATS)
_HINTS = re.compile(
    r"-----BEGIN|A[KSBC][IC]A|gh[pousr]_|github_pat|gl\w+-|xox|xapp|hooks\.slack|k_live_|AIza|GOCSPX|T3Blbk|sk-ant|hf_|npm_"
    r"|pypi-|SG\.|\bSK|key-|do[opr]_v1|shp\w\w_|:AA|webhooks/|AccountKey|eyJ|://"
)
_NAMED = re.compile(
    r"""(?ix) [\w.$\]"'-]* (?: api_?-?key | secret | token | passw(?:or)?d | passwd | pwd | credential | private_?-?key
          | auth_?-?key | access_?-?key | encryption_?-?key | signing_?-?key | client_?-?secret ) \w* ["'\]]? \s*
        (?: :?= | : | => | , ) \s* (?: [\w.:<>\s]{0,30}[=(] \s*)? [bru]*
        (?P<quote>["'`]) (?P<value>[^"'`\n\\]{16,}) (?P=quote)"""
)
_PLACEHOLDER = re.compile(
    r"(?i)example|placeholder|change.?me|dummy|sample|test|your|xxxx|0000|1234|abcd|insert|todo|redacted|\.\.\.|[<>{}$%]"
)


def secrets(text: str, *, named: bool = True) -> Iterator[tuple[int, str]]:
    """Yield the line (from 1) and the kind of each secret that a text seems to hold.

    The order is that of the text, for one kind of search after the other.

    Args:
        text: Source text.
        named: Whether to look also for random values with telling names. Turn it off where a hard-coded credential is
            the very weakness that is shown.
    """
    if _HINTS.search(text):
        for match in _FORMAT.finditer(text):
            kind = _KINDS[int(str(match.lastgroup)[1:])]
            if not _documentation(match.group(), kind):
                yield _line(text, match.start()), kind
    if named:
        for match in _NAMED.finditer(text):
            value = match["value"]
            if _random(value):
                yield _line(text, match.start()), "a random value that is named like a secret"


def _documentation(found: str, kind: str) -> bool:
    if kind == "a password in an address":
        return re.search(r"(?i)@(?:[\w.-]*\.)?example\.|localhost|:(?:password|passwd|secret|pass)@", found) is not None
    return "EXAMPLE" in found.upper()


def _random(value: str) -> bool:
    if len(value) < MIN_LENGTH or _PLACEHOLDER.search(value) or not re.fullmatch(r"[A-Za-z0-9+/=_\-.!@#^&*~]+", value):
        return False
    kinds = sum(bool(re.search(kind, value)) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    counts = Counter(value)
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
    return kinds >= 2 and bool(re.search("[0-9]", value)) and entropy >= MIN_ENTROPY


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
