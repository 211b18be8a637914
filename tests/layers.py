"""Who includes whom: no room of src/ includes one above it, nor a sibling. Usage: layers.py SOURCE; writes TAP."""
import os
import re
import sys

FLOORS = [
    {"base"},
    {"db"},
    {"model"},
    {"access"},
    {"figures", "contract", "match", "study", "exchange", "demo", "people"},
    {"daily"},
    {"upkeep"},
    {"web"},
    {"cli"},
]
# Headers made at build time stand in no folder: the room they belong to.
GENERATED = {"sql.h": "db", "views.h": "web"}

floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
source = os.path.join(sys.argv[1], "src")
# Templates belong to the room of the pages.
views = os.path.join(sys.argv[1], "views")
named = re.compile(r'{{\s*include\s+"([^"]+)"\s*}}')
include = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def includes_of(room):
    """Each file of the room with the headers that it names."""
    places = [(os.path.join(source, room), (".c", ".h", ".def", ".inc"), include)]
    if room == "web":
        places.append((views, ".tmpl", named))
    for top, ends, names in places:
        for folder, _, files in os.walk(top):
            for name in sorted(files):
                if name.endswith(ends):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        yield os.path.relpath(path, source), names.findall(file.read())


def faults_of(room):
    for path, targets in includes_of(room):
        for target in targets:
            below = GENERATED.get(target) or target.split("/")[0]
            where = f"{path} includes {target}"
            if target not in GENERATED and not os.path.exists(os.path.join(source, target)):
                yield f"{where}: name it from src/"
            elif below != room and below not in floor:
                yield f"{where}: an unknown room"
            elif below != room and floor[below] == floor[room]:
                yield f"{where}: a sibling"
            elif below != room and floor[below] > floor[room]:
                yield f"{where}: a floor above"


rooms = sorted(name for name in os.listdir(source) if os.path.isdir(os.path.join(source, name)))
print(f"1..{len(rooms)}")
failed = 0
for number, room in enumerate(rooms, 1):
    faults = list(faults_of(room)) if room in floor else [f"{room} stands on no floor: add it to tests/layers.py"]
    print(f"{'not ok' if faults else 'ok'} {number} - {room} includes its own floor and those below only")
    for fault in faults:
        print(f"# {fault}")
    failed += bool(faults)
sys.exit(failed > 0)
