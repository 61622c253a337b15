#!/usr/bin/env python3
"""Writes meeting instances as `industrymix timetable` reads them.

    instances.py FOLDER [--seed 1] [--sizes 50,200,1000]

Popularity follows Zipf's law, wishes prefer other fields, a quarter of the people miss part of the day, some have one hole,
a tenth take half as many meetings. Two instances a size: tables scarce (they bind) and plenty (people's time binds).
"""
import argparse
import json
import os
import random


def people(rng, n, slots):
    full = (1 << slots) - 1
    avail, cap = [], []
    for _ in range(n):
        mask = full
        chance = rng.random()
        if chance < 0.25:
            missing = rng.randrange(slots // 4, slots // 2 + 1)
            hole = (1 << missing) - 1
            mask &= ~(hole if rng.random() < 0.5 else hole << (slots - missing))
        elif chance < 0.33:
            mask &= ~(1 << rng.randrange(slots))
        avail.append(mask)
        cap.append(slots // 2 if rng.random() < 0.1 else slots)
    return avail, cap


def wishes(rng, n, slots):
    fields = [rng.randrange(12) for _ in range(n)]
    rank = list(range(n))
    rng.shuffle(rank)
    weight = [1.0 / (rank[i] + 3) ** 0.8 for i in range(n)]
    everyone = range(n)
    score = {}
    for i in everyone:
        for j in rng.choices(everyone, weight, k=slots + rng.randrange(slots)):
            if i == j:
                continue
            pair = (min(i, j), max(i, j))
            affinity = 30 if fields[i] != fields[j] else 10
            worth = affinity + rng.randrange(1, 40)
            score[pair] = min(100, max(score.get(pair, 0), worth) + (15 if pair in score else 0))
    return [[a, b, s] for (a, b), s in sorted(score.items())]


def instance(seed, n, slots, scarce):
    rng = random.Random(f"{seed}/{n}/{slots}/{scarce}")
    avail, cap = people(rng, n, slots)
    tables = max(1, round(n * (0.15 if scarce else 0.48)))
    return {"n": n, "slots": slots, "tables": tables, "avail": avail, "cap": cap, "pairs": wishes(rng, n, slots)}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sizes", default="50,200,1000")
    given = options.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    for n in map(int, given.sizes.split(",")):
        for slots in (12, 16, 20):
            for scarce in (False, True):
                data = instance(given.seed, n, slots, scarce)
                name = f"n{n}_s{slots}_t{data['tables']}_{given.seed}.json"
                with open(os.path.join(given.folder, name), "w") as out:
                    json.dump(data, out)
                print(name, len(data["pairs"]), "pairs")


if __name__ == "__main__":
    main()
