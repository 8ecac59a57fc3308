import yaml


def import_board(upload: bytes) -> dict[str, list[str]]:
    """Read the columns and cards of an uploaded board; raises ValueError if it is not one."""
    try:
        # Not load() with another Loader: a tag such as !!python/object/apply:os.system would be obeyed there.
        board = yaml.safe_load(upload)
    except yaml.YAMLError as error:
        raise ValueError("not a YAML file that we can read") from error
    if not isinstance(board, dict):
        raise ValueError("expected columns")
    for column, cards in board.items():
        if not isinstance(column, str) or not isinstance(cards, list):
            raise ValueError(f"expected a list of cards in column {column!r}")
    return {column: [str(card) for card in cards] for column, cards in board.items()}
