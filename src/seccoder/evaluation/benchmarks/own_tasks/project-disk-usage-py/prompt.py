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
