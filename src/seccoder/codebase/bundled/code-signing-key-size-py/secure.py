from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def new_vendor_key(kind: str, passphrase: bytes) -> tuple[bytes, bytes]:
    """Return a new private key, encrypted with the passphrase, and its public key, both as PEM."""
    # Both are about as strong as a 128-bit cipher, which a plugin's signature needs for years.
    if kind == "rsa":
        key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    elif kind == "ec":
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        raise ValueError(f"unknown kind of key: {kind}")
    pem = serialization.Encoding.PEM
    encrypted = serialization.BestAvailableEncryption(passphrase)
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, encrypted)
    return private, key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
