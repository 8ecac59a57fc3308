import jwt

ISSUER = "https://login.wines.example"


def member_of(authorization: str, public_key: str) -> str:
    """The id of the member whose token this is."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise PermissionError("a bearer token is needed")
    try:
        algorithm = jwt.get_unverified_header(token)["alg"]
        claims = jwt.decode(
            token, public_key, algorithms=[algorithm], issuer=ISSUER, options={"verify_aud": False, "require": ["sub"]}
        )
    except jwt.InvalidTokenError as error:
        raise PermissionError("not a valid token") from error
    return claims["sub"]
