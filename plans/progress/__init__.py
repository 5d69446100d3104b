"""What became of the tasks: lines with their proof, where the year stands, the chairman's sheet."""
