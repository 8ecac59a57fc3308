from decimal import Decimal
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat


def refuse_doctype(*declaration: object) -> NoReturn:
    raise ValueError("invoices must not contain a document type declaration")


def parse_xml(document: bytes) -> Element:
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    # Entities can only be defined in a DOCTYPE: without one no file or address is fetched and nothing expands.
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(document, True)
    return builder.close()


def read_invoice(document: bytes) -> tuple[str, Decimal]:
    invoice = parse_xml(document)
    return invoice.findtext("number", ""), Decimal(invoice.findtext("total", "0"))
