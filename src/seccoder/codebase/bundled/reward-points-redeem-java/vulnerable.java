public final class PointsAccount {
    private static final int DELIVERY = 150;
    private int balance;

    public PointsAccount(int balance) {
        this.balance = balance;
    }

    public synchronized int balance() {
        return balance;
    }

    public synchronized int redeem(int pointsEach, int quantity) {
        if (pointsEach < 1 || quantity < 1) {
            throw new IllegalArgumentException("points and quantity must be positive");
        }
        int cost = pointsEach * quantity + DELIVERY;
        if (cost > balance) {
            throw new IllegalStateException("not enough points");
        }
        balance -= cost;
        return balance;
    }
}
