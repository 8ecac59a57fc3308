import logging


def answer(handler, request):
    """Return {"result": ...} with what handler(request) returns, or {"error": TEXT} if it raises anything."""
