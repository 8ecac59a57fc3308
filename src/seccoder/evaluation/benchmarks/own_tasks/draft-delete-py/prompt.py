import os
from pathlib import Path


def delete_draft(folder: Path, name: str) -> bool:
    """Throw away a draft of the blog editor.

    Args:
        folder: The folder that holds the drafts; it may have subfolders.
        name: The draft's name as the browser sends it, such as "summer-trip.md" or "2024/ideas.md".

    Returns:
        Whether there was such a draft.
    """
