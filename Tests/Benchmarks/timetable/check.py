#!/usr/bin/env python3
"""Checks a meeting timetable against its instance and scores it again, knowing nothing of the program that made it.

    check.py INSTANCE TIMETABLE [--bound]      --bound: also the exact LP bound (choose meetings, ignore slots), by HiGHS
"""
import json
import sys


def rescore(instance, answer):
    """The score of an answer; raises ValueError where it breaks a rule."""
    worth = {(a, b): s for a, b, s in instance["pairs"]}
    n, slots = instance["n"], instance["slots"]
    met, busy, load, used, total = set(), set(), [0] * n, [0] * slots, 0
    for a, b, slot in answer["meetings"]:
        pair = (a, b) if (a, b) in worth else (b, a)
        if pair not in worth:
            raise ValueError(f"{a} and {b} did not ask to meet")
        if pair in met:
            raise ValueError(f"{a} and {b} meet twice")
        met.add(pair)
        if not 0 <= slot < slots:
            raise ValueError(f"slot {slot} does not exist")
        for person in pair:
            if not instance["avail"][person] >> slot & 1:
                raise ValueError(f"{person} is away in slot {slot}")
            if (person, slot) in busy:
                raise ValueError(f"{person} has two meetings in slot {slot}")
            busy.add((person, slot))
            load[person] += 1
        used[slot] += 1
        total += worth[pair]
    for slot in range(slots):
        if used[slot] > instance["tables"]:
            raise ValueError(f"{used[slot]} meetings in slot {slot}")
    for person in range(n):
        if load[person] > instance["cap"][person]:
            raise ValueError(f"{person} has {load[person]} meetings")
    return total


def linear_bound(instance):
    import numpy
    import scipy.optimize
    import scipy.sparse
    n, pairs = instance["n"], instance["pairs"]
    avail = instance["avail"]
    pairs = [p for p in pairs if avail[p[0]] & avail[p[1]]]
    room = [min(instance["cap"][i], bin(avail[i]).count("1")) for i in range(n)]
    rows, columns = [], []
    for index, (a, b, _) in enumerate(pairs):
        rows += [a, b, n]
        columns += [index] * 3
    matrix = scipy.sparse.csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=(n + 1, len(pairs)))
    limits = room + [instance["tables"] * instance["slots"]]
    result = scipy.optimize.linprog(
        [-s for _, _, s in pairs], A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    return -result.fun


def main():
    instance = json.load(open(sys.argv[1]))
    answer = json.load(open(sys.argv[2]))
    score = rescore(instance, answer)
    line = {"score": score, "claimed": answer["score"], "bound": answer["bound"], "meetings": len(answer["meetings"])}
    if "--bound" in sys.argv:
        line["lp"] = round(linear_bound(instance), 2)
        line["share_of_lp"] = round(score / line["lp"], 5) if line["lp"] else 1
    print(json.dumps(line))
    sound = abs(score - answer["score"]) < 1e-6 * max(1, score) and answer["bound"] >= score - 1e-6 * max(1, score)
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
