#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes the documents of tests/cases/documents.txt into a folder: the least
that Word, LibreOffice and PDF printers would have written, by hand."""
import os
import sys
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)


def write(name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


# ---- Word --------------------------------------------------------------------

def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, properties=""):
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*paragraphs):
    inner = "".join(x if x.startswith("<w:p") or x.startswith("<w:tbl") else p(x)
                    for x in paragraphs)
    return f"<w:tc><w:tcPr><w:tcW w:w='0'/></w:tcPr>{inner}</w:tc>"


def table(*rows):
    inner = "".join("<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(c) for c in row)
                    + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{inner}</w:tbl>"


def part(root, inner, ns=W):
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} xmlns:w="{ns}" '
            f'xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:a="urn:a">'
            f"{inner}</w:{root}>")


def relations(*triples):
    inner = "".join(f'<Relationship Id="{i}" Type="{R}/{t}" Target="{to}"/>'
                    for i, t, to in triples)
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{inner}</Relationships>'


def package(name, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(os.path.join(folder, name), "w", method) as z:
        for part_name, data in parts:
            z.writestr(zipfile.ZipInfo(part_name, (2027, 1, 11, 8, 0, 0)), data, method)


def docx(name, body, headers=None, section="", main="word/document.xml", ns=W, more=()):
    references, related, parts = "", [], []
    for i, (kind, inner) in enumerate((headers or {}).items()):
        references += f'<w:headerReference w:type="{kind}" r:id="rId{i + 7}"/>'
        related.append((f"rId{i + 7}", "header", f"header{i + 1}.xml"))
        parts.append((f"word/header{i + 1}.xml", part("hdr", inner, ns)))
    document = part("document", f"<w:body>{body}<w:sectPr>{references}{section}</w:sectPr></w:body>",
                    ns)
    package(name, [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", relations(("rId1", "officeDocument", main))),
        (main, document),
        (os.path.dirname(main) + "/_rels/" + os.path.basename(main) + ".rels",
         relations(*related)),
        *parts, *more])


FIELDS = table(
    ("Dokumenttyp", "Riktlinje"),
    ("Beslutad av", "Kommunstyrelsen"),
    ("Beslutsdatum", "2024-06-17 § 112"),
    ("Diarienummer", "KS 2024/00123"),
    ("Dokumentansvarig", "Säkerhetschef"),
    ("Uppföljning", "Vart fjärde år"),
)
PROSE = p("Inledning") + p("Kommunen ska arbeta systematiskt. Så står det i planen.")

docx("tabell.docx", p("Riktlinjer för krisberedskap") + FIELDS + PROSE)
docx("tabell.docm", p("Riktlinjer för krisberedskap") + FIELDS + PROSE,
     more=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 no code of ours")])

docx("sidhuvud.docx", p("Policy för inköp") + PROSE, headers={
    "first": table(("Dokumenttyp", "Fastställd av", "Fastställd datum"),
                   ("Policy", "Kommunfullmäktige", "2023-11-27 § 88")),
    "default": p("Policy för inköp", "<w:r><w:tab/><w:t>2 (9)</w:t></w:r>"),
    "even": p("Beslutsdatum: 1999-01-01"),
}, section="<w:titlePg/>")
docx("sidhuvud-mall.docx", p("Policy för inköp") + PROSE, headers={
    "first": p("Beslutsdatum: 1999-01-01"),
    "default": table(("Beslutsdatum:", "2023-11-27"), ("Revideras:", "varje mandatperiod")),
}, section='<w:titlePg w:val="0"/>')

HINT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
docx("kontroller.docx",
     HINT.format("<w:alias w:val='Titel'/>", p("Rutin för rapportering av brister"))
     + table((cell("Besluts\u00addatum"),
              cell(p("<w:r><w:t>2025</w:t><w:noBreakHyphen/><w:t>03</w:t><w:noBreakHyphen/>"
                     "<w:t>04</w:t></w:r>"))),
             ("Dokumentägare", cell("<w:p>" + HINT.format("", run("Förvaltningschef")) + "</w:p>")),
             ("Diarienummer", cell("<w:p>" + HINT.format(
                 "<w:showingPlcHdr/>", run("Klicka här för att ange text.")) + "</w:p>")))
     + p("Revideras:", "<w:r><w:tab/><w:t>Årligen</w:t></w:r>",
         properties="<w:tabs><w:tab w:val='left' w:pos='2000'/></w:tabs>")
     + p("<w:r><w:t>Gäller från:</w:t><w:br/><w:t>2025-04-01</w:t></w:r>"))

docx("spårad.docx", p("Plan för klimatanpassning")
     + table(("Beslutad av", "KF"),
             ("Beslutsdatum", cell(p('<w:del w:id="1"><w:r><w:delText>2020-01-01</w:delText></w:r></w:del>',
                                     '<w:ins w:id="2"><w:r><w:t>2024-02-02</w:t></w:r></w:ins>'))),
             ("Uppföljning", cell(p('<w:moveFrom><w:r><w:t>Varje månad</w:t></w:r></w:moveFrom>',
                                    run("Varje vecka", "<w:vanish/>"),
                                    run("Vartannat år", '<w:vanish w:val="0"/>'),
                                    '<w:r><w:instrText> DATE </w:instrText></w:r>')))))

BOX = "<w:txbxContent>" + FIELDS + "</w:txbxContent>"
docx("textruta.docx", p(
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>" + BOX + "</wps:txbx></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>" + BOX.replace("2024-06-17", "1999-09-09")
    + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    "<w:t>Riktlinjer för krisberedskap</w:t></w:r>") + PROSE)

# Label above value in every cell; and a box of fields beside the coat of arms.
docx("rutor.docx", p("Riktlinjer för krisberedskap") + table(
    (cell("Dokumenttyp", "Riktlinje"), cell("Beslutad av", "Kommunstyrelsen"),
     cell("Beslutsdatum", "2024-06-17"))) + PROSE)
docx("ruta.docx", table(
    (cell("Tallvinge kommun"), cell("Dokumenttyp: Riktlinje", "Beslutad av: Kommunstyrelsen",
                             "Beslutsdatum: 2024-06-17", "Uppföljning: Vart fjärde år")))
     + p("Riktlinjer för krisberedskap") + PROSE)
docx("inre.docx", table((cell(FIELDS),)) + p("Riktlinjer för krisberedskap") + PROSE)

docx("strikt.docx", p("Riktlinjer för krisberedskap") + FIELDS + PROSE, ns=STRICT,
     main="word/document2.xml", headers={"default": p("Gäller från: 2024-07-01")})

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>Sida</w:t></w:r></w:p>'
docx("sidor.docx", p("Plan för skydd av dricksvatten") + "".join(
    BREAK + p(f"Planen ska följas upp {rule}.")
    for rule in ("årligen", "varje mandatperiod", "vartannat år"))
     , headers={"default": p("Beslutsdatum: 2024-01-31")})

# ---- OpenDocument ------------------------------------------------------------

def odt(name, content, styles="", mimetype="application/vnd.oasis.opendocument.text", more=()):
    names = " ".join(f'xmlns:{n}="{OASIS}{u}:1.0"' for n, u in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing")))
    package(name, [
        ("mimetype", mimetype),
        ("content.xml", f"<office:document-content {names}><office:body><office:text>{content}"
                        "</office:text></office:body></office:document-content>"),
        ("styles.xml", f"<office:document-styles {names}><office:master-styles>{styles}"
                       "</office:master-styles></office:document-styles>"), *more])


def odt_table(*rows):
    return "<table:table>" + "".join(
        "<table:table-row>" + "".join(
            f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>" for row in rows) + "</table:table>"


odt("tabell.odt",
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Beslutsdatum: 1999-01-01"
    "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:h>Rutin för säkerhets\u00adkopiering</text:h>"
    + odt_table(("Dokumentansvarig", "IT-chef<office:annotation><text:p>Fel!</text:p></office:annotation>"),
                ("Uppföljning", "Årligen<text:hidden-text text:is-hidden='true'>, inte</text:hidden-text>"))
    + "<text:p>Diarienummer:<text:tab/>KS<text:s text:c='1'/>2025/7</text:p>",
    "<style:master-page><style:header>" + odt_table(("Beslutsdatum", "2025-05-05"))
    + "</style:header><style:footer><text:p>Beslutad av: IT</text:p></style:footer></style:master-page>")

# ---- PDF ---------------------------------------------------------------------

def pdf(name, pages, flate=True, font=None, tail=b"", trailer=b""):
    """pages: lists of (x, y, size, text), y from the top; text is WinAnsi."""
    font = font or [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", None]
    objects += font
    kids = []
    for page in pages:
        content = page if isinstance(page, bytes) else b"BT\n" + b"".join(
            b"/F %g Tf 1 0 0 1 %g %g Tm %s Tj\n" % (size, x, 842 - y, text if text[:1] == b"<"
                                                 else b"(" + text + b")")
            for x, y, size, text in ((x, y, s, t if isinstance(t, bytes) else t.encode("cp1252"))
                                     for x, y, s, t in page)) + b"ET\n"
        data = zlib.compress(content, 9) if flate else content
        kids.append(len(objects) + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                       b"/Resources<</Font<</F 3 0 R>>>>>>" % (len(objects) + 2))
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream"
                       % (len(data), b"/Filter/FlateDecode" if flate else b"", data))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (
        b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, xref)
    write(name, out + tail)
    return out


FIRST_PAGE = [
    (70, 60, 9, "Tallvinge kommun"), (480, 60, 9, "1 (4)"),
    (70, 120, 20, "Riktlinjer för krisberedskap"),
    (70, 160, 10, "Dokumenttyp"), (250, 160, 10, "Riktlinje"),
    # The columns of a table are often written one after the other.
    (70, 180, 10, "Beslutad av"), (70, 200, 10, "Beslutsdatum"), (70, 220, 10, "Diarienummer"),
    (70, 240, 10, "Dokumentansvarig"), (70, 260, 10, "Uppföljning"),
    (250, 180, 10, "Kommunstyrelsen"), (250, 200, 10, "2024-06-17 § 112"),
    (250, 220, 10, "KS 2024/00123"), (250, 240, 10, "Säkerhetschef"),
    (250, 260, 10, "Vart fjärde år"),
    (70, 320, 14, "Inledning"),
    (70, 340, 10, "Kommunen ska arbeta systematiskt. Så står det i planen."),
]
pdf("tabell.pdf", [FIRST_PAGE])
pdf("okomprimerad.pdf", [FIRST_PAGE], flate=False)
pdf("rader.pdf", [[
    (70, 60, 20, "Policy för inköp"),
    (70, 100, 10, "Dokumenttyp"), (220, 100, 10, "Fastställd av"), (400, 100, 10, "Fastställd datum"),
    (70, 114, 10, "Policy"), (220, 114, 10, "Kommunfullmäktige"), (400, 114, 10, "2023-11-27 § 88"),
    (70, 160, 10, "Policyn ska revideras varje mandatperiod."),
]])
pdf("sidor.pdf", [[(70, 60, 20, "Plan för skydd av dricksvatten")]] + [
    [(70, 60, 10, f"Planen ska följas upp {rule}.")]
    for rule in ("årligen", "varje mandatperiod", "vartannat år")])
# Up the margin: what the printing firm writes there.
pdf("marginal.pdf", [b"BT /F 8 Tf 0 1 -1 0 30 400 Tm (Beslutsdatum: 1999-01-01) Tj "
                     b"1 0 0 1 70 700 Tm (Rutin f\xf6r loggning) Tj "
                     b"1 0 0 1 70 680 Tm (Beslutsdatum: 2025-02-03) Tj ET"])


def two_byte(text):
    return b"<" + b"".join(b"%04X" % (0x100 + ord(c)) for c in text) + b">"


# As Word writes it: glyph numbers, and a table of what letters they are.
CMAP = (b"/CIDInit /ProcSet findresource begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0100> <01FF> <0000> endbfrange\nendcmap end")
pdf("glyfer.pdf", [[
    (70, 60, 20, two_byte("Rutin för säkerhetskopiering")),
    (70, 100, 10, two_byte("Beslutsdatum:")), (250, 100, 10, two_byte("2025-05-05")),
    (70, 120, 10, two_byte("Uppföljning:")), (250, 120, 10, two_byte("Årligen")),
]], font=[
    b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Calibri/Encoding/Identity-H"
    b"/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Calibri/CIDSystemInfo<</Registry(Adobe)"
    b"/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/AAAAAA+Calibri/Flags 32/FontBBox[0 -200 900 800]/Ascent 750"
    b"/Descent -250/CapHeight 640/ItalicAngle 0/StemV 80>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(CMAP), CMAP)])

# ---- what cannot be read -----------------------------------------------------

pdf("skannad.pdf", [b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"])
whole = pdf("hel.pdf", [FIRST_PAGE])
write("avkapad.pdf", whole[:len(whole) // 2])
write("utan-sidor.pdf", whole.replace(b"/Type/Catalog/Pages 2 0 R", b"/Type/Catalog/Pages 9 0 R"))
write("cirkel.pdf", whole.replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"))
write("cirkel-innehåll.pdf", whole.replace(b"/Contents 5 0 R", b"/Contents 4 0 R"))
write("cirkel-längd.pdf", whole.replace(b"<</Length ", b"<</Length 5 0 R/X "))
pdf("låst.pdf", [FIRST_PAGE], trailer=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    % (b"11" * 32, b"22" * 32))
pdf("djup.pdf", [b"[" * 200000 + b"BT /F 9 Tf (x) Tj ET"])
pdf("bomb.pdf", [b"q " * (30 << 20)])

good = open(os.path.join(folder, "tabell.docx"), "rb").read()
write("avkapad.docx", good[:len(good) // 2])
write("skräp-efter-huvud.docx", b"PK\3\4" + bytes(range(256)) * 20)
write("gammal.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
write("rik.rtf", "{\\rtf1\\ansi Riktlinjer}")
write("utf16.txt", "Riktlinjer för krisberedskap\n".encode("utf-16"))
write("latin1.txt", "Riktlinjer för krisberedskap\n".encode("latin-1"))
write("nolla.txt", b"Riktlinjer\0f\xc3\xb6r\n")
package("bok.xlsx", [("_rels/.rels", relations(("rId1", "officeDocument", "xl/workbook.xml")))])
package("bilder.pptx", [("_rels/.rels", relations(("rId1", "officeDocument", "ppt/presentation.xml")))])
package("annat.zip", [("readme.txt", "hej")])
odt("kalkyl.ods", "", mimetype="application/vnd.oasis.opendocument.spreadsheet")
package("utan-text.docx", [("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml")))])
package("utanför.docx", [("_rels/.rels", relations(("rId1", "officeDocument", "../../etc/passwd")))])
package("nästlad.docx", [("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
                         ("word/document.xml", good)])


def word_xml(name, xml):
    package(name, [("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
                   ("word/document.xml", xml)])


word_xml("trasig.docx", part("document", "<w:body><w:p><w:r><w:t>Ri</w:t></w:p>"))
word_xml("entiteter.docx", '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]><d>&j;</d>")
word_xml("yttre.docx", '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>')
word_xml("djup.docx", part("document", "<w:body>" + "<w:p><w:r>" * 50000 + "</w:r></w:p>" * 50000
                           + "</w:body>"))
word_xml("bomb.docx", b"<a>" + b" " * (80 << 20) + b"</a>")
with zipfile.ZipFile(os.path.join(folder, "delar.docx"), "w") as z:
    for i in range(6000):
        z.writestr(f"word/media/{i}", b"")
# Says ten gigabytes, in both places where a size stands, and holds none.
package("tiogiga.docx", [("_rels/.rels", "x" * 30)], zipfile.ZIP_STORED)
lying = bytearray(open(os.path.join(folder, "tiogiga.docx"), "rb").read())
for magic, at in ((b"PK\3\4", 18), (b"PK\1\2", 20)):
    i = lying.index(magic) + at
    lying[i:i + 8] = b"\xf0\xff\xff\xff\xf0\xff\xff\xff"
write("tiogiga.docx", bytes(lying))
locked = bytearray(good)
for magic, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
    i = 0
    while (i := locked.find(magic, i)) >= 0:
        locked[i + at] |= 1
        i += 4
write("låst.docx", bytes(locked))
docx("bild.docx", p("<w:r><w:drawing/></w:r>"))
package("låst.odt", [("mimetype", "application/vnd.oasis.opendocument.text"),
                     ("styles.xml", bytes(range(256))), ("content.xml", bytes(range(256)))])
