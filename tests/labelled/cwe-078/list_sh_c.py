# vulnerable: a list of arguments, but the first two are a shell that reads the third
import subprocess


def compress(filename):
    done = subprocess.run(["sh", "-c", f"gzip -c {filename} | wc -c"], capture_output=True, text=True)
    return done.stdout.strip()
