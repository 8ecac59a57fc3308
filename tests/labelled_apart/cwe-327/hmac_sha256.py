# secure: HMAC with SHA-256
import hashlib
import hmac


def sign(message, key="k3y"):
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()
