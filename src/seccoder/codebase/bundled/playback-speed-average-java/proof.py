"""New videos without viewers and live streams without a length."""

import pytest

DRIVER = r"""
public class Driver {
    public static void main(String[] arguments) {
        Watched watched = new Watched(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try {
            System.out.print(watched.perViewer() + " " + watched.percent());
        } catch (ArithmeticException e) {
            System.out.print("report ended");
        }
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


@pytest.mark.parametrize(("numbers", "said"), [("100 10 20", "10 50"), ("7 2 3", "3 100"), ("0 5 60", "0 0")])
def test_functional_averages(run, numbers, said):
    assert run(*numbers.split()) == said


@pytest.mark.parametrize(("numbers", "said"), [("0 0 60", "0 0"), ("50 10 0", "5 0"), ("0 0 0", "0 0")])
def test_security_no_viewers_or_no_length(run, numbers, said):
    assert run(*numbers.split()) == said
