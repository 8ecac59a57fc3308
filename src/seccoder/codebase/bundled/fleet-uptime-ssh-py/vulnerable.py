import subprocess


def server_uptime(host: str) -> str:
    """Return what `uptime` prints on one of our servers.

    Raises:
        ValueError: The host name is malformed.
        subprocess.SubprocessError: The server cannot be reached or does not answer in time.
    """
    if not host or " " in host:
        raise ValueError(f"not a host name: {host!r}")
    command = ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", host, "uptime"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=15, check=True)
    return done.stdout.strip()
