# vulnerable: the feature for external general entities is switched on
import io
import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges


class Names(ContentHandler):
    def __init__(self):
        super().__init__()
        self.text = []

    def characters(self, content):
        self.text.append(content)


def read_names(document):
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, True)
    handler = Names()
    parser.setContentHandler(handler)
    parser.parse(io.StringIO(document))
    return "".join(handler.text)
