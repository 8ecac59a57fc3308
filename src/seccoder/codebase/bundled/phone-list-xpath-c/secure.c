#include <libxml/xpath.h>
#include <stdbool.h>

bool tenant_exists(xmlDoc *tenants, const char *flat, const char *pin) {
    bool found = false;
    xmlXPathContext *context = xmlXPathNewContext(tenants);
    if (context == NULL)
        return false;
    /* The question never changes: flat and pin are values that it compares with. */
    if (xmlXPathRegisterVariable(context, BAD_CAST "flat", xmlXPathNewCString(flat)) == 0 &&
        xmlXPathRegisterVariable(context, BAD_CAST "pin", xmlXPathNewCString(pin)) == 0) {
        xmlXPathObject *result = xmlXPathEvalExpression(BAD_CAST "//tenant[@flat=$flat and @pin=$pin]", context);
        if (result != NULL) {
            found = result->nodesetval != NULL && result->nodesetval->nodeNr > 0;
            xmlXPathFreeObject(result);
        }
    }
    xmlXPathFreeContext(context);
    return found;
}
