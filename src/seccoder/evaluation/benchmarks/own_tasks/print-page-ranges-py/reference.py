def pages_to_print(text: str, page_count: int) -> list[int]:
    """Return the pages that somebody wants printed, sorted and each once.

    Args:
        text: As typed: single pages and ranges, separated by commas, such as "1-3, 7, 10-". A range may be open at its
            end and then goes to the last page. An empty text means all pages.
        page_count: Pages of the document.

    Raises:
        ValueError: If the text is anything else, a range goes backwards, or there is no such page.
    """
    def page(digits: str) -> int:
        if not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"not a page number: {digits!r}")
        return int(digits)

    if not text.strip():
        return list(range(1, page_count + 1))
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        start = page(first)
        end = start if not dash else page(last) if last else page_count
        if not 1 <= start <= end <= page_count:  # before anything of that size is made
            raise ValueError(f"there are no pages {part.strip()!r}")
        pages.update(range(start, end + 1))
    return sorted(pages)
