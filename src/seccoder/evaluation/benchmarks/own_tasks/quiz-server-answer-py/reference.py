import logging


def answer(handler, request):
    """Return {"result": ...} with what handler(request) returns, or {"error": TEXT} if it raises anything."""
    try:
        return {"result": handler(request)}
    except Exception:
        logging.exception("request failed")
        return {"error": "Something went wrong, please try again later."}
