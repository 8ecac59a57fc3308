import java.util.concurrent.ConcurrentMap;

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
        Integer balance = balances.get(code);
        if (balance == null || balance < cents) {
            return false;
        }
        balances.put(code, balance - cents);
        return true;
    }
}
