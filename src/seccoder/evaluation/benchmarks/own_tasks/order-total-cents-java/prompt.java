public class Order {
    /** Returns the total of a position in cents: so many pieces at this price each. */
    public static long totalCents(int priceCents, int pieces) {
