# vulnerable: no shell, but scp takes -oProxyCommand=... for an option and runs it
import subprocess


def fetch_report(server: str) -> bytes:
    subprocess.run(["scp", "-B", server, "/tmp/report.csv"], timeout=20, check=False)
    return b"fetched"
