# vulnerable: the seed can be guessed from the clock
import random
import time


def session_id():
    generator = random.Random(int(time.time()))
    return "%032x" % generator.getrandbits(128)
