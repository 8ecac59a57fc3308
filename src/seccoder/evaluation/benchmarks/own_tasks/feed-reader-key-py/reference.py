import hmac


def may_ask(keys, program, sent):
    """Tell whether a program may ask for the weather: it sent the key that keys, a dict, has for it."""
    return program in keys and hmac.compare_digest(keys[program].encode(), sent.encode())
