# secure: uuid4 draws 122 bits from the system
import uuid


def invitation(mail):
    return {"mail": mail, "code": uuid.uuid4().hex}
