from collections.abc import Mapping

from jinja2 import Environment, StrictUndefined, TemplateError

_environment = Environment(undefined=StrictUndefined, autoescape=False)


def render_mail(template: str, member: Mapping[str, str | int | bool]) -> str:
    if len(template) > 20_000:
        raise ValueError("the template is too long")
    try:
        return _environment.from_string(template).render(member=dict(member))
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise ValueError(f"the template does not work: {error}") from None
