# secure: a list of words, through an uncommon function
import os
import sys


def main():
    status = os.spawnlp(os.P_WAIT, "whois", "whois", sys.argv[1])
    print("done" if status == 0 else f"failed: {status}")


main()
