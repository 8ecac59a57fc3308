import subprocess


def checksum(path):
    """Run sha256sum on a file and return the checksum, the first word that it prints."""
