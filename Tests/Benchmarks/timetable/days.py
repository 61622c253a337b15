#!/usr/bin/env python3
"""Reads published B2B meeting data (.dzn) and checks a timetable for it, knowing nothing of the program that made it.

    days.py DATA.dzn ANSWER.json
"""
import json
import re
import sys


def read(text):
    text = re.sub(r"%.*", "", text)

    def number(name):
        return int(re.search(rf"\b{name}\s*=\s*(\d+)", text).group(1))

    def block(name):
        found = re.search(rf"\b{name}\s*=\s*\[(.*?)\]", text, re.S)
        return found.group(1) if found else ""

    def sets(name):
        return [[int(n) for n in re.findall(r"\d+", s) if int(n)] for s in re.findall(r"\{([^}]*)\}", block(name))]

    meetings = [tuple(map(int, row)) for row in re.findall(r"(\d+)\s*,\s*(\d+)\s*,\s*(\d+)", block("requested"))]
    people = number("nBusiness")
    return {
        "people": people, "tables": number("nTables"), "slots": number("nTotalSlots"),
        "morning": number("nMorningSlots"), "meetings": meetings,
        "forbidden": sets("forbidden") or [[]] * people,
        "fixed": [int(n) for n in re.findall(r"\d+", block("fixed"))] or [0] * len(meetings),
        "after": sets("precedences") or [[]] * len(meetings)}


def breaks(data, slots):
    """The breaks of a timetable, or what it breaks as a sentence."""
    if len(slots) != len(data["meetings"]):
        return "a meeting is missing"
    days = [[] for _ in range(data["people"] + 1)]
    for index, ((a, b, session), slot) in enumerate(zip(data["meetings"], slots)):
        if not 1 <= slot <= data["slots"]:
            return f"meeting {index + 1} has no slot"
        if session == 1 and slot > data["morning"] or session == 2 and slot <= data["morning"]:
            return f"meeting {index + 1} is in the wrong session"
        if data["fixed"][index] not in (0, slot):
            return f"meeting {index + 1} is not where it is fixed"
        if any(slots[other - 1] >= slot for other in data["after"][index]):
            return f"meeting {index + 1} is too early"
        for person in (a, b):
            if slot in days[person] or slot in data["forbidden"][person - 1]:
                return f"participant {person} cannot meet in slot {slot}"
            days[person].append(slot)
    if any(slots.count(slot) > data["tables"] for slot in set(slots)):
        return "there are not so many tables"
    counts = []
    for day in days[1:]:
        day.sort()
        counts.append(sum(later > earlier + 1 for earlier, later in zip(day, day[1:])))
    if max(counts, default=0) - min(counts, default=0) > 2:
        return "the breaks are unfair"
    return sum(counts)


if __name__ == "__main__":
    print(breaks(read(open(sys.argv[1]).read()), json.load(open(sys.argv[2]))["slots"]))
