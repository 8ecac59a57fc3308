# secure: names are looked up, never evaluated
import statistics
import sys

FUNCTIONS = {"mean": statistics.mean, "median": statistics.median, "max": max}


def main():
    name, *numbers = sys.argv[1:]
    print(FUNCTIONS[name]([float(number) for number in numbers]))


if __name__ == "__main__":
    main()
