# secure: every value is bound
def save_order(db, order):
    db.execute(
        "INSERT INTO orders (customer, item, amount) VALUES (?, ?, ?)",
        (order["customer"], order["item"], order.get("amount", 1)),
    )
    db.commit()
    return True
