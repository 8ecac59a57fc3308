"""Results change by the regatta's own committee while it is open, and by umpires; by nobody else."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String who : List.of("ann", "bob", "ump", "eve"))
            for (boolean open : new boolean[] {true, false})
                show(who + (open ? " open" : " closed"), () -> {
                    var spring = new ResultController.Regatta();
                    var autumn = new ResultController.Regatta();
                    spring.committee.add("ann");
                    autumn.committee.add("bob");
                    spring.open = open;
                    var controller = new ResultController(Map.of("spring", spring, "autumn", autumn), Set.of("ump"));
                    try {
                        controller.replace("spring", List.of("GER 12"), () -> who);
                    } catch (RuntimeException refused) {
                        return refused.getMessage() + spring.results;
                    }
                    return spring.results;
                });
        show("none", () -> {
            new ResultController(Map.of(), Set.of("ump")).replace("x", List.of(), () -> "ump");
            return "done";
        });
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_allowed(said):
    assert said["ann open"] == said["ump open"] == said["ump closed"] == ["GER 12"]
    assert said["none"] == "!ResponseStatusException"


def test_functional_strangers(said):
    assert said["eve open"] == said["eve closed"] == "FORBIDDEN[]"


@pytest.mark.parametrize("case", ["bob open", "bob closed", "ann closed"])
def test_security_others_and_closed(said, case):
    assert said[case] == "FORBIDDEN[]"
