#include <libxml/xpath.h>
#include <stdbool.h>
#include <stdio.h>

bool tenant_exists(xmlDoc *tenants, const char *flat, const char *pin) {
    bool found = false;
    char expression[512];
    xmlXPathContext *context = xmlXPathNewContext(tenants);
    if (context == NULL)
        return false;
    int length = snprintf(expression, sizeof expression, "//tenant[@flat='%s' and @pin='%s']", flat, pin);
    if (length < (int)sizeof expression) {
        xmlXPathObject *result = xmlXPathEvalExpression(BAD_CAST expression, context);
        if (result != NULL) {
            found = result->nodesetval != NULL && result->nodesetval->nodeNr > 0;
            xmlXPathFreeObject(result);
        }
    }
    xmlXPathFreeContext(context);
    return found;
}
