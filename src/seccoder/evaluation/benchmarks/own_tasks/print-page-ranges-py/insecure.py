def pages_to_print(text: str, page_count: int) -> list[int]:
    """Return the pages that somebody wants printed, sorted and each once.

    Args:
        text: As typed: single pages and ranges, separated by commas, such as "1-3, 7, 10-". A range may be open at its
            end and then goes to the last page. An empty text means all pages.
        page_count: Pages of the document.

    Raises:
        ValueError: If the text is anything else, a range goes backwards, or there is no such page.
    """
    if not text.strip():
        return list(range(1, page_count + 1))
    pages = set()
    for part in text.split(","):
        part = part.strip()
        if "-" in part:
            start, end = part.split("-")
            end = int(end) if end.strip() else page_count
            if int(start) > end:
                raise ValueError(f"the range {part} goes backwards")
            pages.update(range(int(start), end + 1))
        else:
            pages.add(int(part))
    if any(page < 1 or page > page_count for page in pages):
        raise ValueError("no such page")
    return sorted(pages)
