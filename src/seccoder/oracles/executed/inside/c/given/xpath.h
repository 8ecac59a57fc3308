/* Declares what the headers of libxml2 declare, as far as code that asks a document by XPath needs it; see libraries.c. */
#ifndef SECCODER_XPATH_H
#define SECCODER_XPATH_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef unsigned char xmlChar;
typedef enum { XML_ELEMENT_NODE = 1, XML_ATTRIBUTE_NODE = 2, XML_TEXT_NODE = 3, XML_DOCUMENT_NODE = 9 } xmlElementType;
typedef struct _xmlDoc xmlDoc, *xmlDocPtr;
typedef struct _xmlNs xmlNs, *xmlNsPtr;
typedef struct _xmlAttr xmlAttr, *xmlAttrPtr;
typedef struct _xmlNode xmlNode, *xmlNodePtr;
struct _xmlNode { void *_private; xmlElementType type; const xmlChar *name; xmlNodePtr children, last, parent, next, prev; xmlDocPtr doc; xmlNsPtr ns; xmlChar *content; xmlAttrPtr properties; };
struct _xmlDoc { void *_private; xmlElementType type; char *name; xmlNodePtr children, last, parent, next, prev; xmlDocPtr doc; };
typedef struct { int nodeNr, nodeMax; xmlNodePtr *nodeTab; } xmlNodeSet, *xmlNodeSetPtr;
typedef enum { XPATH_UNDEFINED, XPATH_NODESET, XPATH_BOOLEAN, XPATH_NUMBER, XPATH_STRING } xmlXPathObjectType;
typedef struct { xmlXPathObjectType type; xmlNodeSetPtr nodesetval; int boolval; double floatval; xmlChar *stringval; } xmlXPathObject, *xmlXPathObjectPtr;
typedef struct { xmlDocPtr doc; xmlNodePtr node; void *userData; } xmlXPathContext, *xmlXPathContextPtr;
typedef struct seccoder_compiled xmlXPathCompExpr, *xmlXPathCompExprPtr;
#define BAD_CAST (xmlChar *)
#define xmlXPathNodeSetIsEmpty(set) (!(set) || !(set)->nodeNr || !(set)->nodeTab)
#define xmlXPathNodeSetGetLength(set) ((set) ? (set)->nodeNr : 0)
#define xmlXPathNodeSetItem(set, at) ((set) && (at) >= 0 && (at) < (set)->nodeNr ? (set)->nodeTab[at] : NULL)
#define LIBXML_TEST_VERSION
#define xmlFree free
#define xmlMalloc malloc
enum { XML_PARSE_NOENT = 2, XML_PARSE_NOERROR = 32, XML_PARSE_NOWARNING = 64, XML_PARSE_NOBLANKS = 256, XML_PARSE_NONET = 2048 };
xmlDocPtr xmlReadFile(const char *name, const char *encoding, int options);
xmlDocPtr xmlReadMemory(const char *text, int size, const char *url, const char *encoding, int options);
xmlDocPtr xmlReadDoc(const xmlChar *text, const char *url, const char *encoding, int options);
xmlDocPtr xmlParseFile(const char *name);
xmlDocPtr xmlParseMemory(const char *text, int size);
xmlDocPtr xmlParseDoc(const xmlChar *text);
void xmlFreeDoc(xmlDocPtr document);
xmlNodePtr xmlDocGetRootElement(const xmlDoc *document);
void xmlInitParser(void);
void xmlCleanupParser(void);
xmlChar *xmlNodeGetContent(const xmlNode *node);
xmlChar *xmlNodeListGetString(xmlDocPtr document, const xmlNode *list, int inline_);
xmlChar *xmlGetProp(const xmlNode *node, const xmlChar *name);
xmlChar *xmlStrdup(const xmlChar *text);
int xmlStrcmp(const xmlChar *one, const xmlChar *other);
int xmlStrEqual(const xmlChar *one, const xmlChar *other);
int xmlStrlen(const xmlChar *text);
xmlXPathContextPtr xmlXPathNewContext(xmlDocPtr document);
void xmlXPathFreeContext(xmlXPathContextPtr context);
xmlXPathObjectPtr xmlXPathEvalExpression(const xmlChar *text, xmlXPathContextPtr context);
xmlXPathObjectPtr xmlXPathEval(const xmlChar *text, xmlXPathContextPtr context);
xmlXPathObjectPtr xmlXPathNodeEval(xmlNodePtr node, const xmlChar *text, xmlXPathContextPtr context);
xmlXPathCompExprPtr xmlXPathCompile(const xmlChar *text);
xmlXPathCompExprPtr xmlXPathCtxtCompile(xmlXPathContextPtr context, const xmlChar *text);
xmlXPathObjectPtr xmlXPathCompiledEval(xmlXPathCompExprPtr compiled, xmlXPathContextPtr context);
int xmlXPathCompiledEvalToBoolean(xmlXPathCompExprPtr compiled, xmlXPathContextPtr context);
void xmlXPathFreeCompExpr(xmlXPathCompExprPtr compiled);
void xmlXPathFreeObject(xmlXPathObjectPtr object);
int xmlXPathRegisterVariable(xmlXPathContextPtr context, const xmlChar *name, xmlXPathObjectPtr value);
int xmlXPathRegisterNs(xmlXPathContextPtr context, const xmlChar *prefix, const xmlChar *uri);
xmlXPathObjectPtr xmlXPathNewString(const xmlChar *text);
xmlXPathObjectPtr xmlXPathNewCString(const char *text);
xmlXPathObjectPtr xmlXPathNewFloat(double number);
xmlChar *xmlXPathCastToString(xmlXPathObjectPtr value);
#ifdef __cplusplus
}
#endif
#endif
