"""Attacks what `jalon protect` writes, knowing nothing of how it chooses. Usage: disclosure.py JALON [TABLES [PAIRS [SEED]]]; writes TAP.

Without numbers it takes some hundred tables; `disclosure.py build/jalon 10000 10000` is the whole proof (some minutes).

A table of the eight cells stands for b people under protection, of whom bm men and bu under 25, and n others, of whom nm men and nu
under 25. Any such numbers are possible, and nothing more follows from the cells. Tables alone are attacked by going through all of
them; pairs of dates by linear programming in whole numbers."""
import csv
import io
import itertools
import random
import subprocess
import sys
import tempfile
import time

CELLS = ["total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25"]
T, M, W, U, B, BM, BW, BU = range(8)
jalon = sys.argv[1]
TABLES, PAIRS, SEED = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((2, 300), (3, 100), (4, 20)))
chance = random.Random(SEED)


# ---- tables ----

def cells_of(p):
    b, n, bm, nm, bu, nu = p
    return (b + n, bm + nm, b + n - bm - nm, bu + nu, b, bm, b - bm, bu)


def people_of(c):
    return (c[B], c[T] - c[B], c[BM], c[M] - c[BM], c[BU], c[U] - c[BU])


def holds(c):
    b, n, bm, nm, bu, nu = people_of(c)
    return (min(c) >= 0 and c[M] + c[W] == c[T] and c[BM] + c[BW] == c[B] and 0 <= bm <= b and 0 <= bu <= b
            and 0 <= nm <= n and 0 <= nu <= n)


def random_people(most):
    """Even, or lopsided: parts that are nearly nothing or nearly all are where numbers get small."""
    def part(whole):
        kind = chance.random()
        if kind < 0.5:
            return chance.randint(0, whole)
        few = min(whole, chance.randint(0, 6))
        return few if kind < 0.75 else whole - few
    total = chance.randint(0, most)
    b = part(total)
    n = total - b
    return (b, n, part(b), part(n), part(b), part(n))


def every_table(total):
    for b in range(total + 1):
        n = total - b
        for bm, nm, bu, nu in itertools.product(range(b + 1), range(n + 1), range(b + 1), range(n + 1)):
            yield (b, n, bm, nm, bu, nu)


def bounds(p):
    """Of each of the 27 counts (sex, age, status; 2: both): the least and the most that these numbers leave possible."""
    def stratum(a, m, u):
        low, high = max(0, m + u - a), min(m, u)
        return {(0, 0): (low, high), (0, 1): (m - high, m - low), (1, 0): (u - high, u - low), (1, 1): (a - m - u + low, a - m - u + high),
                (0, 2): (m, m), (1, 2): (a - m, a - m), (2, 0): (u, u), (2, 1): (a - u, a - u), (2, 2): (a, a)}
    b, n, bm, nm, bu, nu = p
    bpi, others = stratum(b, bm, bu), stratum(n, nm, nu)
    found = {}
    for key in bpi:
        found[key + (0,)], found[key + (1,)] = bpi[key], others[key]
        found[key + (2,)] = (bpi[key][0] + others[key][0], bpi[key][1] + others[key][1])
    return found


# ---- the program ----

def protect(rows, threshold, linked=False):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["scope"] + CELLS)
        for i, row in enumerate(rows):
            write.writerow([f"t{i}"] + list(row))
        file.flush()
        words = [jalon, "protect", file.name, "--quiet", "--threshold", str(threshold)] + (["--linked"] if linked else [])
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    lines = list(csv.reader(io.StringIO(done.stdout)))
    assert lines[0] == ["scope"] + CELLS and len(lines) == len(rows) + 1
    printed = [tuple(None if v == "" else int(v) for v in line[1:]) for line in lines[1:]]
    for row, out in zip(rows, printed):
        assert all(o is None or o == r for r, o in zip(row, out)), (row, out)
    return printed


# ---- the attack on a table: all numbers that print the same ----

def near(values, own):
    return sorted(values, key=lambda v: abs(v - own))


