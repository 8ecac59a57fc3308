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
    for name in sorted(settings):
        value = settings[name]
        if "PASSWORD" in name or "SECRET" in name or "KEY" in name:
            value = "***"
        logger.info("%s=%s", name, value)
