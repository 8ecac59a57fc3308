import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Vouchers {
    private final ConcurrentMap<String, Integer> balances;

    public Vouchers(ConcurrentMap<String, Integer> balances) {
        this.balances = balances;
    }

    /** Takes the amount off a voucher; false, and nothing taken, if there is not enough on it or no such voucher. */
    public boolean pay(String code, int cents) {
        if (cents <= 0) {
            throw new IllegalArgumentException("the amount must be positive");
        }
        AtomicBoolean paid = new AtomicBoolean();
        // One atomic step: nobody else can change this voucher between the comparison and the subtraction.
        balances.computeIfPresent(code, (same, balance) -> {
            paid.set(balance >= cents);
            return paid.get() ? balance - cents : balance;
        });
        return paid.get();
    }
}