def fibre(printed, own):
    """Every (b, n, parts of men, parts of under 25) that prints this, the nearest to the truth first; totals up to 8 above it."""
    cap = own[0] + own[1] + 8
    for b in near([printed[B]] if printed[B] is not None else range(cap + 1), own[0]):
        for n in near([printed[T] - b] if printed[T] is not None else range(cap + 1), own[1]):
            if n < 0:
                continue
            men = [(bm, nm) for bm in near(range(b + 1), own[2]) if printed[BM] in (None, bm) and printed[BW] in (None, b - bm)
                   for nm in near(range(n + 1), own[3])
                   if printed[M] in (None, bm + nm) and printed[W] in (None, b + n - bm - nm)]
            young = [(bu, nu) for bu in near(range(b + 1), own[4]) if printed[BU] in (None, bu)
                     for nu in near(range(n + 1), own[5]) if printed[U] in (None, bu + nu)]
            if men and young:
                yield b, n, men, young


def given_away(printed, own, threshold):
    """The small counts that all of them share."""
    truth = bounds(own)
    left = {k: v[0] for k, v in truth.items() if v[0] == v[1] and 0 < v[0] < threshold}
    for b, n, men, young in fibre(printed, own):
        # Along one direction first, then both: what differs is soon found.
        for (bm, nm), (bu, nu) in itertools.chain(((m, young[0]) for m in men), ((men[0], y) for y in young)):
            other = bounds((b, n, bm, nm, bu, nu))
            for key in [k for k, v in left.items() if other[k] != (v, v)]:
                del left[key]
            if not left:
                return left
        if any(2 not in key[:2] for key in left):
            for (bm, nm), (bu, nu) in itertools.product(men, young):
                other = bounds((b, n, bm, nm, bu, nu))
                for key in [k for k, v in left.items() if other[k] != (v, v)]:
                    del left[key]
                if not left:
                    return left
    return left


# ---- the attack on two dates: whole numbers by linear programming ----

class Lost(Exception):
    pass


def places(count):
    """Which of the eight kinds of people (sex, age, status) a count is of."""
    return [all(c in (2, k) for c, k in zip(count, kind)) for kind in itertools.product((0, 1), repeat=3)]


CELL_COUNT = [(2, 2, 2), (0, 2, 2), (1, 2, 2), (2, 0, 2), (2, 2, 0), (0, 2, 0), (1, 2, 0), (2, 0, 0)]
COUNTS = list(itertools.product((0, 1, 2), repeat=3))


def spread(p):
    """Numbers of the eight kinds, one of the possible ones."""
    b, n, bm, nm, bu, nu = p
    x, y = min(bm, bu), min(nm, nu)
    return [x, y, bm - x, nm - y, bu - x, nu - y, b - bm - bu + x, n - nm - nu + y]


