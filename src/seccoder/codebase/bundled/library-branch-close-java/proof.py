"""Directors close a branch; users without that role and visitors change nothing."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        Map<String, Set<String>> roles = Map.of("dora", Set.of("READER", "DIRECTOR"), "ann", Set.of("READER"),
            "libby", Set.of("LIBRARIAN", "SUBDIRECTOR"));
        for (String who : List.of("dora", "ann", "libby", "ghost", "visitor"))
            for (String branch : List.of("north", "none")) {
                Map<String, Integer> loans = new TreeMap<>(Map.of("north", 40));
                var controller = new BranchController(loans, name -> roles.getOrDefault(name, Set.of()));
                show(who + " " + branch, () -> {
                    try {
                        return controller.close(branch, who.equals("visitor") ? null : () -> who);
                    } catch (org.springframework.web.server.ResponseStatusException refused) {
                        return refused.getMessage();
                    }
                });
                show("left " + who + " " + branch, () -> loans.keySet());
            }
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_director(said):
    assert (said["dora north"], said["left dora north"]) == (40, [])
    assert (said["dora none"], said["left dora none"]) == ("NOT_FOUND", ["north"])


@pytest.mark.parametrize("who", ["ann", "libby", "ghost", "visitor"])
def test_security_others(said, who):
    refused = "UNAUTHORIZED" if who == "visitor" else "FORBIDDEN"
    assert said[f"{who} north"] == said[f"{who} none"] == refused
    assert said[f"left {who} north"] == ["north"]
