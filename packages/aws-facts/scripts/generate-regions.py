#!/usr/bin/env python3
"""Writes src/region-table.ts from two packages of the Python Package Index.

Names and partitions of regions: botocore (AWS's own SDK data). Zone ids: moto, which keeps the answers AWS gave to
`DescribeInstanceTypeOfferings` by zone id; where it has none, its own table or rule stands, and the row says so.

Run by maintainers, never at install or in a test:  python3 packages/aws-facts/scripts/generate-regions.py
It needs Python 3.10 or newer with pip, and npm install done (it formats with prettier).
"""

import ast
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
OFFERINGS = "moto/ec2/resources/instance_type_offerings/availability-zone-id/"
ZONES = "moto/ec2/models/availability_zones_and_regions.py"


def download(name, folder):
    """The wheel of a package's newest version, with that version."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*command, "--dest", folder, name], check=True)
    wheel = next(pathlib.Path(folder).glob(f"{name}-*.whl"))
    return zipfile.ZipFile(wheel), wheel.name.split("-")[1]


def regions(botocore):
    """Region name to title and partition: those that have endpoints, which leaves out regions merely announced."""
    listed = json.loads(botocore.read("botocore/data/partitions.json"))
    served = json.loads(botocore.read("botocore/data/endpoints.json"))
    with_endpoints = {name for partition in served["partitions"] for name in partition["regions"]}
    found = {}
    for partition in listed["partitions"]:
        if partition["id"] not in PARTITIONS:
            continue
        for name, facts in partition["regions"].items():
            if name in with_endpoints:
                found[name] = {"title": facts["description"], "partition": partition["id"]}
    return found


def observed_zones(moto):
    """Region name to the zone ids that AWS answered."""
    found = {}
    for path in moto.namelist():
        if path.startswith(OFFERINGS) and path.endswith(".json.gz"):
            offers = json.loads(gzip.decompress(moto.read(path)))
            region = path.removeprefix(OFFERINGS).removesuffix(".json.gz")
            found[region] = {offer["Location"] for offer in offers}
    return found


def tabled_zones(moto):
    """Region name to the zone ids in moto's own source, read without running it."""
    found = {}
    for call in ast.walk(ast.parse(moto.read(ZONES))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Zone":
            values = {k.arg: k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)}
            if {"region_name", "zone_id"} <= values.keys():
                found.setdefault(values["region_name"], set()).add(values["zone_id"])
    return found


def ruled_zones(region):
    """What a region's zone ids are by AWS's pattern: initials, number, az1 to az3."""
    head, *directions, number = region.split("-")
    if region.startswith("us-gov-"):
        head, directions = "usg", directions[1:]
    words = re.findall("north|south|central|east|west", "".join(directions))
    prefix = head + "".join(word[0] for word in words) + number
    return {f"{prefix}-az{index}" for index in (1, 2, 3)}


def rows(found, observed, tabled):
    for name in sorted(found):
        zones, origin = observed.get(name), ""
        if zones is None and name in tabled:
            zones, origin = tabled[name], " // zones from moto's own table"
        elif zones is None:
            zones, origin = ruled_zones(name), " // zones by AWS's pattern of zone ids"
        ordered = sorted(zones, key=lambda zone: int(zone.rpartition("az")[2]))
        facts = {"name": name, **found[name], "zones": ordered}
        yield f"{json.dumps(facts, ensure_ascii=False)},{origin}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        botocore, botocore_version = download("botocore", folder)
        moto, moto_version = download("moto", folder)
        found = regions(botocore)
        body = "\n".join(rows(found, observed_zones(moto), tabled_zones(moto)))
    source = f"botocore {botocore_version} (regions), moto {moto_version} (zone ids)"
    target = PACKAGE / "src" / "region-table.ts"
    target.write_text(
        "// Written by scripts/generate-regions.py: do not edit.\n"
        'import type { Dated } from "./dated.ts";\n'
        'import type { RegionRow } from "./region-row.ts";\n\n'
        "/** Regions with their names, partitions and zone ids, sorted by name. */\n"
        "export const regionTable: Dated<readonly RegionRow[]> = {\n"
        f"source: {json.dumps(source)},\n"
        f'date: "{datetime.date.today().isoformat()}",\n'
        f"data: [\n{body}\n],\n}};\n",
        encoding="utf-8",
    )
    subprocess.run([ROOT / "node_modules/.bin/prettier", "--write", target], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
