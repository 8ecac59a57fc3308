"""Owners and the office see an invoice; for everybody else it is as if there were none."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.Map;
import java.util.Set;

public class Driver {
    public static void main(String[] arguments) {
        var controller = new InvoiceController(
            Map.of(7, new InvoiceController.Invoice(7, "ann", 12000), 8, new InvoiceController.Invoice(8, "bob", 50)),
            Set.of("office1"));
        for (String who : new String[] {"ann", "bob", "eve", "office1", "Ann", "office"})
            for (int number : new int[] {7, 8, 9})
                show(who + " " + number, () -> {
                    try {
                        return controller.invoice(number, () -> who).cents();
                    } catch (org.springframework.web.server.ResponseStatusException refused) {
                        return refused.getMessage();
                    }
                });
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    assert ran.code == 0, ran.err
    return ran.said


def test_functional_owners_and_office(said):
    assert said["ann 7"] == said["office1 7"] == 12000
    assert said["bob 8"] == said["office1 8"] == 50
    assert said["ann 9"] == said["office1 9"] == "NOT_FOUND"


@pytest.mark.parametrize("who", ["bob 7", "ann 8", "eve 7", "eve 8", "Ann 7", "office 8"])
def test_security_invoices_of_others(said, who):
    assert said[who] == "NOT_FOUND"
