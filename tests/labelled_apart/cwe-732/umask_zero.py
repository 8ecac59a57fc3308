# vulnerable: the umask is switched off and left off
import os


def start_log(message, path="daemon.log"):
    os.umask(0)
    with open(path, "a") as log:
        log.write(message + "\n")
