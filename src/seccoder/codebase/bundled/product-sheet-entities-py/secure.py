from io import BytesIO
from pathlib import Path
from xml import sax
from xml.sax.handler import ContentHandler, EntityResolver, feature_external_ges
from xml.sax.xmlreader import InputSource


class SheetText(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def characters(self, content: str) -> None:
        self.parts.append(content)


class SharedParagraphs(EntityResolver):
    def __init__(self, folder: Path) -> None:
        self._files = {path.name: path for path in folder.glob("*.txt")}

    def resolveEntity(self, publicId: str | None, systemId: str) -> InputSource:
        # The supplier writes the identifier: it picks one of our paragraphs and is never opened as a path or address.
        if systemId not in self._files:
            raise sax.SAXException(f"not one of the shared paragraphs: {systemId}")
        source = InputSource(systemId)
        source.setByteStream(BytesIO(self._files[systemId].read_bytes()))
        return source


def sheet_text(sheet: bytes, shared: Path) -> str:
    """The text of a product sheet; raises SAXException if it is malformed or asks for something else."""
    handler, parser = SheetText(), sax.make_parser()
    parser.setFeature(feature_external_ges, True)
    parser.setContentHandler(handler)
    parser.setEntityResolver(SharedParagraphs(shared))
    parser.parse(BytesIO(sheet))
    return "".join(handler.parts)
