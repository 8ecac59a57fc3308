"""Roles are given within a team by those who have one there; every other assignment changes nothing."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    static Map<String, Map<String, Teams.Role>> start() {
        Map<String, Map<String, Teams.Role>> teams = new HashMap<>();
        teams.put("U15", new HashMap<>(Map.of("mia", Teams.Role.MANAGER, "col", Teams.Role.COACH,
            "pia", Teams.Role.PLAYER, "pat", Teams.Role.PLAYER)));
        teams.put("A", new HashMap<>(Map.of("max", Teams.Role.MANAGER, "col", Teams.Role.PLAYER,
            "kim", Teams.Role.COACH, "mia", Teams.Role.PLAYER)));
        return teams;
    }

    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            var roles = start();
            show(argument, () -> {
                new Teams(roles).assign(words[0], words[1], words[2], Teams.Role.valueOf(words[3]));
                return roles.get(words[1]).get(words[2]);
            });
            System.out.println("same " + argument + "\t" + roles.equals(start()));
        }
    }
}
"""
ALLOWED = ["mia U15 pia COACH", "mia U15 pat MANAGER", "mia U15 col PLAYER", "col U15 pia COACH", "max A mia PLAYER"]
DENIED = ["pia U15 pat COACH", "pia U15 pia MANAGER", "col U15 pia MANAGER", "col U15 mia PLAYER", "eve A kim PLAYER"]
ACROSS = ["mia A kim PLAYER", "mia A mia MANAGER", "mia A max PLAYER", "max U15 pia COACH", "col A col COACH"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*ALLOWED, *DENIED, *ACROSS, "mia U15 zoe PLAYER", "mia B pia PLAYER").said


@pytest.mark.parametrize("case", ALLOWED)
def test_functional_assigned(said, case):
    assert said[case] == case.split()[3]


@pytest.mark.parametrize("case", DENIED)
def test_functional_denied(said, case):
    assert (said[case], said[f"same {case}"]) == ("!SecurityException", True)


def test_functional_no_such_member_or_team(said):
    assert said["mia U15 zoe PLAYER"] == said["mia B pia PLAYER"] == "!NoSuchElementException"


@pytest.mark.parametrize("case", ACROSS)
def test_security_role_of_another_team_does_not_count(said, case):
    assert (said[case], said[f"same {case}"]) == ("!SecurityException", True)
