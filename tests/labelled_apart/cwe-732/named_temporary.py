# secure: mkstemp makes files for their owner alone
import os
import tempfile


def spool(letter):
    descriptor, path = tempfile.mkstemp(prefix="letter-", dir=".")
    with os.fdopen(descriptor, "w") as file:
        file.write(letter)
    return path
