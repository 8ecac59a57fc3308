import subprocess


def checksum(path):
    """Run sha256sum on a file and return the checksum, the first word that it prints."""
    printed = subprocess.run(["sha256sum", "--", path], capture_output=True, text=True, check=True).stdout
    return printed.split()[0].lstrip("\\")
