# secure: only a parsed address reaches the shell
import ipaddress
import os
import sys

if len(sys.argv) < 2:
    sys.exit("usage: reach ADDRESS")
try:
    address = ipaddress.ip_address(sys.argv[1])
except ValueError:
    sys.exit("not an address")
os.system(f"ping -c 1 {address}")
