"""The log is published whoever acted, however many publish, and whatever died meanwhile."""

from __future__ import annotations

import datetime
import json
import resource
import threading
import time
from pathlib import Path

import pytest

from verbale import institutions
from verbale.edges.home import Home, create_home
from verbale.edges.keys import known_keys, rotate_keys, unlock
from verbale.edges.log_files import LATEST, publish, published_faults, republish
from verbale.edges.publishing import keep_published, publish_now
from verbale.edges.signing import acting, first_keys
from verbale.errors import RegistryError
from verbale.proof.statements import Head
from verbale.workflow.auditing import audit_log

NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    path = tmp_path / "registry"
    prepare = first_keys(institutions.load("lakes"), [], path)
    return create_home(path, "lakes", prepare=prepare)


def said(home: Home) -> Head:
    return Head.of(json.loads((home.path / "log" / "head.json").read_bytes()))


def act(home: Home, times: int = 1) -> int:
    """Write leaves without publishing them, as a process does that dies; the log's size."""
    store = home.store()
    for _ in range(times):
        with store.transaction() as tx:
            tx.state(f'{{"act":"test","at":"{time.monotonic_ns()}"}}')
    size = store.log_size()
    store.close()
    return size


def test_the_next_command_publishes_what_was_left(home: Home) -> None:
    assert said(home).size == 1
    act(home, 3)
    assert said(home).size == 1
    head = publish_now(home)
    assert head is not None
    assert head == said(home)
    assert head.size == 4
    keys = known_keys(home.path)
    assert keys is not None
    assert head.is_signed_by(keys)


def test_an_act_that_ends_ill_is_published_too(home: Home) -> None:
    with pytest.raises(RuntimeError), acting(home) as at:  # noqa: PT012 - how an act ends
        with at.store.transaction() as tx:
            tx.state('{"act":"test"}')
        raise RuntimeError
    assert said(home).size == 2


def test_the_loop_beside_the_site_catches_up_and_ends_when_told(home: Home) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=keep_published, args=(home, stop), kwargs={"every": 0.02})
    thread.start()
    try:
        for _ in range(3):
            size = act(home)
            end = time.monotonic() + 10
            while said(home).size < size:
                assert time.monotonic() < end
                time.sleep(0.01)
        # A file that was lost is written again.
        (home.path / "log" / "heads" / f"{size:012}.json").unlink()
        while not (home.path / "log" / "heads" / f"{size:012}.json").exists():
            assert time.monotonic() < end
            time.sleep(0.01)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_many_publish_at_once_and_no_head_goes_back(home: Home) -> None:
    def work() -> None:
        for _ in range(5):
            act(home)
            publish_now(home)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    store = home.store()
    sizes = [size for size, _ in store.heads()]
    assert sizes == sorted(sizes)
    assert said(home).size == store.log_size() == 21
    now = datetime.datetime.now(datetime.UTC)
    assert list(audit_log(store, known_keys(home.path), now)) == []
    assert list(published_faults(home.path, store, now)) == []
    store.close()


def test_a_head_that_nobody_published_for_a_minute_is_a_fault(home: Home) -> None:
    act(home)
    store = home.store()
    ring = unlock(home.path)
    before = said(home)
    head = publish(home.path, store, ring, NOW)
    (home.path / "log" / "head.json").write_text(json.dumps(before.plain()), "utf-8")
    at = datetime.datetime.fromisoformat(head.at)
    assert list(published_faults(home.path, store, at)) == []
    late = at + datetime.timedelta(seconds=LATEST + 1)
    assert [each for each in published_faults(home.path, store, late) if "behind" in each.code]
    republish(home.path, store)
    assert said(home) == head
    store.close()


def test_the_published_files_are_held_against_the_log(home: Home) -> None:
    act(home, 5)
    publish_now(home)
    store = home.store()
    log = home.path / "log"
    for path in (log / "head.json", log / "leaves-000000.txt", log / "keys.json"):
        good = path.read_bytes()
        at = len(good) // 2
        for bad in (good[:at], good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], b""):
            path.write_bytes(bad)
            now = datetime.datetime.now(datetime.UTC)
            faults = published_faults(home.path, store, now)
            assert str(path) in {each.values["file"] for each in faults}
        path.write_bytes(good)
    store.close()


def test_a_log_that_was_rolled_back_is_not_signed(home: Home) -> None:
    database = home.path / "registry.sqlite3"
    act(home, 3)
    publish_now(home)
    old = database.read_bytes()
    act(home, 3)
    publish_now(home)
    kept = said(home)
    database.write_bytes(old)
    for beside in ("-wal", "-shm"):
        Path(f"{database}{beside}").unlink(missing_ok=True)
    # The old copy has the old head, and is in order by itself; who kept a newer one sees it.
    store = home.store()
    assert [
        f
        for f in published_faults(home.path, store, NOW)
        if f.code == "audit-published-no-head"
    ]
    with store.transaction() as tx:
        tx.keep_head(kept.size, json.dumps(kept.plain()))
    with pytest.raises(RegistryError, match="rolled back"):
        publish(home.path, store, unlock(home.path), NOW)
    store.close()


def test_a_new_key_is_stated_in_the_log_by_whoever_publishes_next(home: Home) -> None:
    rotate_keys(home.path, now=datetime.datetime.now(datetime.UTC))
    head = publish_now(home)
    keys = known_keys(home.path)
    assert head is not None
    assert keys is not None
    store = home.store()
    first, second = (json.loads(each) for each in store.statements())
    store.close()
    assert second["by"] == keys.log != head.key
    assert bytes.fromhex(second["key"]) == keys.public[head.key]
    assert bytes.fromhex(first["key"]) == keys.public[keys.log]
    assert set(keys.following({keys.log: keys.public[keys.log]}).public) == set(keys.public)


def test_a_process_with_keys_leaves_no_core_dump(home: Home) -> None:
    unlock(home.path)
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    mode = (home.path / "keys").stat().st_mode & 0o777
    assert mode == 0o700
    secret = [p for p in (home.path / "keys").iterdir() if p.name != "public.json"]
    assert {path.stat().st_mode & 0o777 for path in secret} == {0o600}
