import os
import subprocess


def disk_usage(projects: str, name: str) -> int:
    """Return how many kilobytes a project takes up, as `du -s -k` counts them.

    Args:
        projects: The folder in which every project has a folder of its own.
        name: The name of the project's folder, which the customer chose, such as "Anna's shop (new)".

    Raises:
        FileNotFoundError: If there is no folder of that name.
    """
    if not os.path.isdir(os.path.join(projects, name)):
        raise FileNotFoundError(name)
    done = subprocess.run(["du", "-s", "-k", "--", name], cwd=projects, capture_output=True, text=True, check=True)
    return int(done.stdout.split("\t", 1)[0])
