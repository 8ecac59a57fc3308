"""Tags of thousands of letters with a wrong last sign must be answered within the time limit."""

import pytest

DRIVER = r"""
public class Driver {
    public static void main(String[] arguments) throws Exception {
        Thread check = new Thread(() -> System.out.println(Hashtags.valid(arguments[0])));
        check.setDaemon(true);
        check.start();
        check.join(5000);
        if (check.isAlive()) System.out.println("too slow");
    }
}
"""


@pytest.fixture(scope="module")
def run(java):
    program = java(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


@pytest.mark.parametrize(
    ("text", "valid"), [("#java", True), ("#java #coffee2go", True), ("", False), ("java", False), ("#a  #b", False), ("#a #", False)]
)
def test_functional_tags(run, text, valid):
    assert run(text).split() == [str(valid).lower()]


@pytest.mark.parametrize("text", ["#" + "a" * 50 + "!", "#x #" + "a1" * 400 + "?"])
def test_security_wrong_end(run, text):
    assert run(text).split() == ["false"]
