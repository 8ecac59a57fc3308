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
    xmlDoc *document = xmlReadMemory(package, size, NULL, NULL, XML_PARSE_NOENT | XML_PARSE_NOERROR);

    if (document != NULL) {
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
