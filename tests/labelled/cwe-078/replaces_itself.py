# secure: the process is replaced by the program, no shell takes part
import os

import click


@click.command()
@click.argument("host")
def connect(host):
    os.execvp("nslookup", ["nslookup", "-timeout=3", host])


if __name__ == "__main__":
    connect()
