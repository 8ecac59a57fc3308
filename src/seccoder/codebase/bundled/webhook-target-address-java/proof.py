"""A resolver of the proof's own gives each name its addresses; none that is not public is ever returned."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.net.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            int[] asked = {0};
            WebhookTargets targets = new WebhookTargets(host -> {
                asked[0]++;
                if (words.length == 1) throw new UnknownHostException(host);
                InetAddress[] all = new InetAddress[words.length - 1];
                for (int i = 0; i < all.length; i++) all[i] = InetAddress.getByName(words[i + 1]);
                return all;
            });
            show(argument, () -> {
                InetSocketAddress address = targets.addressOf(new URI(words[0]));
                return address.getAddress().getHostAddress() + " " + address.getPort();
            });
            System.out.println("asked " + argument + "\t" + asked[0]);
        }
    }
}
"""

PUBLIC = {
    "https://hooks.example/a?b=c 93.184.216.34": "93.184.216.34 443",
    "https://hooks.example:8443/ 8.8.8.8 1.1.1.1": "8.8.8.8 8443",
    "https://hooks.example/ 2606:2800:220:1::1": "2606:2800:220:1:0:0:0:1 443",
    "https://9.9.9.9/ 9.9.9.9": "9.9.9.9 443",
    "https://hooks.example/ 100.128.0.1": "100.128.0.1 443",
    "https://hooks.example/ 172.32.0.1": "172.32.0.1 443",
    "https://hooks.example/ 223.255.255.1": "223.255.255.1 443",
}
REFUSED = ["http://hooks.example/ 93.184.216.34", "https://localhost/ 127.0.0.1", "https://10.1.2.3/ 10.1.2.3"]
PRIVATE = [
    *["127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    *["169.254.169.254", "100.64.0.1", "100.127.255.254", "224.0.0.1", "255.255.255.255", "240.0.0.1"],
    *["::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
    *["64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1", "::127.0.0.1"],
]


@pytest.fixture(scope="module")
def said(java):
    attacks = [f"https://rebind.evil.example/ {ip}" for ip in PRIVATE]
    mixed = ["https://x.example/ 8.8.8.8 10.0.0.1", "https://x.example/ 2606::1 ::1", "https://2130706433/ 127.0.0.1"]
    return java(DRIVER)(*PUBLIC, *REFUSED, "https://gone.example/", *attacks, *mixed).said


@pytest.mark.parametrize("case", PUBLIC)
def test_functional_public_address(said, case):
    assert said[case] == PUBLIC[case]


@pytest.mark.parametrize("case", REFUSED)
def test_functional_refused(said, case):
    assert said[case] == "!IOException"


def test_functional_unknown_host(said):
    assert said["https://gone.example/"] == "!UnknownHostException"


@pytest.mark.parametrize("ip", PRIVATE)
def test_security_name_that_resolves_to_a_private_address(said, ip):
    assert said[f"https://rebind.evil.example/ {ip}"] == "!IOException"


@pytest.mark.parametrize("case", ["https://x.example/ 8.8.8.8 10.0.0.1", "https://x.example/ 2606::1 ::1"])
def test_security_one_private_address_among_them(said, case):
    assert said[case] == "!IOException"


def test_security_other_spelling_of_loopback(said):
    assert said["https://2130706433/ 127.0.0.1"] == "!IOException"


@pytest.mark.parametrize("case", PUBLIC)
def test_security_resolved_once(said, case):
    assert said[f"asked {case}"] == 1
