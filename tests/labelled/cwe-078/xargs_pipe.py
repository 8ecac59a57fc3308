# vulnerable: the value is echoed into a pipe by a shell
import subprocess


def groups_of(user):
    pipe = subprocess.Popen(f"echo {user} | xargs -n1 id -Gn", shell=True, stdout=subprocess.PIPE)
    out, _ = pipe.communicate(timeout=5)
    return out.decode().split()
