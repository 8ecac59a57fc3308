def track_ids(tree: object) -> list[str]:
    """The ids of all tracks, outer lists first."""
    ids: list[str] = []
    if not isinstance(tree, dict) or not isinstance(tree.get("name"), str):
        raise ValueError("not a playlist")
    ids += [str(track) for track in tree.get("tracks", ())]
    for child in tree.get("children", ()):
        ids += track_ids(child)
    return ids
