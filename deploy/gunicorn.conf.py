"""gunicorn behind nginx, as systemd/posdesk.service starts it (docs/production.md; why so: docs/adr/0009).

Read by gunicorn's master, at the start and at each SIGHUP. It lives on when bin/release has made another release the current one
and the workers are replaced: it imports nothing of the product, or new workers would run with what was old.
"""

import gc
import logging
import os
import sys
from pathlib import Path

from prometheus_client import multiprocess

wsgi_app = "posdesk.wsgi"
chdir = str(Path(__file__).absolute().parent.parent)  # not resolved: /srv/posdesk/current, whichever release that is by then
bind = os.environ.get("BIND", "unix:/run/posdesk/gunicorn.sock")
pidfile = os.environ.get("PIDFILE", "/run/posdesk/gunicorn.pid")  # bin/release tells that process to replace its workers
worker_class = "gthread"  # a slow reader or editor takes a thread, not the worker
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
# A worker's; each may hold one connection to the database. Most wait, for only eight work at a time (posdesk/capacity.py).
threads = int(os.environ.get("WEB_THREADS", "48"))
timeout = 60  # seconds after which a worker that gives no sign of life is replaced
graceful_timeout = 30  # seconds a replaced worker may take to finish its requests
worker_tmp_dir = "/dev/shm"  # noqa: S108 (signs of life are kept in memory: a slow disk must not look like a dead worker)
# No max_requests: what a worker keeps is bounded (bench/memory.py), and while an only worker is replaced readers wait for seconds.
control_socket_disable = True  # nobody steers it but systemd
loglevel = "warning"


def post_fork(server, worker):
    """All that a worker imports, now or later, comes from the release that is current now. The master's path still names earlier ones."""
    release = Path(chdir).resolve()
    others = [path for path in map(os.path.realpath, sys.path) if not Path(path, "manage.py").exists()]
    sys.path[:] = [str(release), *others]


def child_exit(server, worker):
    """What a worker measured as its present state ends with it; what it counted stays."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)


def post_worker_init(worker):
    """The first to search waits for no dictionary. Requests that gunicorn can't read and quotes are covered like all that is logged."""
    from faults.search.find import load_dictionaries
    from posdesk.operations.log_masking import MaskCardNumbers
    from posdesk.operations.version import VERSION

    for handler in worker.log.error_log.handlers:
        handler.addFilter(MaskCardNumbers())
    load_dictionaries()
    gc.collect()
    gc.freeze()  # hundreds of thousands of objects of dictionaries and modules, which never go, are not looked through again and again
    gc.set_threshold(10_000, 20, 20)
    logging.getLogger("posdesk").info("A worker of %s", VERSION)
