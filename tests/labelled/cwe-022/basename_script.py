# secure: only the last component of the argument is used
import os
import sys

LOGS = "/var/log/myapp"


def main(argv):
    if len(argv) != 2:
        print("usage: showlog NAME", file=sys.stderr)
        return 2
    name = os.path.basename(argv[1])
    if name in ("", ".", ".."):
        return 1
    with open(os.path.join(LOGS, name)) as log:
        for line in log:
            print(line, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
