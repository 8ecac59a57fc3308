import jwt

ISSUER = "https://login.wines.example"
AUDIENCE = "wine-club-api"


def member_of(authorization: str, public_key: str) -> str:
    """The id of the member whose token this is."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise PermissionError("a bearer token is needed")
    try:
        # What counts is decided here: the algorithm, who made the token, for whom, and until when.
        claims = jwt.decode(
            token,
            public_key,
            algorithms=["RS256"],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["exp", "aud", "iss", "sub"]},
        )
    except jwt.InvalidTokenError as error:
        raise PermissionError("not a valid token") from error
    return claims["sub"]
