"""A bucket of the tests' own: S3 over HTTP on loopback, in a process of its own.

Run by path. It tells its address and the keys of three users as a line of JSON, and ends when its
standard input does: ``owner`` may do all, ``reader`` list and read, ``lister`` list alone.
"""

from __future__ import annotations

import json
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

BUCKET = "province"
_MAY = {
    "owner": ["s3:*"],
    "reader": ["s3:ListBucket", "s3:GetObject"],
    "lister": ["s3:ListBucket"],
}


def main() -> None:
    """Serve until standard input ends."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = _users(url)
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0  # from here on it looks at who asks for what
    print(json.dumps({"url": url, "keys": keys}), flush=True)  # noqa: T201 - told to whoever started it
    sys.stdin.read()


def _users(url: str) -> dict[str, tuple[str, str]]:
    plain = {"aws_access_key_id": "nobody", "aws_secret_access_key": "nobody"}
    iam, s3 = (
        boto3.client(name, endpoint_url=url, region_name="us-east-1", **plain)
        for name in ("iam", "s3")
    )
    s3.create_bucket(Bucket=BUCKET)
    keys = {}
    for user, actions in _MAY.items():
        allowed = [{"Effect": "Allow", "Action": actions, "Resource": "*"}]
        iam.create_user(UserName=user)
        iam.put_user_policy(
            UserName=user,
            PolicyName="may",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": allowed}),
        )
        key = iam.create_access_key(UserName=user)["AccessKey"]
        keys[user] = (key["AccessKeyId"], key["SecretAccessKey"])
    return keys


if __name__ == "__main__":
    main()
