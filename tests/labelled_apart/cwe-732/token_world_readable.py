# vulnerable: created with the default mode, readable by everybody under a usual umask
import os


def save_token(token, path="token.txt"):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(descriptor, "w") as file:
        file.write(token)
