"""Judges calendars by another reader, PyPI's icalendar: every entry must come out as it went in, and every VTIMEZONE must agree
with this machine's time-zone database.

Reads one JSON object a line: {"calendar", "zone", "entries": [{"uid","sequence","status","summary","details","start","end"}]}, times
in seconds since 1970. Prints one line of counts and exits 0, or prints the first complaints and exits 1.
"""

import datetime
import json
import sys
import zoneinfo

import icalendar

UTC = datetime.timezone.utc


def check(line):
    text = line["calendar"]
    for number, row in enumerate(text.split("\r\n")):
        if len(row.encode()) > 75:
            raise ValueError(f"line {number + 1} has {len(row.encode())} octets")
        if "\n" in row or "\r" in row:
            raise ValueError(f"line {number + 1} ends wrongly")
    calendar = icalendar.Calendar.from_ical(text)
    zones = list(calendar.walk("VTIMEZONE"))
    entries = {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}
    if len(entries) != len(line["entries"]):
        raise ValueError(f"{len(entries)} entries of {len(line['entries'])}")
    database = zoneinfo.ZoneInfo(line["zone"])
    own = zones[0].to_tz(lookup_tzid=False)
    for wanted in line["entries"]:
        entry = entries[wanted["uid"]]
        for key, name in (("summary", "SUMMARY"), ("details", "DESCRIPTION"), ("status", "STATUS")):
            if str(entry.get(name, "")) != wanted[key]:
                raise ValueError(f"{name} is {entry.get(name)!r}, not {wanted[key]!r}")
        if int(entry["SEQUENCE"]) != wanted["sequence"]:
            raise ValueError("another SEQUENCE")
        for key, name in (("start", "DTSTART"), ("end", "DTEND")):
            moment = datetime.datetime.fromtimestamp(wanted[key], database)
            shown = entry[name].dt.replace(tzinfo=None)
            if shown != moment.replace(tzinfo=None):
                raise ValueError(f"{name} shows {shown}, not {moment}")
            described = shown.replace(tzinfo=own).utcoffset()
            # In the hour that comes twice a wall time has two offsets.
            allowed = {moment.utcoffset(), moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()}
            if described not in allowed:
                raise ValueError(f"{line['zone']}: VTIMEZONE says {described} at {shown}, the database {moment.utcoffset()}")
    return len(entries)


def main(path):
    count = 0
    complaints = []
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            try:
                count += check(json.loads(text))
            except Exception as error:  # noqa: BLE001 - whatever a judge dislikes is a complaint
                complaints.append(f"line {number}: {type(error).__name__}: {error}")
    if complaints:
        print("\n".join(complaints[:10]))
        return 1
    print(f"{count} entries")
    return 0


sys.exit(main(sys.argv[1]))
