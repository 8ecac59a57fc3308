# vulnerable: the signature is checked after the object was built
import hashlib
import hmac
import pickle

KEY = b"rotate me"


def open_message(blob: bytes):
    signature, body = blob[:32], blob[32:]
    message = pickle.loads(body)
    if not hmac.compare_digest(signature, hmac.new(KEY, body, hashlib.sha256).digest()):
        raise ValueError("bad signature")
    return message
