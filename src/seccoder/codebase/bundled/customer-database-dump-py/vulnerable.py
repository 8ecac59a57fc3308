import os
import shlex
import subprocess
from pathlib import Path


def dump_database(name: str, password: str, target: Path) -> None:
    """Write a dump of one database to a file.

    Raises:
        ValueError: The name is empty or contains a null character.
        subprocess.SubprocessError: pg_dump failed or took too long.
    """
    if not name:
        raise ValueError("which database?")
    command = f'pg_dump --no-password --dbname="{shlex.quote(name)}" > "{target}"'
    subprocess.run(command, shell=True, env={**os.environ, "PGPASSWORD": password}, check=True, timeout=3600)
