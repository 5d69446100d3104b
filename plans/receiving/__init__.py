"""A plan that the office already has as a file: dropped in, read by a worker, compared with its source, accepted."""
