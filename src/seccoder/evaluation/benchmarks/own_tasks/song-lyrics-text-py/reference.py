import os

SONGS = "songs"


def lyrics(title):
    """Return the lyrics of a song: the text of the file TITLE.txt in the folder SONGS."""
    if os.path.basename(title) != title:
        raise ValueError("no such song")
    with open(os.path.join(SONGS, f"{title}.txt"), encoding="utf-8") as file:
        return file.read()
