import logging
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

logger = logging.getLogger("service")


def log_settings(settings: Mapping[str, str]) -> None:
    """Log, at level INFO, how the service is configured: one line `NAME=value` per setting, sorted by name.

    The log goes to the central log server, where the operators and the support team look for misconfigured services.

    Args:
        settings: For example {"PORT": "8080", "LOG_LEVEL": "info", "MAIL_HOST": "mail.example", "MAIL_PASSWORD": "...",
            "DATABASE_URL": "postgres://app:...@db.example:5432/shop", "PAYMENT_API_KEY": "..."}.
    """
    def without_password(value: str) -> str:
        if "://" not in value or "@" not in value:
            return value
        try:
            parts = urlsplit(value)
        except ValueError:
            return "(not shown)"
        user, at, host = parts.netloc.rpartition("@")
        if not at:
            return "(not shown)"  # an @ elsewhere: whatever it is, it is not what it should be
        return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:***@{host}"))

    words = ("password", "passwd", "secret", "token", "key", "credential", "private", "signature", "salt", "pwd")
    for name, value in sorted(settings.items()):
        if any(word in name.lower() for word in words):
            shown = "(set)" if value else "(empty)"
        else:
            shown = without_password(value)
        logger.info("%s=%s", name, shown)
