#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

static const xmlNode *child(const xmlNode *parent, const char *name) {
    const xmlNode *node = parent == NULL ? NULL : parent->children;

    while (node != NULL && (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, name) != 0)) {
        node = node->next;
    }
    return node;
}

char *book_title(const char *package, int size) {
    char *title = NULL;
    /* Never XML_PARSE_NOENT or XML_PARSE_DTDLOAD: they let the document read files and expand without end. */
    xmlDoc *document = xmlReadMemory(package, size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);

    /* Package files need no DTD: with one, somebody is trying entities. */
    if (document != NULL && document->intSubset == NULL) {
        const xmlNode *node = child(child(xmlDocGetRootElement(document), "metadata"), "title");
        xmlChar *content = node == NULL ? NULL : xmlNodeGetContent(node);
        if (content != NULL) {
            title = strdup((const char *)content);
            xmlFree(content);
        }
    }
    xmlFreeDoc(document);
    return title;
}
