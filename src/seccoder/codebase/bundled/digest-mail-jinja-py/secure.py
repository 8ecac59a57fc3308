from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class MailRenderer:
    """Renders the HTML mails whose templates, such as `digest.html.j2`, lie in one folder."""

    def __init__(self, templates: Path, sender: str) -> None:
        # Jinja2 escapes nothing by default, and select_autoescape() would overlook names that end in ".j2".
        self._environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.globals["sender"] = sender

    def render(self, mail: str, **values: object) -> str:
        """Return the markup of one mail, such as `render("digest", posts=posts)`."""
        return self._environment.get_template(f"{mail}.html.j2").render(values)
