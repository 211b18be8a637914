"""What jalon match reaches on made lists that nobody tuned to, beside its goals: bench.py JALON [--large]. Never fails because of a figure."""
import os
import subprocess
import sys
import tempfile
import time

import judge

HERE = os.path.dirname(os.path.abspath(__file__))
# records, setting, seed, goal of F1, goal of seconds on two processors
SETS = [(1000, "judge", 71, .985, None), (1000, "judge", 72, .985, None), (10000, "judge", 73, .985, .3), (10000, "rough", 74, .978, None), (100000, "judge", 75, .975, 4)]
LARGE = [(1000000, "judge", 76, .95, 60)]


def main():
    jalon = os.path.abspath(sys.argv[1])
    print(f"{'records':>8} {'setting':8} {'F1':>7} {'goal':>6} {'precis.':>8} {'recall':>7} {'people':>8} {'2 or more':>9} {'twins':>5} {'wall s':>7} {'CPU s':>7} {'goal':>5} {'MB':>6}")
    for records, setting, seed, goal, seconds in SETS + (LARGE if "--large" in sys.argv else []):
        with tempfile.TemporaryDirectory() as folder:
            people, truth, out = (os.path.join(folder, name) for name in ("people.csv", "truth.csv", "clusters.csv"))
            subprocess.run([sys.executable, os.path.join(HERE, "newcomers.py"), str(records), str(seed), setting, people, truth], check=True)
            began = time.monotonic()
            child = subprocess.Popen([jalon, "match", people, "--out", out, "--threads", "2", "--quiet"])
            _, status, used = os.wait4(child.pid, 0)
            wall = time.monotonic() - began
            if status != 0:
                sys.exit(f"jalon match: status {status}")
            r = judge.judge(truth, out)
        print(f"{records:8} {setting:8} {r['f1']:7.4f} {goal:6.3f} {r['precision']:8.4f} {r['recall']:7.4f} {100 * r['people']:+7.2f}% {100 * r['two_or_more']:+8.2f}% {r['twins']:5} "
              f"{wall:7.2f} {used.ru_utime + used.ru_stime:7.2f} {seconds or '':>5} {used.ru_maxrss // 1024:6}", flush=True)


if __name__ == "__main__":
    main()
