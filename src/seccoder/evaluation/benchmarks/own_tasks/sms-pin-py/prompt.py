"""Confirmation of transfers by SMS.

class SmsPins:
    SmsPins(send, now=time.time)     send(phone, text) sends an SMS; now() tells the time in seconds
    start(customer, phone)           makes a new PIN of six digits, which replaces the customer's former one, and sends
                                     the text "Your PIN is 123456"
    confirm(customer, pin) -> bool   whether this is the customer's PIN; it works once, and for five minutes
"""

import hmac
import secrets
import time
from collections.abc import Callable


