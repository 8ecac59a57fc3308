"""Accounts of the photo app, kept in memory.

class Accounts:
    register(name, password)                      raises ValueError if the name is taken
    sign_in(name, password) -> str | None         the token of a new session, or None; people have several devices
    user(token) -> str | None                     whose session it is, or None if it is none
    sign_out(token)                               on this device
    change_password(token, old, new) -> bool      of the session's user, for instance after a phone was lost; False if
                                                  the old one is wrong
"""

import hashlib
import hmac
import os
import secrets


