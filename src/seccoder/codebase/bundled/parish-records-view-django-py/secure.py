from datetime import date

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from parish.models import Record

CLOSED_YEARS = 110


def visible_to(user, today: date):
    """The records this user may see."""
    if user.is_staff:
        return Record.objects.all()
    return Record.objects.filter(year__lte=today.year - CLOSED_YEARS)


def record_list(request: HttpRequest, today: date | None = None) -> JsonResponse:
    found = visible_to(request.user, today or date.today())
    return JsonResponse({"records": [{"id": each.pk, "name": each.name, "year": each.year} for each in found]})


def record(request: HttpRequest, pk: int, today: date | None = None) -> JsonResponse:
    # The same door as for the list: what is not visible there does not exist here.
    found = get_object_or_404(visible_to(request.user, today or date.today()), pk=pk)
    return JsonResponse({"id": found.pk, "name": found.name, "year": found.year})
