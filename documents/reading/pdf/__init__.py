"""PDF files with a text layer as lines and tables. ``reading`` has the door, ``read_pdf``."""
