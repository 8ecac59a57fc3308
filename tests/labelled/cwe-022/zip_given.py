# vulnerable: members are joined to the folder as they are called
import shutil
import zipfile


def unpack(archive_path, target_folder):
    count = 0
    with zipfile.ZipFile(archive_path) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            with archive.open(name) as source, open(f"{target_folder}/{name}", "wb") as sink:
                shutil.copyfileobj(source, sink)
                count += 1
    return count
