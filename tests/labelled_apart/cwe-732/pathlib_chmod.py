# secure: only the owner may read what is in the folder
from pathlib import Path


def store_backup(name, text):
    folder = Path("backups")
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / Path(name).name
    target.touch(mode=0o600)
    target.write_text(text)
    return str(target)
