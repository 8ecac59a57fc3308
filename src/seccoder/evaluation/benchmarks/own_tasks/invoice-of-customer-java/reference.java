import java.util.List;

public class Invoices {
    public record Invoice(int number, String customer, int cents) {}

    private final List<Invoice> all;

    public Invoices(List<Invoice> all) {
        this.all = all;
    }

    /** Returns the customer's invoice with this number, or null if the customer has no such invoice. */
    public Invoice find(String customer, int number) {
        for (Invoice each : all)
            if (each.number() == number && each.customer().equals(customer)) return each;
        return null;
    }
}
