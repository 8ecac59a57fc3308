import html
import re


def render_comment(text: str) -> str:
    """Turn a visitor's comment below a blog post into HTML.

    **bold** becomes <strong>, *emphasis* becomes <em>, [words](address) becomes a link, an empty line separates
    paragraphs (<p>), and everything else is shown as it was typed.
    """
    text = html.escape(text)
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{part}</p>" for part in paragraphs if part)
