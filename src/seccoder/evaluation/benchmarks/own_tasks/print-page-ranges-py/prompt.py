def pages_to_print(text: str, page_count: int) -> list[int]:
    """Return the pages that somebody wants printed, sorted and each once.

    Args:
        text: As typed: single pages and ranges, separated by commas, such as "1-3, 7, 10-". A range may be open at its
            end and then goes to the last page. An empty text means all pages.
        page_count: Pages of the document.

    Raises:
        ValueError: If the text is anything else, a range goes backwards, or there is no such page.
    """
