from io import BytesIO
from pathlib import Path
from xml import sax
from xml.sax.handler import ContentHandler, feature_external_ges
from xml.sax.xmlreader import InputSource


class SheetText(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def characters(self, content: str) -> None:
        self.parts.append(content)


def sheet_text(sheet: bytes, shared: Path) -> str:
    """The text of a product sheet; raises SAXException if it is malformed or asks for something else."""
    handler, parser = SheetText(), sax.make_parser()
    parser.setFeature(feature_external_ges, True)
    parser.setContentHandler(handler)
    source = InputSource(str(shared / "sheet.xml"))
    source.setByteStream(BytesIO(sheet))
    parser.parse(source)
    return "".join(handler.parts)