class Program:
    """Equations over numbers from 0 up, kept solved for a basis; integers over one denominator."""

    def __init__(self, rows, right):
        self.asked = (rows, right)
        self.rows = [list(r) + [v] for r, v in zip(rows, right)]
        self.n = len(rows[0]) if rows else 0
        self.over = 1
        self.basis = [None] * len(self.rows)
        for i, row in enumerate(self.rows):
            if row[-1] < 0:
                self.rows[i] = [-v for v in row]
        self.solved = self.first()

    def pivot(self, r, c):
        by = self.rows[r][c]
        for i, row in enumerate(self.rows):
            if i != r and (row[c] or by != self.over):
                f, main = row[c], self.rows[r]
                self.rows[i] = [(v * by - f * w) // self.over for v, w in zip(row, main)]
        self.over, self.basis[r] = by, c
        if by < 0:
            self.over = -by
            self.rows = [[-v for v in row] for row in self.rows]

    def first(self):
        while True:
            open_rows = [i for i, b in enumerate(self.basis) if b is None]
            slack = [sum(self.rows[i][j] for i in open_rows) for j in range(self.n + 1)]
            if slack[-1] == 0:
                break
            c = next((j for j in range(self.n) if slack[j] > 0), None)
            if c is None:
                return False
            self.pivot(self.leaving(c), c)
        for i in range(len(self.rows) - 1, -1, -1):
            if self.basis[i] is None:
                c = next((j for j in range(self.n) if self.rows[i][j] != 0), None)
                if c is None:
                    del self.rows[i], self.basis[i]
                else:
                    self.pivot(i, c)
        return True

    def leaving(self, c):
        best = None
        for i, row in enumerate(self.rows):
            if row[c] <= 0:
                continue
            rank = self.n + i if self.basis[i] is None else self.basis[i]
            if best is None or row[-1] * best[0][c] < best[0][-1] * row[c] or (row[-1] * best[0][c] == best[0][-1] * row[c] and rank < best[1]):
                best = (row, rank, i)
        return None if best is None else best[2]

    def value(self, goal):
        return sum(goal[b] * row[-1] for b, row in zip(self.basis, self.rows))

    def whole(self):
        return all(row[-1] % self.over == 0 for row in self.rows)

    def another(self, goal, known):
        """A whole solution in which the goal, made as large as it gets, is not what is known."""
        while True:
            if self.whole() and self.value(goal) != known * self.over:
                return True
            gain = [goal[j] * self.over - sum(goal[b] * row[j] for b, row in zip(self.basis, self.rows)) for j in range(self.n)]
            c = next((j for j in range(self.n) if gain[j] > 0), None)
            if c is None:
                # The best corner has fractions: is there a whole solution all the same?
                return self.value(goal) // self.over > known and has_whole(*with_bound(*self.asked, goal, known + 1, -1), [400])
            r = self.leaving(c)
            if r is None:
                return True
            self.pivot(r, c)


def with_bound(rows, right, coefficients, bound, rest):
    """One equation more, with a number more from 0 up that fills what is missing to the bound, or is too much."""
    return [r + [0] for r in rows] + [coefficients + [rest]], right + [bound]


def has_whole(rows, right, left):
    """Is there a solution in whole numbers? Cuts off, again and again, what is not whole."""
    left[0] -= 1
    if left[0] < 0:
        raise Lost
    program = Program(rows, right)
    if not program.solved:
        return False
    for b, row in zip(program.basis, program.rows):
        if row[-1] % program.over:
            one = [int(j == b) for j in range(program.n)]
            low = row[-1] // program.over
            return has_whole(*with_bound(rows, right, one, low, 1), left) or has_whole(*with_bound(rows, right, one, low + 1, -1), left)
    return True


def pair_given_away(printed, own, threshold):
    """Small counts of either date, and small changes, that whoever reads both dates finds. They know that nobody went away, when
    that is so."""
    came = tuple(b - a for a, b in zip(cells_of(own[0]), cells_of(own[1])))
    grows = holds(came)
    first = spread(own[0])
    second = spread(people_of(came)) if grows else spread(own[1])
    known = first + second

    def row(date, count):
        mine = [int(v) for v in places(count)]
        return mine + [0] * 8 if date == 0 else (mine if grows else [0] * 8) + mine
    rows, right = [], []
    for date in (0, 1):
        for cell, value in enumerate(printed[date]):
            if value is not None:
                rows.append(row(date, CELL_COUNT[cell]))
                right.append(value)
    program = Program(rows, right) if rows else None
    found = []
    for count in COUNTS:
        goals = [row(0, count), row(1, count), [b - a for a, b in zip(row(0, count), row(1, count))]]
        for which, goal in enumerate(goals):
            value = sum(g * v for g, v in zip(goal, known))
            if value == 0 or abs(value) >= threshold or program is None:
                continue
            if not program.another(goal, value) and not program.another([-g for g in goal], -value):
                found.append((which, count, value))
    return found


# ---- what is proved ----

number = 0
failed = 0


def ok(good, sentence, faults=()):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {sentence}")
    for fault in list(faults)[:5]:
        print(f"# {fault}")
    sys.stdout.flush()


def attack_tables(n, threshold, most):
    people = [random_people(most) for _ in range(n)]
    began = time.monotonic()
    printed = protect([cells_of(p) for p in people], threshold)
    spent = (time.monotonic() - began) * 1000
    faults = []
    for p, out in zip(people, printed):
        found = given_away(out, p, threshold)
        if found:
            faults.append((cells_of(p), out, found))
    ok(not faults, f"{n} tables of up to {most} people, threshold {threshold}: no small number follows from what is printed", faults)
    print(f"# {spent / n:.3f} ms a table")


def attack_pairs(n, threshold, most):
    faults, worst = [], 0
    for i in range(n):
        before = random_people(most)
        after = random_people(most)
        if i % 3 != 0:  # some came, nobody left
            came = random_people(8 if i % 3 == 1 else most)
            after = tuple(a + b for a, b in zip(before, came))
        began = time.monotonic()
        printed = protect([cells_of(before), cells_of(after)], threshold, linked=True)
        worst = max(worst, time.monotonic() - began)
        try:
            found = pair_given_away(printed, (before, after), threshold)
        except Lost:
            found = "not found out"
        if found:
            faults.append((cells_of(before), cells_of(after), printed, found))
    ok(not faults, f"{n} pairs of dates of up to {most} people, threshold {threshold}: nor from both, nor what changed", faults)
    print(f"# slowest pair {worst * 1000:.1f} ms, the start of the program included")


def replay(threshold, totals):
    """Who has the program and tries every table: those that print alike must not agree on a small count."""
    people = [p for total in totals for p in every_table(total)]
    printed = protect([cells_of(p) for p in people], threshold)
    alike = {}
    for p, out in zip(people, printed):
        alike.setdefault(out, []).append(p)
    given = 0
    for out, group in alike.items():
        if all(v is None for v in out):
            continue  # tables of any size print this
        seen = [bounds(p) for p in group]
        for key in seen[0]:
            low, high = min(s[key][0] for s in seen), max(s[key][1] for s in seen)
            if low == high and 0 < low < threshold:
                given += len(group)
                break
    ok(given * 100 <= len(people), f"replayed on all {len(people)} tables of {totals[0]} to {totals[-1]} people, threshold {threshold}: "
       f"{given} give an exact small count", [])


def best(own, threshold):
    """The fewest cells to leave empty, of any choice."""
    cells = cells_of(own)
    for n in range(9):
        for hidden in itertools.combinations(range(8), n):
            printed = tuple(None if i in hidden else v for i, v in enumerate(cells))
            if any(v is not None and 0 < v < threshold for v in printed):
                continue
            if not given_away(printed, own, threshold):
                return n
    return 8


def optimum(n, threshold, least, most):
    people = []
    while len(people) < n:
        p = random_people(most)
        if p[0] + p[1] >= least:
            people.append(p)
    printed = protect([cells_of(p) for p in people], threshold)
    faults, withheld = [], 0
    for p, out in zip(people, printed):
        empty = sum(v is None for v in out)
        if empty == 8:
            withheld += 1  # the choice itself would have told
        elif empty != (fewest := best(p, threshold)):
            faults.append((cells_of(p), out, fewest))
    ok(not faults, f"{n} tables of {least} to {most} people, threshold {threshold}: the fewest cells are left empty "
       f"({withheld} withheld whole)", faults)


def main():
    share = max(1, TABLES // 4)
    attack_tables(share, 5, 40)
    attack_tables(share, 11, 60)
    attack_tables(share, 5, 300)
    attack_tables(share, 11, 300)
    attack_pairs(PAIRS // 2, 5, 60)
    attack_pairs(PAIRS - PAIRS // 2, 11, 200)
    for threshold in (2, 3, 4, 5):
        replay(threshold, range(0, 9))
    optimum(max(40, TABLES // 20), 3, 9, 18)
    optimum(max(20, TABLES // 40), 5, 10, 24)
    print(f"1..{number}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
