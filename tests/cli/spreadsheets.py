"""Writes an operator's own spreadsheets for the tests, as spreadsheet programs do: spreadsheets.py FOLDER"""
import os
import sys
import zipfile
from datetime import date
from xml.sax.saxutils import escape

folder = sys.argv[1]


def letters(n):
    text = ""
    while n >= 0:
        text = chr(65 + n % 26) + text
        n = n // 26 - 1
    return text


def xlsx_cell(place, value):
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def xlsx(name, sheets):
    book = "".join(
        f'<sheet name="{escape(title)}" sheetId="{i}" r:id="rId{i}"{" state=" + chr(34) + "hidden" + chr(34) if title.startswith("_") else ""}/>'
        for i, (title, _) in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr("xl/workbook.xml", f'<workbook xmlns:r="r"><sheets>{book}</sheets></workbook>')
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships>{relations}<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/></Relationships>',
        )
        file.writestr(
            "xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        )
        for i, (_, rows) in enumerate(sheets, 1):
            body = "".join(
                f'<row r="{r}">{"".join(xlsx_cell(f"{letters(c)}{r}", v) for c, v in enumerate(row))}</row>'
                for r, row in enumerate(rows, 1)
                if row
            )
            file.writestr(f"xl/worksheets/sheet{i}.xml", f"<worksheet><sheetData>{body}</sheetData></worksheet>")


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{value:%d/%m/%y}</text:p></table:table-cell>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def ods(name, sheets):
    tables = "".join(
        f'<table:table table:name="{escape(title)}">'
        + "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets
    )
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", f"<office:document-content>{tables}</office:document-content>")


people = [
    ["Bénéficiaires de l'action mobilité"],
    [],
    ["Nom", "Prénom", "Sexe", "Date de naissance", "Nationalité", "Statut", "Tél.", "Date d'entrée", "Remarques"],
    ["NOORI", "Ahmad", "H", date(1990, 8, 31), "Afghane", "Réfugié", 612345678, date(2024, 9, 3), "dossier à revoir"],
    ["DIALLO", "Fatou", "F", 1995, "Guinée", "Regroupement familial", "06 11 22 33 44", date(2024, 9, 4), None],
    ["KONÉ", "Awa", "F", "32/13/1990", "Ivoirienne", "réfugiée", None, date(2024, 9, 5), None],
    ["=SOMME(A1)", "Paul", "M", date(1980, 1, 1), "Martien", "réfugié", None, date(2024, 9, 5), None],
    ["Total", 4],
]
marks = [
    ["Nom", "Prénom", date(2024, 9, 10), date(2024, 9, 17), date(2024, 9, 24)],
    ["NOORI", "Ahmad", "P", "A", "P"],
    ["DIALLO", "Fatou", "P", "E", None],
]
xlsx("people.xlsx", [("_listes", [["Oui"], ["Non"]]), ("Liste 2024", people), ("Émargement", marks)])
ods("people.ods", [("Liste 2024", people), ("Émargement", marks)])
with open(os.path.join(folder, "people.csv"), "w", encoding="cp1252", newline="") as out:
    for row in people:
        texts = [f"{v:%d/%m/%Y}" if isinstance(v, date) else "" if v is None else str(v) for v in row]
        out.write(";".join(texts) + "\r\n")
big = [["Nom", "Prénom", "Date de naissance", "Statut", "Date d'entrée"]]
big += [[f"Nom{i}", f"Prénom{i}", date(1960 + i % 40, 1 + i % 12, 1 + i % 28), "réfugié", date(2024, 9, 3)] for i in range(3000)]
xlsx("big.xlsx", [("Liste", big)])
