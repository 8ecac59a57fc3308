# vulnerable: SHA-1 over secret and message is no MAC
import hashlib


def sign(message, secret="k3y"):
    return hashlib.sha1((secret + message).encode()).hexdigest()
