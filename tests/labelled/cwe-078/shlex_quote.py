# secure: the value is quoted for the shell and stands alone
import os
import shlex


def archive(folder, target="backup.tgz"):
    return os.system("tar czf " + shlex.quote(target) + " -- " + shlex.quote(folder))
