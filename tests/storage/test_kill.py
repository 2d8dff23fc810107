"""``kill -9`` while 500 writes are on their way: everything acknowledged is there, and nothing by halves."""

import signal
import subprocess
import sys
from pathlib import Path

from survey.model import Answer, Wave
from survey.storage.database import open_database
from survey.storage.responses import responses_by_receipt, responses_count
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of

WRITER = """
import sys, threading
from tests.storage.phones import again, code_of, filled, send
from survey.storage.database import open_database
from survey.storage.performances import performance_by_id

database = open_database(sys.argv[1])
with database.reading() as connection:
    performance = performance_by_id(connection, sys.argv[2])

def phone(n):
    send(database, performance, f"seat {n}", filled(home_system="depends", research_nhs="not_sure", trust_nhs=str(n % 11)))
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()

threads = [threading.Thread(target=phone, args=(n,)) for n in range(500)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
ROOT = Path(__file__).parents[2]


def test_nothing_acknowledged_is_lost_and_nothing_is_stored_by_halves(database_url: str) -> None:
    database = open_database(database_url)
    performance = add_nest_performance(database, wave=Wave.BEFORE, capacity=None)
    database.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, database_url, performance.id],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(120)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    writer.wait()
    writer.stdout.close()
    assert len(acknowledged) < 500, "the kill came too late to interrupt anybody"

    database = open_database(database_url)
    now = again(database, performance)
    whole = 0
    with database.reading() as connection:
        for n in range(500):
            found = responses_by_receipt(connection, code_of(now, f"seat {n}"))
            if found is None:
                assert n not in acknowledged
                continue
            whole += 1
            assert set(found.responses[Wave.BEFORE].answers) == {
                Answer("home_system", ("depends",)),
                Answer("research_nhs", ("not_sure",)),
                Answer("trust_nhs", (str(n % 11),)),
            }
        assert responses_count(connection, performance.id, Wave.BEFORE) == whole >= len(acknowledged)
    database.close()
