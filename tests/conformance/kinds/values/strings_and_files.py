# Strings, files and databases.

# %% style string_methods
# The function changes a string.
# %% solution
def slug(title):
    return "-".join(title.lower().split())
# %% right: with replace
def slug(title):
    return title.strip().lower().replace(" ", "-")
# %% wrong: underscores
def slug(title):
    return "_".join(title.lower().split())
# %% test
assert slug("Hello Big World") == "hello-big-world"

# %% style string_format
# The function formats a string.
# %% solution
def price_tag(name, price):
    return f"{name:<8}{price:>7.2f}"
# %% right: with format
def price_tag(name, price):
    return "{:<8}{:>7.2f}".format(name, price)
# %% wrong: one digit
def price_tag(name, price):
    return f"{name:<8}{price:>7.1f}"
# %% test
assert price_tag("tea", 2.5) == "tea        2.50"

# %% style regular_expression
# The test uses a compiled pattern of the answer.
# %% solution
import re
phone_pattern = re.compile(r"\d{3}-\d{4}")
def phones_in(text):
    return phone_pattern.findall(text)
# %% right: with finditer
import re
phone_pattern = re.compile(r"[0-9]{3}-[0-9]{4}")
def phones_in(text):
    return [match.group() for match in phone_pattern.finditer(text)]
# %% wrong: too short
import re
phone_pattern = re.compile(r"\d{3}-\d{3}")
def phones_in(text):
    return phone_pattern.findall(text)
# %% test
assert phones_in("call 555-1234 or 555-9999") == ["555-1234", "555-9999"]
assert phone_pattern.fullmatch("123-4567")

# %% style match_object
# The function returns a match object.
# %% solution
import re
def find_year(text):
    return re.search(r"\b(\d{4})\b", text)
# %% right: a compiled pattern
import re
def find_year(text):
    return re.compile(r"(?<!\d)(\d{4})(?!\d)").search(text)
# %% wrong: two digits
import re
def find_year(text):
    return re.search(r"(\d{2})", text)
# %% test
found = find_year("in 1969, on the moon")
assert found and found.group(1) == "1969" and found.span(1) == (3, 7)
assert find_year("never") is None

# %% style json_string
# The function returns a JSON string.
# %% solution
import json
def to_json(record):
    return json.dumps(record, sort_keys=True)
# %% right: with indentation
import json
def to_json(record):
    return json.dumps(record, indent=2)
# %% wrong: with str
def to_json(record):
    return str(record)
# %% test
import json
assert json.loads(to_json({"a": [1, None], "b": "x"})) == {"a": [1, None], "b": "x"}

# %% style csv_file
# The test writes a CSV file, which the answer reads.
# %% solution
import csv
def read_table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))
# %% right: with split
def read_table(path):
    with open(path) as file:
        head, *rows = [line.rstrip("\n").split(",") for line in file]
    return [dict(zip(head, row)) for row in rows]
# %% wrong: lists with the header
import csv
def read_table(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))
# %% test
from pathlib import Path
Path("values_table.csv").write_text("name,age\nada,36\nbob,20\n")
rows_read = read_table("values_table.csv")
assert [row["age"] for row in rows_read] == ["36", "20"]

# %% style binary_file
# The answer reads and writes a binary file.
# %% solution
def invert_file(source, target):
    with open(source, "rb") as file:
        data = file.read()
    with open(target, "wb") as file:
        file.write(bytes(255 - byte for byte in data))
# %% right: with pathlib
from pathlib import Path
def invert_file(source, target):
    data = Path(source).read_bytes()
    Path(target).write_bytes(bytes(b ^ 255 for b in data))
# %% wrong: copied
from pathlib import Path
def invert_file(source, target):
    Path(target).write_bytes(Path(source).read_bytes())
# %% test
from pathlib import Path
Path("values_in.bin").write_bytes(b"\x00\x01\xff")
invert_file("values_in.bin", "values_out.bin")
assert Path("values_out.bin").read_bytes() == b"\xff\xfe\x00"

# %% style sqlite_database
# The test passes a database in memory.
# %% solution
def oldest_person(connection):
    query = "SELECT name FROM people ORDER BY age DESC LIMIT 1"
    return connection.execute(query).fetchone()[0]
# %% right: with MAX
def oldest_person(connection):
    query = "SELECT name FROM people WHERE age = (SELECT MAX(age) FROM people)"
    return next(iter(connection.execute(query)))[0]
# %% wrong: the youngest
def oldest_person(connection):
    query = "SELECT name FROM people ORDER BY age LIMIT 1"
    return connection.execute(query).fetchone()[0]
# %% test
import sqlite3
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE people (name TEXT, age INTEGER)")
database.executemany("INSERT INTO people VALUES (?, ?)", [("ada", 36), ("bob", 70)])
assert oldest_person(database) == "bob"
database.close()

# %% style sql_query
# The answer is a query, which the test runs.
# %% solution
tall_query = "SELECT name FROM trees WHERE height > 10 ORDER BY name"
# %% right: another condition
tall_query = """
SELECT t.name FROM trees AS t
WHERE NOT t.height <= 10 ORDER BY 1
"""
# %% wrong: >= for >
tall_query = "SELECT name FROM trees WHERE height >= 10 ORDER BY name"
# %% test
import sqlite3
forest = sqlite3.connect(":memory:")
forest.execute("CREATE TABLE trees (name TEXT, height REAL)")
forest.executemany("INSERT INTO trees VALUES (?, ?)", [("oak", 20), ("fir", 15), ("box", 10)])
assert forest.execute(tall_query).fetchall() == [("fir",), ("oak",)]
forest.close()

# %% style string_picture
# The function returns a picture made of characters.
# %% solution
def triangle(n):
    return "\n".join("*" * k for k in range(1, n + 1))
# %% right: a loop
def triangle(n):
    lines = []
    for k in range(n):
        lines.append("*" * (k + 1))
    return "\n".join(lines)
# %% wrong: one newline too many
def triangle(n):
    return "".join("*" * k + "\n" for k in range(1, n + 1))
# %% test
assert triangle(3) == "*\n**\n***"
