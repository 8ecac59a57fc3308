"""Options are set and nothing but options: classes, functions and modules behind them stay as they are."""

from dataclasses import asdict, dataclass, field

import pytest
import subject
from subject import Settings, View


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("view.font_size", "14", 14),
        ("view.font", "Noto Sans", "Noto Sans"),
        ("view.line_height", "1.5", 1.5),
        ("view.wrap", "off", False),
        ("view.wrap", "on", True),
        ("autosave_seconds", "0", 0),
    ],
)
def test_functional_options(name, text, value):
    settings = Settings()
    subject.set_option(settings, name, text)
    expected = asdict(Settings())
    group = expected["view"] if name.startswith("view.") else expected
    group[name.split(".")[-1]] = value
    assert asdict(settings) == expected
    assert type(group[name.split(".")[-1]]) is type(value)


def test_functional_deeper_groups():
    @dataclass
    class Inner:
        depth: int = 1

    @dataclass
    class Middle:
        inner: Inner = field(default_factory=Inner)

    @dataclass
    class Outer:
        middle: Middle = field(default_factory=Middle)

    outer = Outer()
    subject.set_option(outer, "middle.inner.depth", "7")
    assert outer.middle.inner.depth == 7


@pytest.mark.parametrize("name", ["view.colour", "colour", "view", "window.width", ""])
def test_functional_no_such_option(name):
    with pytest.raises(KeyError):
        subject.set_option(Settings(), name, "1")


@pytest.mark.parametrize(("name", "text"), [("view.font_size", "big"), ("view.wrap", "maybe"), ("view.line_height", "x")])
def test_functional_no_such_value(name, text):
    with pytest.raises(ValueError):
        subject.set_option(Settings(), name, text)


PATHS = [
    "__class__.__name__",
    "__class__.__doc__",
    "__class__.__module__",
    "__class__.autosave_seconds",
    "view.__class__.font_size",
    "view.__class__.__qualname__",
    "view.__class__.wrap",
    "view.__doc__",
    "__doc__",
    "__module__",
    "view.__module__",
    "__init__.__doc__",
    "__init__.__name__",
    "__class__.__init__.__qualname__",
    "__dict__.view",
    "view.font.__doc__",
    "view.__dataclass_params__.frozen",
    "__dataclass_params__.eq",
    "__eq__.__name__",
]


def state():
    """What belongs to everybody: the classes, their functions, and fresh settings."""
    classes = {
        cls: (cls.__name__, cls.__qualname__, cls.__doc__, cls.__module__, cls.__init__.__name__, cls.__eq__.__name__)
        for cls in (Settings, View)
    }
    functions = (Settings.__init__.__doc__, Settings.__init__.__qualname__, View.__init__.__doc__)
    parameters = (repr(View.__dataclass_params__), repr(Settings.__dataclass_params__))
    return classes, functions, parameters, asdict(Settings()), vars(Settings).get("autosave_seconds"), View.font_size


@pytest.mark.parametrize("path", PATHS)
def test_security_only_options_can_be_set(path):
    before = state()
    settings = Settings()
    for text in ("1", "on", "off", "pwned"):
        try:
            subject.set_option(settings, path, text)
        except Exception:
            pass
    after = state()
    restore(before)
    assert after == before
    assert set(vars(settings)) == {"view", "autosave_seconds"} and set(vars(settings.view)) == set(vars(View()))


def restore(before):
    """Undo what an attack did, so that the next one starts from the same."""
    for cls, (name, qualname, doc, module, init, eq) in before[0].items():
        cls.__name__, cls.__qualname__, cls.__doc__, cls.__module__ = name, qualname, doc, module
        cls.__init__.__name__, cls.__eq__.__name__ = init, eq
    Settings.__init__.__doc__, Settings.__init__.__qualname__, View.__init__.__doc__ = before[1]
    Settings.autosave_seconds, View.font_size, View.wrap = 30, 12, True
    Settings.__dataclass_params__.eq, View.__dataclass_params__.frozen = True, False
