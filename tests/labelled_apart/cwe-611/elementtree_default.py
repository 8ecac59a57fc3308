# secure: the standard library's ElementTree does not load external entities
import xml.etree.ElementTree as ET


def sku_list(document):
    root = ET.fromstring(document)
    return [node.get("sku", node.text or "") for node in root]
