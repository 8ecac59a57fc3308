# vulnerable: a log kept with write
import datetime


def log_failure(user, reason):
    stamp = datetime.datetime.now().isoformat(timespec="seconds")
    with open("failures.log", "a") as log:
        log.write(f"{stamp} FAILED {user}: {reason}\n")
