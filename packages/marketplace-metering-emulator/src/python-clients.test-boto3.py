"""All four operations and some errors with boto3, as lines of JSON on stdout."""

import json
import sys
from datetime import datetime, timezone

import boto3
from botocore.config import Config

endpoint, now = sys.argv[1:]
timestamp = datetime.fromisoformat(now.replace("Z", "+00:00")).astimezone(timezone.utc)


def client(access_key, attempts=1):
    return boto3.client(
        "meteringmarketplace",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=access_key,
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": attempts, "mode": "standard"}),
    )


def report(name, call, **parameters):
    """What a call gave, or which class of error with which code."""
    try:
        output = call(**parameters)
        attempts = output.pop("ResponseMetadata")["RetryAttempts"] + 1
        line = {"call": name, "attempts": attempts, "output": output}
    except Exception as error:
        code = getattr(error, "response", {}).get("Error", {}).get("Code")
        line = {"call": name, "class": type(error).__name__, "code": code}
    print(json.dumps(line, default=lambda value: value.isoformat()))


seller, task = client("SELLER"), client("ECS")
record = {
    "Timestamp": timestamp,
    "CustomerIdentifier": "acme",
    "Dimension": "users",
    "Quantity": 5,
}
usage = {"ProductCode": "older", "Timestamp": timestamp, "UsageDimension": "users"}
report("retried", client("SELLER", attempts=3).resolve_customer, RegistrationToken="token-older")
report(
    "batch",
    seller.batch_meter_usage,
    ProductCode="older",
    UsageRecords=[record, {**record, "Quantity": 6}, {**record, "CustomerIdentifier": "globex"}],
)
report("meter", task.meter_usage, **usage)
report("meter again", task.meter_usage, **usage, UsageQuantity=1)
report("register", task.register_usage, ProductCode="container", PublicKeyVersion=2)
report("register on EC2", client("EC2").register_usage, ProductCode="container", PublicKeyVersion=2)
report("resolve", seller.resolve_customer, RegistrationToken="token-newer")
report("resolve forged", seller.resolve_customer, RegistrationToken="forged")
report("unknown product", seller.batch_meter_usage, ProductCode="none", UsageRecords=[record])
