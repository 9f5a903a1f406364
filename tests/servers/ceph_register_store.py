"""ceph_register_store.py CONFIGURATION STORE_ID

Makes the store known to the monitor, and the pools of the buckets: else the first put would wait for them.
"""

import json
import rados
import sys

configuration, store_id = sys.argv[1:]


def command(**arguments):
    status, _, message = cluster.mon_command(json.dumps(arguments), b"", timeout=30)
    if status:
        sys.exit(f"{arguments}: {status} {message}")


with rados.Rados(conffile=configuration, name="client.admin") as cluster:
    command(prefix="osd new", uuid=store_id, id=0)
    for pool in ("index", "data", "non-ec"):
        command(prefix="osd pool create", pool="default.rgw.buckets." + pool, pg_num=8)
