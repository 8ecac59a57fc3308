"""A map that lets threads meet after they have read: two payments at once must not spend the same balance twice."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;

public class Driver {
    /** Whoever reads waits for the other threads to have read as well, but not for long. */
    static class Meeting extends ConcurrentHashMap<String, Integer> {
        final CyclicBarrier barrier;
        Meeting(int threads) { barrier = new CyclicBarrier(threads); }
        private void meet() {
            try {
                barrier.await(1, TimeUnit.SECONDS);
            } catch (Exception nobodyElseCame) {
            }
        }
        @Override public Integer get(Object key) {
            Integer value = super.get(key);
            meet();
            return value;
        }
        @Override public Integer getOrDefault(Object key, Integer other) {
            Integer value = super.getOrDefault(key, other);
            meet();
            return value;
        }
    }

    static List<Object> together(ConcurrentMap<String, Integer> balances, int threads, int times, int cents)
            throws Exception {
        Vouchers vouchers = new Vouchers(balances);
        AtomicInteger paid = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++)
            pool.execute(() -> {
                for (int n = 0; n < times; n++) if (vouchers.pay("V-1", cents)) paid.incrementAndGet();
            });
        pool.shutdown();
        pool.awaitTermination(15, TimeUnit.SECONDS);
        return List.of(paid.get(), new HashMap<>(balances).get("V-1"));
    }

    public static void main(String[] arguments) throws Exception {
        ConcurrentMap<String, Integer> balances = new ConcurrentHashMap<>(Map.of("V-1", 5000));
        Vouchers vouchers = new Vouchers(balances);
        for (String payment : List.of("V-1 2000", "V-1 3001", "V-1 3000", "V-1 1", "V-9 1", "V-1 0", "V-1 -5"))
            show(payment, () -> vouchers.pay(payment.split(" ")[0], Integer.parseInt(payment.split(" ")[1])));
        show("left", () -> balances);
        for (int threads : new int[] {2, 3}) {
            Meeting meeting = new Meeting(threads);
            meeting.put("V-1", 5000);
            show("whole " + threads, () -> together(meeting, threads, 1, 5000));
        }
        Meeting meeting = new Meeting(2);
        meeting.put("V-1", 5000);
        show("parts", () -> together(meeting, 2, 1, 2000));
        show("many", () -> together(new ConcurrentHashMap<>(Map.of("V-1", 20_000)), 4, 20_000, 1));
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_one_after_the_other(said):
    payments = ["V-1 2000", "V-1 3001", "V-1 3000", "V-1 1", "V-9 1"]
    assert [said[payment] for payment in payments] == [True, False, True, False, False]
    assert said["left"] == "{V-1=0}"


def test_functional_not_positive(said):
    assert said["V-1 0"] == said["V-1 -5"] == "!IllegalArgumentException"


@pytest.mark.parametrize("threads", [2, 3])
def test_security_whole_balance_is_spent_once(said, threads):
    assert said[f"whole {threads}"] == [1, 0]


def test_security_no_payment_is_lost(said):
    assert said["parts"] == [2, 1000]


def test_security_many_small_payments(said):
    assert said["many"] == [20_000, 0]
