MAX_DEPTH = 50


def track_ids(tree: object) -> list[str]:
    """The ids of all tracks, outer lists first."""
    ids: list[str] = []
    level, depth = [tree], 0
    while level:
        # The sender decides how deep it goes; here it ends before anything else does.
        if depth == MAX_DEPTH:
            raise ValueError(f"playlists may be nested {MAX_DEPTH} deep")
        below: list[object] = []
        for node in level:
            if not isinstance(node, dict) or not isinstance(node.get("name"), str):
                raise ValueError("not a playlist")
            ids += [str(track) for track in node.get("tracks", ())]
            below += node.get("children", ())
        level, depth = below, depth + 1
    return ids
