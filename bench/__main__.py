"""``make bench``: how fast Houselights is on this machine. ``python -m bench NAME …`` measures some of it only."""

import argparse
import tempfile
from pathlib import Path

from bench import audiences, stage, throttled, verdicts
from bench.house import open_house
from bench.room import room
from bench.table import machine, row
from bench.writes import writes_per_second

NEST = "the-nest-1"
PARTS = {
    "evening": "300 phones in 15 s",
    "wire": "the form's bytes in every language",
    "throttled": "the form on a slow line and a slow phone, in Chromium, in every language",
    "everybody": "2,000 phones at once",
    "full-house": "1,000 phones in 60 s with a desk and a stage open in Chromium",
    "room": "1,000 phones follow a discussion for 60 s while 200 answer a poll and the form",
    "stage": "from an act, a clicker's key and a due step to the stage in Chromium",
    "writes": "durable responses per second",
    "verdicts": "how often each verdict on two audiences is wrong, simulated with a fixed seed",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{name:<12}{what}" for name, what in PARTS.items()),
    )
    parser.add_argument("parts", nargs="*", metavar="NAME", help="what to measure (default: everything)")
    parser.add_argument("--phones", type=int, default=300, help="in an evening")
    parser.add_argument("--seconds", type=float, default=15, help="of an evening")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    wanted = arguments.parts or list(PARTS)
    machine()
    if "verdicts" in wanted:
        verdicts.measure()
    if not set(wanted) - {"verdicts"}:
        return
    with open_house() as house:
        row("start to ready, s", f"{house.seconds_to_ready:.2f}")
        row("resident memory after start, MiB", f"{house.memory_mib:.0f}")
        if "wire" in wanted or "throttled" in wanted:
            languages, code = house.offer_every_language(NEST), house.performance()
            if "wire" in wanted:
                audiences.wire(house, languages, code)
            if "throttled" in wanted:
                throttled.measure(house, languages, code)
        if "evening" in wanted:
            audiences.evening(house, arguments.phones, arguments.seconds)
        if "everybody" in wanted:
            audiences.everybody(house)
        if "full-house" in wanted:
            audiences.full_house(house)
        if "stage" in wanted:
            stage.measure(house)
        if "room" in wanted:
            room(house)
        row("resident memory at the end, MiB", f"{house.memory_mib:.0f}")
    if "writes" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            row("durable responses per second, 64 writers", f"{writes_per_second(Path(folder)):.0f}")


if __name__ == "__main__":
    main()
