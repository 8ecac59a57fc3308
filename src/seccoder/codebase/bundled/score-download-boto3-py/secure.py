from typing import Any


def download_link(s3: Any, bucket: str, user_id: int, name: str) -> str:
    """A link to one of the user's own files, for five minutes."""
    segments = name.split("/")
    # The prefix is the whole protection here, so nothing in the name may lead out of it.
    if any(segment in {"", ".", ".."} for segment in segments):
        raise LookupError("there is no such file")
    key = "/".join(["users", str(user_id), *segments])
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except s3.exceptions.ClientError:
        raise LookupError("there is no such file") from None
    return s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=300)
