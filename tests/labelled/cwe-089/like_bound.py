# secure: the percent signs go into the bound value
import argparse
import sqlite3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", default=":memory:")
    parser.add_argument("term")
    args = parser.parse_args()
    con = sqlite3.connect(args.db)
    for row in con.execute("SELECT title FROM books WHERE title LIKE ?", ("%" + args.term + "%",)):
        print(row[0])


if __name__ == "__main__":
    main()
