"""swift_server.py proxy|object|container|account CONFIGURATION

Runs one of Swift's servers, with two changes: a cache inside the process in place of a memcached (there is
one proxy process, so it is shared by all who need it), and no syslog (what is logged goes to stderr).
"""

import logging
import os
import sys
import time
import types


class Cache:
    """As much of swift.common.memcached.MemcacheRing as the proxy uses."""

    def __init__(self):
        self._values = {}  # key -> (value, when it ends, or None)

    def get(self, key, *_, **__):
        value, end = self._values.get(key, (None, None))
        return value if end is None or end > time.time() else None

    def set(self, key, value, serialize=True, time=0, *_, **__):
        self._values[key] = (value, now() + time if time else None)

    def incr(self, key, delta=1, time=0, *_, **__):
        value = max(0, int(self.get(key) or 0) + delta)
        self.set(key, value, time=time)
        return value

    def decr(self, key, delta=1, time=0, *_, **__):
        return self.incr(key, -delta, time)

    def delete(self, key, *_, **__):
        self._values.pop(key, None)

    def set_multi(self, mapping, server_key, serialize=True, time=0, *_, **__):
        for key, value in mapping.items():
            self.set(key, value, time=time)

    def get_multi(self, keys, server_key, *_, **__):
        return [self.get(key) for key in keys]


now = time.time  # `time` is the name of a parameter above


def filter_factory(_global_configuration, **_configuration):
    cache = Cache()

    def make_filter(application):
        def call(environment, start_response):
            environment["swift.cache"] = cache
            return application(environment, start_response)

        return call

    return make_filter


class NoSyslog(logging.NullHandler):
    LOG_LOCAL0 = 16

    def __init__(self, *_, **__):
        super().__init__()


def main():
    server, configuration = sys.argv[1:]
    # The name by which proxy.conf knows the filter above.
    cache_module = types.ModuleType("swift_server_cache")
    cache_module.filter_factory = filter_factory
    sys.modules["swift_server_cache"] = cache_module

    from swift.common import utils

    utils.set_swift_dir(os.path.dirname(configuration))
    utils.ThreadSafeSysLogHandler = NoSyslog
    from swift.common.wsgi import run_wsgi

    return run_wsgi(configuration, server + "-server", verbose=True)


sys.exit(main())
