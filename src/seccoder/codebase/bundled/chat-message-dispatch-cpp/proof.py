"""Messages whose type number and class do not agree are shown as what they are, not read as another class."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    const std::string kind = argv[1];
    std::unique_ptr<Message> message;
    if (kind == "text") {
        auto text = std::make_unique<Text>();
        text->text = "hello";
        message = std::move(text);
    } else if (kind == "image") {
        auto image = std::make_unique<Image>();
        image->width = 3, image->height = 4;
        message = std::move(image);
    } else {
        message = std::make_unique<Ping>();
    }
    message->type = std::stoi(argv[2]);
    std::printf("<%s>", line(*message).c_str());
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def test_functional_lines(run):
    assert [run("text", "1"), run("image", "2"), run("ping", "3")] == ["<hello>", "<[image 3x4]>", "<>"]


@pytest.mark.parametrize(("kind", "number", "said"), [("ping", "1", ""), ("image", "1", "[image 3x4]"), ("text", "2", "hello")])
def test_security_number_that_lies(run, kind, number, said):
    assert run(kind, number) == f"<{said}>"
