# vulnerable: ".." is refused, yet os.path.join drops the base in front of an absolute path
import argparse
import os
import sys


def main():
    parser = argparse.ArgumentParser(description="print a note")
    parser.add_argument("note", help="which note to print")
    parser.add_argument("--base", default="notes")
    args = parser.parse_args()
    if ".." in args.note:
        sys.exit("no parent folders, please")
    with open(os.path.join(args.base, args.note)) as handle:
        sys.stdout.write(handle.read())


if __name__ == "__main__":
    main()
