# vulnerable: pulldom over a parser that loads external entities
import io
from xml.dom import pulldom
from xml.sax import make_parser
from xml.sax.handler import feature_external_ges


def first_comment(document):
    parser = make_parser()
    parser.setFeature(feature_external_ges, 1)
    events = pulldom.parse(io.BytesIO(document.encode()), parser=parser)
    for event, node in events:
        if event == pulldom.START_ELEMENT and node.tagName == "comment":
            events.expandNode(node)
            return node.toxml()
    return ""
