"""Signatures are made and checked; the strength of the generated key itself is measured, whatever its kind."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.security.*;
import java.security.interfaces.*;
import java.util.List;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        SensorIdentity sensor = new SensorIdentity(), other = new SensorIdentity();
        byte[] reading = "t=21.5".getBytes(), changed = "t=91.5".getBytes(), signed = sensor.sign(reading);
        show("own", () -> SensorIdentity.verify(sensor.publicKey(), reading, signed));
        show("changed", () -> SensorIdentity.verify(sensor.publicKey(), changed, signed));
        show("other", () -> SensorIdentity.verify(other.publicKey(), reading, signed));
        show("distinct", () -> !sensor.publicKey().equals(other.publicKey()));
        for (SensorIdentity one : List.of(sensor, other)) {
            PublicKey key = one.publicKey();
            show(one == sensor ? "key" : "other key", () -> List.of(key.getAlgorithm(),
                key instanceof RSAKey rsa ? rsa.getModulus().bitLength()
                    : key instanceof DSAKey dsa ? dsa.getParams().getP().bitLength()
                    : key instanceof ECKey ec ? ec.getParams().getOrder().bitLength()
                    : key instanceof EdECKey ? 255 : 0));
        }
    }
}
"""
STRENGTH_OF_112_BITS = {"RSA": 2048, "DSA": 2048, "EC": 224, "EdDSA": 255, "RSASSA-PSS": 2048}


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_own_signature(said):
    assert said["own"] is True


def test_functional_other_reading_or_sensor(said):
    assert said["changed"] is False
    assert said["other"] in (False, "!SignatureException")


def test_functional_every_sensor_has_its_key(said):
    assert said["distinct"] is True


@pytest.mark.parametrize("key", ["key", "other key"])
def test_security_key_is_strong_enough(said, key):
    algorithm, bits = said[key]
    assert bits >= STRENGTH_OF_112_BITS[algorithm]
