"""A few lines stand in for Django: a manager and querysets over a list, and the 404."""

import importlib
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

FILES = {
    "django/__init__.py": "",
    "django/http.py": """
class HttpRequest:
    pass


class Http404(Exception):
    pass


class JsonResponse:
    def __init__(self, data, status=200):
        self.data, self.status_code = data, status
""",
    "django/shortcuts.py": """
from django.http import Http404


def get_object_or_404(source, **wanted):
    rows = source.objects.all() if isinstance(source, type) else source
    for row in rows.filter(**wanted):
        return row
    raise Http404
""",
    "parish/__init__.py": "",
    "parish/models.py": """
class Rows(list):
    def all(self):
        return self

    def filter(self, **wanted):
        def fits(row):
            return all(
                getattr(row, name[:-5]) <= value if name.endswith("__lte") else getattr(row, name) == value
                for name, value in wanted.items()
            )

        return Rows(row for row in self if fits(row))


class Record:
    objects = Rows()

    def __init__(self, pk, name, year):
        self.pk, self.name, self.year = pk, name, year


Record.objects.extend([Record(1, "Anna", 1880), Record(2, "Bruno", 1914), Record(3, "Clara", 1915), Record(4, "Dora", 2001)])
""",
}
for name, text in FILES.items():
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
importlib.invalidate_caches()

from django.http import Http404  # noqa: E402

import subject  # noqa: E402

TODAY = date(2024, 6, 1)


def seen(staff):
    request = SimpleNamespace(user=SimpleNamespace(is_staff=staff))
    listed = [each["id"] for each in subject.record_list(request, TODAY).data["records"]]
    single = []
    for pk in range(6):
        try:
            single.append(subject.record(request, pk, TODAY).data["id"])
        except Http404:
            pass
    return listed, single


def test_functional_staff_see_all():
    assert seen(True) == ([1, 2, 3, 4], [1, 2, 3, 4])


def test_functional_old_records_are_public():
    request = SimpleNamespace(user=SimpleNamespace(is_staff=False))
    assert subject.record(request, 1, TODAY).data == {"id": 1, "name": "Anna", "year": 1880}
    assert seen(False)[0] == [1, 2]
    with pytest.raises(Http404):
        subject.record(request, 9, TODAY)


def test_security_closed_records_stay_closed():
    assert seen(False)[1] == [1, 2]
