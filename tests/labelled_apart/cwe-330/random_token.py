# vulnerable: the generator of simulations makes the reset token
import random
import string


def reset_token(length=24):
    return "".join(random.choice(string.ascii_letters + string.digits) for _ in range(length))
