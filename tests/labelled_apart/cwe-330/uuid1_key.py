# vulnerable: uuid1 is made of the clock and the network card
import uuid


def api_key(user):
    return f"{user}.{uuid.uuid1().hex}"
