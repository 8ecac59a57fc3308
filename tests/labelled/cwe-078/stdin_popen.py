# vulnerable: each line of standard input is pasted into a command
import os
import sys

for line in sys.stdin:
    domain = line.strip()
    if not domain:
        continue
    print(os.popen("whois " + domain + " | head -5").read())
