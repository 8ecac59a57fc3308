import html
import re


def render_comment(text: str) -> str:
    """Turn a visitor's comment below a blog post into HTML.

    **bold** becomes <strong>, *emphasis* becomes <em>, [words](address) becomes a link, an empty line separates
    paragraphs (<p>), and everything else is shown as it was typed.
    """
    def emphasis(words: str) -> str:
        marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(words))
        return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", marked)

    def inline(paragraph: str) -> str:
        pieces = []
        end = 0
        for link in re.finditer(r"\[([^\]\n]+)\]\(([^()\s]+)\)", paragraph):
            pieces.append(emphasis(paragraph[end : link.start()]))
            words, address = link.groups()
            if re.match(r"(?:https?://|mailto:)", address, re.IGNORECASE):
                pieces.append(f'<a href="{html.escape(address)}" rel="nofollow ugc">{emphasis(words)}</a>')
            else:
                pieces.append(html.escape(link.group()))
            end = link.end()
        return "".join([*pieces, emphasis(paragraph[end:])])

    return "".join(f"<p>{inline(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
