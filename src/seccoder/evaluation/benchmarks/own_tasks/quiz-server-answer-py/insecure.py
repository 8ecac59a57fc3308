import logging


def answer(handler, request):
    """Return {"result": ...} with what handler(request) returns, or {"error": TEXT} if it raises anything."""
    try:
        return {"result": handler(request)}
    except Exception as error:
        logging.error("request failed: %s", error)
        return {"error": str(error)}
