# vulnerable: re.match only looks at the beginning
import os
import re


class Pinger:
    def __init__(self, count=1):
        self.count = count

    def ping(self, host):
        if not re.match(r"[A-Za-z0-9.-]+", host):
            raise ValueError("bad host")
        return os.popen("ping -c %d %s" % (self.count, host)).read()
