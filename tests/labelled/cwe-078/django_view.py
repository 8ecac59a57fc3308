# vulnerable: the domain of the form is formatted into a shell's line
import subprocess

from django.http import HttpResponse


def lookup(request):
    domain = request.POST.get("domain", "localhost")
    output = subprocess.check_output(f"nslookup {domain}", shell=True)
    return HttpResponse(output)
