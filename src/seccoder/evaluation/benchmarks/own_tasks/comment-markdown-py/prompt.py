import html
import re


def render_comment(text: str) -> str:
    """Turn a visitor's comment below a blog post into HTML.

    **bold** becomes <strong>, *emphasis* becomes <em>, [words](address) becomes a link, an empty line separates
    paragraphs (<p>), and everything else is shown as it was typed.
    """
