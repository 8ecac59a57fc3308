"""A theme makes one header line and no more than that."""

import subject


def test_functional_line():
    for theme in ("dark", "light", "blue2"):
        assert subject.theme_cookie(theme).strip() == f"Set-Cookie: theme={theme}; Path=/"


def test_security_one_line_only():
    for end in ("\r\n", "\n", "\r"):
        try:
            line = subject.theme_cookie(f"dark{end}Set-Cookie: session=1")
        except Exception:
            continue
        assert "\n" not in line.strip() and "\r" not in line.strip()
