# vulnerable: the list is joined again and handed to a shell
import argparse
import subprocess


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("-f", "--format", default="png")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    command = ["convert", options.source, "out." + options.format]
    subprocess.call(" ".join(command), shell=True)
