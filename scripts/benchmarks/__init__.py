"""What ``scripts/bench`` measures: papers against bare WeasyPrint and LibreOffice, pages at three sizes."""
