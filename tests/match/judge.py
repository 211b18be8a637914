"""How good clusters are: judge.py TRUTH.csv CLUSTERS.csv [RECORDS.csv] prints pairwise precision, recall and F1, how far the counts of people
and of those with two records or more are off; with the records, what is wrongly merged and missed, by what they share.
With --links TRUTH is ref,person of both files and CLUSTERS is ref,other_ref,probability."""
import csv
import sys
from collections import Counter, defaultdict


def read(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.reader(f))[1:]


def pairs(n):
    return n * (n - 1) // 2


def judge(truth_path, clusters_path):
    rows = read(truth_path)
    truth = {row[0]: row[1] for row in rows}
    cluster = dict(read(clusters_path))
    true_size, made_size, both = Counter(truth.values()), Counter(cluster.values()), Counter((truth[r], c) for r, c in cluster.items())
    hit, made, wanted = (sum(pairs(n) for n in c.values()) for c in (both, made_size, true_size))
    p, r = hit / made if made else 1, hit / wanted if wanted else 1
    twins = defaultdict(set)
    for row in rows:
        if len(row) > 2 and row[2]:
            twins[cluster[row[0]], row[2]].add(row[1])
    two = [sum(n > 1 for n in c.values()) for c in (true_size, made_size)]
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0, "people": (len(made_size) - len(true_size)) / len(true_size),
            "two_or_more": (two[1] - two[0]) / two[0] if two[0] else 0, "twins": sum(len(people) > 1 for people in twins.values()), "truth": truth, "cluster": cluster}


def links(truth_path, links_path):
    truth = {row[0]: row[1] for row in read(truth_path)}
    made = [(row[0], row[1]) for row in read(links_path)]
    hit = sum(truth[a] == truth[b] for a, b in made)
    people = Counter(truth.values())
    wanted = sum(n > 1 for n in people.values())
    p, r = hit / len(made) if made else 1, hit / wanted
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0, "made": len(made)}


def show_faults(result, records_path, most):
    """Pairs that are wrong, in full: to look at while tuning."""
    rows = {row[0]: row for row in read(records_path)}
    truth, cluster = result["truth"], result["cluster"]
    for title, key, other in (("merged", cluster, truth), ("missed", truth, cluster)):
        groups = defaultdict(list)
        for ref in truth:
            groups[key[ref]].append(ref)
        n = 0
        for refs in groups.values():
            parts = defaultdict(list)
            for ref in refs:
                parts[other[ref]].append(ref)
            if len(parts) > 1 and n < most:
                n += 1
                print("--", title)
                for part in parts.values():
                    for ref in part:
                        print("   ", other[ref], "|", " | ".join(rows[ref][1:]))


def main():
    if sys.argv[1] == "--links":
        r = links(sys.argv[2], sys.argv[3])
        print(f"precision {r['precision']:.4f}  recall {r['recall']:.4f}  F1 {r['f1']:.4f}  links {r['made']}")
        return
    r = judge(sys.argv[1], sys.argv[2])
    print(f"precision {r['precision']:.4f}  recall {r['recall']:.4f}  F1 {r['f1']:.4f}  people {100 * r['people']:+.2f} %  two or more {100 * r['two_or_more']:+.2f} %  twins merged {r['twins']}")
    if len(sys.argv) > 3:
        show_faults(r, sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 12)


if __name__ == "__main__":
    main()
