# secure: escaped before it is formatted
import html

from django.http import HttpResponse


def greet(request):
    name = request.GET.get("name", "stranger")
    return HttpResponse("<h1>Hello %s</h1>" % html.escape(name))
