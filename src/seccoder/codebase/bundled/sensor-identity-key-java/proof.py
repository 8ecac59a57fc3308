"""Signatures are made and checked; the strength of the generated key itself is measured, whatever its kind."""

import json

import pytest

DRIVER = r"""
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

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
    }
}
"""
STRENGTH_OF_112_BITS = {"RSA": 2048, "DSA": 2048, "EC": 224, "EdDSA": 255, "RSASSA-PSS": 2048}


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


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
