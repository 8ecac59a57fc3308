"""Accounts open with their password, nobody's hash opens none, and each answer costs one check."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        for (String argument : arguments) {
            int[] checks = {0};
            var accounts = new Accounts(Map.of("ann@sky.example", "h:rose"), "h:nobody", (password, hash) -> {
                checks[0]++;
                return ("h:" + password).equals(hash);
            });
            String[] words = argument.split(" ", 2);
            show(argument, () -> List.of(accounts.login(words[0], words[1]), checks[0]));
        }
    }
}
"""
UNKNOWN = ["eve@sky.example rose", "ANN@sky.example rose", " rose", "eve@sky.example nobody", "eve@sky.example "]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)("ann@sky.example rose", "ann@sky.example tulip", *UNKNOWN).said


def test_functional_accounts(said):
    assert said["ann@sky.example rose"] == [True, 1]
    assert said["ann@sky.example tulip"] == [False, 1]


@pytest.mark.parametrize("case", UNKNOWN)
def test_functional_nobody_else(said, case):
    assert said[case][0] is False


@pytest.mark.parametrize("case", UNKNOWN)
def test_security_same_work(said, case):
    assert said[case] == [False, 1]
