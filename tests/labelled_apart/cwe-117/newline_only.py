# vulnerable: \n is taken out, \r is not, and many viewers break lines there
import logging

log = logging.getLogger("audit")
log.addHandler(logging.FileHandler("audit.log"))
log.setLevel(logging.INFO)


def record(action, user):
    user = user.replace("\n", " ")
    log.info("%s by %s", action, user)
