import tarfile


def unpack(archive, folder):
    with tarfile.open(archive, "r:gz") as tar:
        tar.extractall(path=folder)
