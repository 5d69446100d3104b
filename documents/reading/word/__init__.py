"""Word files (.docx) as lines and tables. ``reading`` has the door, ``read_docx``."""
