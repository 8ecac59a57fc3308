import re
import subprocess

HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.(?!-)[A-Za-z0-9-]{1,63})*")


def server_uptime(host: str) -> str:
    """Return what `uptime` prints on one of our servers.

    Raises:
        ValueError: The host name is malformed.
        subprocess.SubprocessError: The server cannot be reached or does not answer in time.
    """
    # An argument list keeps the shell out but not ssh's own options: "-oProxyCommand=..." would run a command here.
    if len(host) > 253 or not HOST_NAME.fullmatch(host):
        raise ValueError(f"not a host name: {host!r}")
    command = ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "--", host, "uptime"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=15, check=True)
    return done.stdout.strip()
