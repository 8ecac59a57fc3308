import os
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
    # As variables they are only values: no shell reads them, no option parser, and no `ps` shows the password.
    environment = {**os.environ, "PGDATABASE": name, "PGPASSWORD": password}
    with target.open("wb") as file:
        subprocess.run(["pg_dump", "--no-password"], env=environment, stdout=file, check=True, timeout=3600)
