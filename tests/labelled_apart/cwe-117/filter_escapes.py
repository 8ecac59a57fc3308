# secure: a filter escapes control characters in every record
import logging


class OneLine(logging.Filter):
    def filter(self, record):
        text = record.getMessage()
        record.msg = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
        record.args = ()
        return True


logger = logging.getLogger("orders")
handler = logging.FileHandler("orders.log")
handler.addFilter(OneLine())
logger.addHandler(handler)
logger.setLevel(logging.INFO)


def ordered(customer, item):
    logger.info("customer %s ordered %s", customer, item)
