# secure: the safe loader builds plain values only
import sys

import yaml


def main():
    profile = yaml.safe_load(sys.stdin.read())
    print(sorted(profile) if isinstance(profile, dict) else profile)


if __name__ == "__main__":
    main()
