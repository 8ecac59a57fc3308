import subprocess


def checksum(path):
    """Run sha256sum on a file and return the checksum, the first word that it prints."""
    output = subprocess.check_output(f"sha256sum {path}", shell=True, text=True)
    return output.split()[0]
