"""swift_configuration.py FOLDER PROXY_PORT OBJECT_PORT CONTAINER_PORT ACCOUNT_PORT

Writes FOLDER/conf: the configuration and the rings (which server holds what) of a Swift on 127.0.0.1 with one
copy of everything. The secret keys of the users come in the environment, as PASSWORDS="MAIN OTHER".
"""

import os
import pwd
import sys

folder = sys.argv[1]
ports = dict(zip(("proxy", "object", "container", "account"), map(int, sys.argv[2:])))
main_key, alt_key = os.environ["PASSWORDS"].split()

PIPELINE = (
    "catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth copy slo dlo "
    "versioned_writes symlink proxy-logging"
).split()

FILTERS = {
    # S3 requests need a cache: swift_server.py has one, in place of a memcached.
    "cache": "paste.filter_factory = swift_server_cache:filter_factory",
    "s3api": "use = egg:swift#s3api\ns3_acl = true\ncheck_bucket_owner = true\n"
    "location = us-east-1\nstorage_domain = localhost",
    "tempauth": f"use = egg:swift#tempauth\nuser_test_main = {main_key} .admin\nuser_other_alt = {alt_key} .admin",
    "versioned_writes": "use = egg:swift#versioned_writes\nallow_versioned_writes = true\n"
    "allow_object_versioning = true",
}


def write(name, text):
    with open(f"{folder}/conf/{name}", "w", encoding="ascii") as file:
        file.write(text)


def common(server):
    user = pwd.getpwuid(os.getuid()).pw_name
    return (
        f"[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {ports[server]}\nworkers = 0\nuser = {user}\n"
        f"swift_dir = {folder}/conf\nlog_level = INFO\nlog_address = /dev/null\nfallocate_reserve = 0\n"
    )


def write_proxy():
    text = common("proxy") + f"[pipeline:main]\npipeline = {' '.join(PIPELINE)} proxy-server\n"
    text += "[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n"
    for name in PIPELINE:
        own = FILTERS.get(name, f"use = egg:swift#{name.replace('-', '_')}")
        text += f"[filter:{name}]\n{own}\n"
    write("proxy.conf", text)


def write_storage_server(server):
    write(
        f"{server}.conf",
        common(server)
        + f"devices = {folder}/devices\nmount_check = false\ndisable_fallocate = true\n"
        + f"[pipeline:main]\npipeline = healthcheck {server}-server\n"
        + "[filter:healthcheck]\nuse = egg:swift#healthcheck\n"
        + f"[app:{server}-server]\nuse = egg:swift#{server}\nrecon_cache_path = {folder}/cache\n",
    )


def write_ring(server):
    # Imported late: Swift reads swift.conf when it is loaded.
    from swift.common.ring import RingBuilder

    builder = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    builder.add_dev(
        {
            "id": 0,
            "region": 1,
            "zone": 1,
            "ip": "127.0.0.1",
            "port": ports[server],
            "replication_ip": "127.0.0.1",
            "replication_port": ports[server],
            "device": "disk",
            "weight": 1,
            "meta": "",
        }
    )
    builder.rebalance()
    builder.get_ring().save(f"{folder}/conf/{server}.ring.gz")


os.umask(0o077)
write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = s\nswift_hash_path_prefix = p\n"
      "[storage-policy:0]\nname = one\ndefault = yes\n")
write_proxy()
for storage_server in ("object", "container", "account"):
    write_storage_server(storage_server)
    write_ring(storage_server)
