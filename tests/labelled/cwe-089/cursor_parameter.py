# secure: bound by the driver
def user_by_mail(cursor, mail):
    cursor.execute("SELECT id, name FROM users WHERE mail = %s", (mail,))
    return cursor.fetchone()
