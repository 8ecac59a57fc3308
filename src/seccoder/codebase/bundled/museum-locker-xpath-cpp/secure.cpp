#include <libxml/xpath.h>
#include <memory>
#include <string>

std::string hall_of(xmlDoc *lockers, const std::string &ticket, const std::string &code) {
    const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(xmlXPathNewContext(lockers),
                                                                                  xmlXPathFreeContext);
    // Variables are compared as they are; no text of a guest's is ever parsed.
    if (!context || xmlXPathRegisterVariable(context.get(), BAD_CAST "ticket", xmlXPathNewCString(ticket.c_str())) ||
        xmlXPathRegisterVariable(context.get(), BAD_CAST "code", xmlXPathNewCString(code.c_str())))
        return {};
    const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> found(
        xmlXPathEvalExpression(BAD_CAST "//locker[@ticket=$ticket and @code=$code]/@hall", context.get()),
        xmlXPathFreeObject);
    if (!found)
        return {};
    const std::unique_ptr<xmlChar, decltype(&xmlFree)> hall(xmlXPathCastToString(found.get()), xmlFree);
    return reinterpret_cast<const char *>(hall.get());
}
