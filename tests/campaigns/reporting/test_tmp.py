from campaigns.reporting.printing import report_of
from campaigns.reporting.selectors import any_review
from documents.rendering import render
from tests.campaigns.reporting import rows
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from pathlib import Path
def test_x(db):
    m = rows.movement()
    paper = report_of(any_review(m.campaign, rows.PERIOD)).paper()
    pdf = render(paper, "pdf"); Path("/tmp/K5/bc.pdf").write_bytes(pdf)
    for f in check_pdf(paper, pdf): print("PDF", f.check, f.page, f.words, f.why)
    for f in check_docx(paper, render(paper,"docx")): print("DOCX", f.check, f.words, f.why)
