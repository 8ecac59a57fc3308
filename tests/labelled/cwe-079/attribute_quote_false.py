# vulnerable: quote=False leaves the quotes that end the attribute
import html


def input_field(name, value):
    safe = html.escape(value, quote=False)
    return '<input type="text" name="query" id="%s" value="%s">' % (html.escape(name), safe)
