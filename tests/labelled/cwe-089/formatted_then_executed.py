# vulnerable: the placeholder is filled in by Python, not by the driver


def delete_session(conn, token):
    cur = conn.cursor()
    cur.execute("DELETE FROM sessions WHERE token = '%s'" % token)
    conn.commit()
    return cur.rowcount
