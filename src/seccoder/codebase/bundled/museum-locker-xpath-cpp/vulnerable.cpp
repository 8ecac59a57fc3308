#include <libxml/xpath.h>
#include <memory>
#include <string>

std::string hall_of(xmlDoc *lockers, const std::string &ticket, const std::string &code) {
    const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(xmlXPathNewContext(lockers),
                                                                                  xmlXPathFreeContext);
    const std::string expression = "//locker[@ticket='" + ticket + "' and @code='" + code + "']/@hall";
    if (!context)
        return {};
    const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> found(
        xmlXPathEvalExpression(BAD_CAST expression.c_str(), context.get()), xmlXPathFreeObject);
    if (!found)
        return {};
    const std::unique_ptr<xmlChar, decltype(&xmlFree)> hall(xmlXPathCastToString(found.get()), xmlFree);
    return reinterpret_cast<const char *>(hall.get());
}
