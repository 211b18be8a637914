"""workbook.py - reads a workbook without a spreadsheet: its parts are XML in a zip.

    workbook.py names FILE             the names of its worksheets
    workbook.py texts FILE             all that stands in its cells, one a line
    workbook.py figures FILE CSV       every line of the questionnaire's CSV stands in the worksheet of every figure, and no other
    workbook.py table FILE CSV         the State's table says the same of the sheets and the contract
    workbook.py sound FILE             no formula, no merged cell, panes and printing set up, charts with a description

Exit status 1, with what is wrong, when something is."""
import csv
import decimal
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELLS = {"Total": "total", "Men": "men", "Women": "women", "Under 25": "under25", "BPI": "bpi", "BPI men": "bpi_men",
         "BPI women": "bpi_women", "BPI under 25": "bpi_under25"}
faults = []


def fault(what):
    faults.append(what)


def part(file, name):
    return tree.fromstring(file.read(name))


def worksheets(file):
    return [sheet.get("name") for sheet in part(file, "xl/workbook.xml").iter(MAIN + "sheet")]


def rows(file, number):
    """The cells of a worksheet, row by row, by column letters; numbers are Decimal, texts are str."""
    strings = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in part(file, "xl/sharedStrings.xml").iter(MAIN + "si")]
    for row in part(file, "xl/worksheets/sheet%d.xml" % number).iter(MAIN + "row"):
        cells = {}
        for cell in row.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if value is None:
                continue
            column = re.match("[A-Z]+", cell.get("r")).group()
            text = cell.get("t") == "s"
            cells[column] = strings[int(value.text)] if text else decimal.Decimal(value.text)
        yield cells


def expected(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same_number(text, number):
    """By value to the hundredth: a workbook keeps binary fractions."""
    if text == "":
        return number is None
    return isinstance(number, decimal.Decimal) and round(number, 2) == decimal.Decimal(text)


def plain(number):
    return "" if number is None else "%.2f" % number


def check_figures(file, lines):
    found = {}
    for row in list(rows(file, 4))[1:]:
        key = (row["A"], row["B"], row["D"], CELLS.get(row.get("F"), "text"))
        if key in found:
            fault("%s stands twice" % (key,))
        found[key] = row
    for line in lines:
        row = found.pop((line["scope"], line["ref"], line["indicator"], line["cell"]), None)
        name = " ".join((line["scope"], line["ref"], line["indicator"], line["cell"]))
        if row is None:
            fault(name + " is missing")
        elif not same_number(line["objective"], row.get("G")):
            fault("%s: objective %s, not %s" % (name, line["objective"], row.get("G")))
        elif line["cell"] == "text" and line["achieved"] != row.get("J", ""):
            fault("%s: %r, not %r" % (name, line["achieved"], row.get("J")))
        elif line["cell"] != "text" and not same_number(line["achieved"], row.get("H")):
            fault("%s: achieved %s, not %s" % (name, line["achieved"], row.get("H")))
        elif line["unit"] != row["I"]:
            fault("%s: unit %s, not %s" % (name, line["unit"], row["I"]))
        elif line["note"] and line["note"].split("=")[1] not in row.get("J", ""):
            fault("%s: note %s, not %s" % (name, line["note"], row.get("J")))
    for key in found:
        fault("%s is not a figure of the CSV" % (key,))


def check_table(file, lines):
    """By number of sheet (the sheets of the test have different ones) and indicator; the eight cells from column E on."""
    order = list(CELLS.values())
    texts = {line["indicator"] for line in lines if line["cell"] == "text"}
    wanted = {}
    for line in lines:
        if line["scope"] != "action" and line["cell"] != "text":
            wanted.setdefault((line["scope"], line["ref"], line["indicator"]), {})[line["cell"]] = line
    got = sorted([row["P"]] + [plain(row.get(column))
                               for column in "DEFGHIJKL"] for row in list(rows(file, 2))[1:]
                 if row["P"] not in texts)
    told = []
    for (_, _, indicator), cells in wanted.items():
        values = [cells["total"]["objective"]] + [cells[cell]["achieved"] if cell in cells else "" for cell in order]
        told.append([indicator] + [plain(decimal.Decimal(v)) if v else "" for v in values])
    for one, other in zip(sorted(told), got):
        if one != other:
            fault("the table has %s, not %s" % (other, one))
    if len(told) != len(got):
        fault("the table has %d lines of numbers, not %d" % (len(got), len(told)))


def check_sound(file):
    for number, name in enumerate(worksheets(file), 1):
        sheet = part(file, "xl/worksheets/sheet%d.xml" % number)
        if sheet.find(".//" + MAIN + "f") is not None:
            fault(name + " has a formula")
        if sheet.find(MAIN + "mergeCells") is not None:
            fault(name + " has merged cells")
        page = sheet.find(MAIN + "pageSetup")
        if page is None or page.get("orientation") != "landscape" or page.get("paperSize") != "9":
            fault(name + " is not printed on A4, landscape")
        if number > 1 and sheet.find(".//" + MAIN + "pane") is None:
            fault(name + " has no frozen heading")
    titles = [name.get("localSheetId") for name in part(file, "xl/workbook.xml").iter(MAIN + "definedName")
              if name.get("name") == "_xlnm.Print_Titles"]
    if len(titles) < 5:
        fault("only %d worksheets repeat their headings" % len(titles))
    charts = [name for name in file.namelist() if name.startswith("xl/charts/chart")]
    described = re.findall(r'<xdr:cNvPr [^>]*descr="[^"]{20,}"', file.read("xl/drawings/drawing1.xml").decode("utf-8"))
    if len(charts) != 2 or len(described) != 2:
        fault("%d charts, %d with a description" % (len(charts), len(described)))


def main():
    what, path = sys.argv[1:3]
    with zipfile.ZipFile(path) as file:
        if file.testzip() is not None:
            fault("the zip is damaged")
        if what == "names":
            print("\n".join(worksheets(file)))
        elif what == "texts":
            print("\n".join(str(v) for n in range(1, len(worksheets(file)) + 1) for row in rows(file, n) for v in row.values()))
        elif what == "figures":
            check_figures(file, expected(sys.argv[3]))
        elif what == "table":
            check_table(file, expected(sys.argv[3]))
        elif what == "sound":
            check_sound(file)
        else:
            fault("unknown: " + what)
    for line in faults[:20]:
        print(line)
    sys.exit(1 if faults else 0)


main()
