def badge(name, company):
    """Return the HTML of a visitor's badge: the name in an h1 element and the company in a p element."""
    from html import escape

    return f"<h1>{escape(name)}</h1><p>{escape(company)}</p>"
