"""How long a plan's one-line fields may be: in the database, in the interchange form and at the screen."""

NUMBER = 20
SYMBOL = 60
PLACE = 120
TITLE = 120
SUBJECT = 1_000
"""Also of an appendix, and of its «Kèm theo …»: these are set by hand, line by line."""
ARCHIVE = 120
SIGNATURE_POST = 300
SIGNATURE_NAME = 120
SUBMITTED_TO = 160
MARKER = 20
APPENDIX_TITLE = 300
BODY_NAME = 300
"""Of a body that leads or supports a task; also the length of ``units.Part.name``."""

HEADER = {
    "number": NUMBER,
    "symbol": SYMBOL,
    "place": PLACE,
    "title": TITLE,
    "subject": SUBJECT,
    "archive": ARCHIVE,
    "signature_post": SIGNATURE_POST,
    "signature_name": SIGNATURE_NAME,
}
