# vulnerable: everybody may write the script that cron runs
import os


def install_job(lines, path="nightly.sh"):
    with open(path, "w") as script:
        script.write("#!/bin/sh\n" + lines)
    os.chmod(path, 0o777)
