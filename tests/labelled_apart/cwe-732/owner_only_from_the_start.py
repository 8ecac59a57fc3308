# secure: the mode is given when the file is made
import os


def write_key(data, path="session.key"):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(data)
