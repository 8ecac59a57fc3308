# secure: the pattern follows -e, so it is neither a command nor an option
import argparse
import subprocess
import sys


def build_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("pattern")
    parser.add_argument("--file", required=True)
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser


def main(argv=None):
    options = build_parser().parse_args(argv)
    command = ["grep", "-n", "-e", options.pattern, "--", options.file]
    if options.verbose:
        print(command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
