# vulnerable: entities are resolved and DTDs loaded, told so explicitly
from lxml import etree


def titles(document):
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
    tree = etree.fromstring(document.encode(), parser)
    return [node.text for node in tree.iter("title")]
