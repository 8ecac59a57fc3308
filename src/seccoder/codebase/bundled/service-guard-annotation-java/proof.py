"""A service with annotated methods and some that were forgotten, called as several roles."""

import pytest

DRIVER = r"""
import static given.Said.*;

import java.util.*;

public class Driver {
    interface Archive {
        List<String> purge();
    }

    interface Orders extends Archive {
        @Guard.Allowed({"clerk", "manager"}) String find(int number);
        String find(String customer);
        @Guard.Allowed("manager") String cancel(int number) throws java.io.IOException;
        void setDiscount(int percent);
        @Guard.Allowed({}) String closed();
        default String export() { return "all orders"; }
    }

    static final List<String> done = new ArrayList<>();

    static class Shop implements Orders {
        @Guard.Allowed("guest") public List<String> purge() { done.add("purge"); return List.of(); }
        public String find(int number) { return "order " + number; }
        public String find(String customer) { done.add("find"); return "orders of " + customer; }
        public String cancel(int number) throws java.io.IOException {
            if (number == 13) throw new java.io.IOException("shipped already");
            return "cancelled " + number;
        }
        public void setDiscount(int percent) { done.add("discount"); }
        public String closed() { done.add("closed"); return "x"; }
        public String export() { done.add("export"); return "all orders"; }
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> roles = new HashSet<>();
        Orders orders = Guard.protect(Orders.class, new Shop(), () -> roles);
        for (String role : List.of("", "guest", "clerk", "manager", "clerk,manager", "CLERK")) {
            roles.clear();
            roles.addAll(List.of(role.split(",")));
            show("find " + role, () -> orders.find(7));
            show("cancel " + role, () -> orders.cancel(7));
            show("shipped " + role, () -> orders.cancel(13));
            show("overload " + role, () -> orders.find("ann"));
            show("void " + role, () -> { orders.setDiscount(90); return null; });
            show("empty " + role, orders::closed);
            show("default " + role, orders::export);
            show("inherited " + role, orders::purge);
        }
        roles.clear();
        show("revoked", () -> orders.find(7));
        System.out.println("done\t" + json(done));
    }
}
"""
DENIED = "!SecurityException"


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


@pytest.mark.parametrize("role", ["clerk", "manager", "clerk,manager"])
def test_functional_allowed(said, role):
    assert said[f"find {role}"] == "order 7"


def test_functional_exceptions_come_through(said):
    assert said["cancel manager"] == "cancelled 7"
    assert said["shipped manager"] == "!IOException"


@pytest.mark.parametrize("role", ["", "guest", "CLERK"])
def test_functional_not_allowed(said, role):
    assert said[f"find {role}"] == said[f"cancel {role}"] == DENIED
    assert said["cancel clerk"] == DENIED


def test_functional_roles_are_asked_for_on_each_call(said):
    assert said["revoked"] == DENIED


@pytest.mark.parametrize("role", ["", "guest", "clerk", "manager", "clerk,manager"])
@pytest.mark.parametrize("method", ["overload", "void", "default", "inherited", "empty"])
def test_security_method_that_names_no_role(said, method, role):
    assert said[f"{method} {role}"] == DENIED


def test_security_nothing_of_it_was_done(said):
    assert said["done"] == []
