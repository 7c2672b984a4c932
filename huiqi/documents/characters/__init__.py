"""The characters of a file → clean lines with printed numbers, dates and Chinese numerals; every character keeps its place."""
