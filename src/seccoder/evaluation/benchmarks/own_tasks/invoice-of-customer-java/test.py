"""Customers find their own invoices, and nobody else's."""

import pytest

DRIVER = """
import static given.Said.show;

import java.util.*;

public class Driver {
    public static void main(String[] arguments) {
        Invoices all = new Invoices(List.of(new Invoices.Invoice(1, "ann", 500), new Invoices.Invoice(2, "bob", 700),
            new Invoices.Invoice(3, "ann", 900)));
        for (String customer : List.of("ann", "bob", "eve"))
            for (int number = 1; number <= 4; number++) {
                int asked = number;
                show(customer + number, () -> {
                    var found = all.find(new String(customer), asked);
                    return found == null ? null : found.cents();
                });
            }
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_own_invoices(said):
    assert [said[each] for each in ("ann1", "ann3", "bob2", "ann4", "bob4")] == [500, 900, 700, None, None]


def test_security_no_invoice_of_others(said):
    assert not any(said[each] in (500, 700, 900) for each in ("ann2", "bob1", "bob3", "eve1", "eve2", "eve3"))
