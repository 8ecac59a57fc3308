# secure: no entities, no DTD, no network
from lxml import etree


def invoice_total(document):
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(document.encode(), parser)
    return sum(float(node.text) for node in root.findall("line/amount"))
