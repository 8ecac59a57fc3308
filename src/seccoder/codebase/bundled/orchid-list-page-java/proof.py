"""Pages are loaded; no request ever asks the database for more than a screenful or two."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            List<Object> asked = new ArrayList<>();
            var controller = new OrchidController((offset, limit) -> {
                asked.add(offset);
                asked.add(limit);
                return List.of();
            });
            show(argument, () -> {
                controller.page(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
                return asked;
            });
            show("asked " + argument, () -> asked);
        }
    }
}
"""
FINE = {"0 20": [0, 20], "3 20": [60, 20], "0 1": [0, 1], "2147483647 20": [42949672940, 20], "2 50": [100, 50]}
WRONG = ["-1 20", "0 0", "0 -5"]
LARGE = ["0 1001", "0 100000", "5 2147483647", "0 2147483647", "2147483647 2147483647"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*FINE, *WRONG, *LARGE).said


@pytest.mark.parametrize("case", FINE)
def test_functional_pages(said, case):
    assert said[case] == FINE[case]


@pytest.mark.parametrize("case", WRONG)
def test_functional_wrong_numbers(said, case):
    assert said[case] == "!ResponseStatusException"


@pytest.mark.parametrize("case", LARGE)
def test_security_large_pages(said, case):
    asked = said[f"asked {case}"]
    assert said[case] == "!ResponseStatusException" or asked[1] <= 1000
